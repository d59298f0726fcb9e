package org.headstart.examples.union;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.Simulation;

/** Every environment has all lanes; in each lane only one environment moves. */
final class UnionSimulation implements Simulation {

	private final UnionSimulator union;
	private final List<Simulation> members;
	private final int[] groups;
	private final int[] imageSizes;
	/** By group, whether each lane moves; and the number of moving lanes. */
	private final boolean[][] moving;
	private final int[] movers;
	private final float[] rewards;
	private final boolean[] terminated;

	UnionSimulation(UnionSimulator union, LaneStreams streams) {
		this.union = union;
		members = union.members().stream().map(member -> member.open(streams)).toList();
		groups = new int[streams.lanes()];
		imageSizes = union.observationParts().stream().filter(ObservationPart::isBytes).mapToInt(ObservationPart::size).toArray();
		moving = new boolean[members.size()][groups.length];
		movers = new int[members.size()];
		rewards = new float[groups.length];
		terminated = new boolean[groups.length];
	}

	private Simulation of(int lane) {
		return members.get(groups[lane]);
	}

	@Override
	public void start(int lane, double[] omega, int omegaOffset) {
		groups[lane] = (int) omega[omegaOffset];
		of(lane).start(lane, omega, omegaOffset + union.omega(groups[lane]));
	}

	@Override
	public void step(ActionBatch actions, boolean[] moves, float[] into, boolean[] over) {
		Arrays.fill(movers, 0);
		for (int lane = 0; lane < groups.length; lane++) {
			boolean moved = moves == null || moves[lane];
			for (int g = 0; g < moving.length; g++) {
				moving[g][lane] = moved && groups[lane] == g;
			}
			movers[groups[lane]] += moved ? 1 : 0;
		}
		for (int g = 0; g < moving.length; g++) {
			if (movers[g] == 0) {
				continue;
			}
			members.get(g).step(actions, moving[g], rewards, terminated);
			for (int lane = 0; lane < groups.length; lane++) {
				if (moving[g][lane]) {
					into[lane] = rewards[lane];
					over[lane] = terminated[lane];
				}
			}
		}
	}

	@Override
	public void observe(int lane, float[] observation, int offset) {
		Arrays.fill(observation, offset, offset + union.row(members.size()), 0);
		observation[offset + groups[lane]] = 1;
		of(lane).observe(lane, observation, offset + union.row(groups[lane]));
	}

	@Override
	public void draw(int image, int lane, byte[] pixels, int offset) {
		int first = union.image(groups[lane]);
		if (image >= first && image < union.image(groups[lane] + 1)) {
			of(lane).draw(image - first, lane, pixels, offset);
		} else {
			Arrays.fill(pixels, offset, offset + imageSizes[image], (byte) 0);
		}
	}

	@Override
	public boolean render(int lane, Graphics2D canvas, int width, int height) {
		return of(lane).render(lane, canvas, width, height);
	}

	@Override
	public boolean savesLanes() {
		return members.stream().allMatch(Simulation::savesLanes);
	}

	@Override
	public void writeLane(int lane, DataOutput out) throws IOException {
		out.writeInt(groups[lane]);
		of(lane).writeLane(lane, out);
	}

	@Override
	public void readLane(int lane, DataInput in) throws IOException {
		int group = in.readInt();
		if (group < 0 || group >= members.size()) {
			throw new IOException("a lane of group " + group + "; there are " + members.size());
		}
		groups[lane] = group;
		of(lane).readLane(lane, in);
	}

	@Override
	public void close() {
		members.forEach(Simulation::close);
	}
}
