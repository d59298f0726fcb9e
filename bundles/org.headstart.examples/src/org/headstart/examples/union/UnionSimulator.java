package org.headstart.examples.union;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.EnvironmentDescription;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;

/**
 * Environments side by side. The observation consists of the group and the parts of all environments; those of other groups
 * are 0. A row has the group and then the numbers of each environment; images follow.
 */
final class UnionSimulator implements Simulator {

	private final List<Simulator> members;
	private final List<ObservationPart> parts;
	/**
	 * By group, the offset of its numbers in a row, the index of its first image, and the offset of its parameters in ω;
	 * each array has one more element for the end.
	 */
	private final int[] row;
	private final int[] image;
	private final int[] omega;

	UnionSimulator(List<String> names, List<EnvironmentDescription> environments) {
		members = environments.stream().map(Simulator::of).toList();
		int count = members.size();
		row = new int[count + 1];
		image = new int[count + 1];
		omega = new int[count + 1];
		row[0] = count;
		omega[0] = 1;
		List<ObservationPart> numbers = new ArrayList<>();
		List<ObservationPart> images = new ArrayList<>();
		numbers.add(ObservationPart.group(count));
		for (int g = 0; g < count; g++) {
			Simulator member = members.get(g);
			requireEqual(names, g, "actions", member.actionSpace(), members.get(0).actionSpace());
			requireEqual(names, g, "a time limit", member.maxEpisodeSteps(), members.get(0).maxEpisodeSteps());
			row[g + 1] = row[g];
			image[g + 1] = image[g];
			omega[g + 1] = omega[g] + member.parameterCount();
			for (ObservationPart part : member.observationParts()) {
				ObservationPart named = new ObservationPart(names.get(g) + '-' + part.name(), part.shape(),
						part.bounds().map(UnionSimulator::withZero), part.frames());
				if (part.isBytes()) {
					images.add(named);
					image[g + 1]++;
				} else {
					numbers.add(named);
					row[g + 1] += part.size();
				}
			}
		}
		numbers.addAll(images);
		parts = List.copyOf(numbers);
	}

	private static void requireEqual(List<String> names, int group, String what, Object here, Object first) {
		if (!here.equals(first)) {
			throw new IllegalArgumentException("of: '" + names.get(group) + "' has " + what + " (" + here + ") other than '" + names.get(0)
					+ "' (" + first + "); one agent acts in all");
		}
	}

	private static BoxSpace withZero(BoxSpace bounds) {
		float[] low = bounds.low().clone();
		float[] high = bounds.high().clone();
		for (int i = 0; i < low.length; i++) {
			low[i] = Math.min(0, low[i]);
			high[i] = Math.max(0, high[i]);
		}
		return new BoxSpace(low, high, bounds.shape());
	}

	/** Draws a task of a group. */
	void sample(int group, List<TaskSet> sets, RandomStream random, double[] into, int offset) {
		Arrays.fill(into, offset, offset + parameterCount(), 0);
		into[offset] = group;
		sets.get(group).sampler().sample(random, into, offset + omega[group]);
	}

	/** Whether a task belongs to its group's set. */
	boolean contains(List<TaskSet> sets, double[] task) {
		int group = (int) task[0];
		return group == task[0] && group >= 0 && group < members.size()
				&& sets.get(group).contains().test(Arrays.copyOfRange(task, omega[group], omega[group + 1]));
	}

	List<Simulator> members() {
		return members;
	}

	/** The offset of a group's numbers in a row; for the number of groups, the end. */
	int row(int group) {
		return row[group];
	}

	/** The index of a group's first image in the union. */
	int image(int group) {
		return image[group];
	}

	/** The offset of a group's parameters in ω. */
	int omega(int group) {
		return omega[group];
	}

	@Override
	public List<ObservationPart> observationParts() {
		return parts;
	}

	@Override
	public ActionSpace actionSpace() {
		return members.get(0).actionSpace();
	}

	@Override
	public int parameterCount() {
		return omega[members.size()];
	}

	@Override
	public int maxEpisodeSteps() {
		return members.get(0).maxEpisodeSteps();
	}

	@Override
	public boolean deterministic() {
		return members.stream().allMatch(Simulator::deterministic);
	}

	@Override
	public Simulation open(LaneStreams streams) {
		return new UnionSimulation(this, streams);
	}
}
