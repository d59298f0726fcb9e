package org.headstart.wrappers;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.api.wrapper.WrappingSimulation;
import org.headstart.api.wrapper.WrappingSimulator;

/**
 * Stacks the observations of the last time steps, the latest last, so that the agent can see motion (Mnih et al. 2015). Id
 * {@code frame-stack}. At the beginning of an episode all frames are the first observation.
 */
public final class FrameStack implements Wrapper<FrameStackSettings> {

	@Override
	public Simulator wrap(FrameStackSettings settings, TaskFamily family) {
		Simulator inner = Simulator.of(family.environment());
		List<String> names = inner.observationParts().stream().map(ObservationPart::name).toList();
		for (String name : settings.parts()) {
			if (!names.contains(name)) {
				throw new IllegalArgumentException("parts: the observation has no part '" + name + "'; there are "
						+ String.join(", ", names));
			}
		}
		boolean[] stacked = new boolean[names.size()];
		for (int part = 0; part < stacked.length; part++) {
			stacked[part] = settings.parts().isEmpty() || settings.parts().contains(names.get(part));
			if (stacked[part] && inner.observationParts().get(part).frames() > 1) {
				throw new IllegalArgumentException("'" + names.get(part) + "' is already a stack of frames");
			}
		}
		return new Stacking(inner, stacked, settings.frames());
	}

	private record Stacking(Simulator inner, boolean[] stacked, int frames) implements WrappingSimulator {

		@Override
		public List<ObservationPart> observationParts() {
			List<ObservationPart> parts = new ArrayList<>();
			for (ObservationPart part : inner.observationParts()) {
				parts.add(stacked[parts.size()] ? stack(part) : part);
			}
			return parts;
		}

		private ObservationPart stack(ObservationPart part) {
			List<Integer> shape = new ArrayList<>(part.shape());
			shape.set(0, frames * shape.get(0));
			Optional<BoxSpace> bounds = part.bounds().map(box -> new BoxSpace(repeated(box.low()), repeated(box.high()), shape));
			return new ObservationPart(part.name(), shape, bounds, frames);
		}

		private float[] repeated(float[] values) {
			float[] all = new float[frames * values.length];
			for (int frame = 0; frame < frames; frame++) {
				System.arraycopy(values, 0, all, frame * values.length, values.length);
			}
			return all;
		}

		@Override
		public Simulation open(LaneStreams streams) {
			return new Lanes(inner.open(streams), inner.observationParts(), stacked, frames, streams.lanes());
		}
	}

	private static final class Lanes implements WrappingSimulation {

		private final Simulation inner;
		private final int frames;
		private final int lanes;
		/** By part of numbers, its size in one frame, and whether it is stacked. */
		private final int[] sizes;
		private final boolean[] stacks;
		/** By image, the bytes of one frame; 0 for an image that is not stacked. */
		private final int[] imageSizes;
		private final float[] moment;
		/** [lanes × row]. */
		private final float[] rows;
		private final int row;
		/** By image, [lanes × frames × size]. */
		private final byte[][] images;

		Lanes(Simulation inner, List<ObservationPart> parts, boolean[] stacked, int frames, int lanes) {
			this.inner = inner;
			this.frames = frames;
			this.lanes = lanes;
			int numbers = (int) parts.stream().filter(part -> !part.isBytes()).count();
			sizes = new int[numbers];
			stacks = new boolean[numbers];
			imageSizes = new int[parts.size() - numbers];
			images = new byte[imageSizes.length][];
			int number = 0;
			int image = 0;
			int inMoment = 0;
			int inRow = 0;
			for (int part = 0; part < stacked.length; part++) {
				int size = parts.get(part).size();
				if (parts.get(part).isBytes()) {
					imageSizes[image] = stacked[part] ? size : 0;
					images[image] = new byte[Math.multiplyExact(lanes * frames, imageSizes[image])];
					image++;
				} else {
					sizes[number] = size;
					stacks[number++] = stacked[part];
					inMoment += size;
					inRow += stacked[part] ? frames * size : size;
				}
			}
			moment = new float[inMoment];
			row = inRow;
			rows = new float[lanes * row];
		}

		@Override
		public Simulation inner() {
			return inner;
		}

		@Override
		public void start(int lane, double[] omega, int omegaOffset) {
			inner.start(lane, omega, omegaOffset);
			for (int frame = 0; frame < frames; frame++) {
				push(lane);
			}
		}

		@Override
		public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
			inner.step(actions, moves, rewards, terminated);
			for (int lane = 0; lane < lanes; lane++) {
				if (moves == null || moves[lane]) {
					push(lane);
				}
			}
		}

		/** Adds the present observation as the latest frame and drops the oldest frame. */
		private void push(int lane) {
			inner.observe(lane, moment, 0);
			int from = 0;
			int to = lane * row;
			for (int part = 0; part < sizes.length; part++) {
				int size = sizes[part];
				if (stacks[part]) {
					System.arraycopy(rows, to + size, rows, to, (frames - 1) * size);
					to += (frames - 1) * size;
				}
				System.arraycopy(moment, from, rows, to, size);
				from += size;
				to += size;
			}
			for (int image = 0; image < images.length; image++) {
				int size = imageSizes[image];
				if (size > 0) {
					int stack = lane * frames * size;
					System.arraycopy(images[image], stack + size, images[image], stack, (frames - 1) * size);
					inner.draw(image, lane, images[image], stack + (frames - 1) * size);
				}
			}
		}

		@Override
		public void observe(int lane, float[] observation, int offset) {
			System.arraycopy(rows, lane * row, observation, offset, row);
		}

		@Override
		public void draw(int image, int lane, byte[] pixels, int offset) {
			int size = frames * imageSizes[image];
			if (size == 0) {
				inner.draw(image, lane, pixels, offset);
			} else {
				System.arraycopy(images[image], lane * size, pixels, offset, size);
			}
		}

		@Override
		public void writeLane(int lane, DataOutput out) throws IOException {
			inner.writeLane(lane, out);
			for (int i = lane * row; i < (lane + 1) * row; i++) {
				out.writeFloat(rows[i]);
			}
			for (int image = 0; image < images.length; image++) {
				int size = frames * imageSizes[image];
				out.write(images[image], lane * size, size);
			}
		}

		@Override
		public void readLane(int lane, DataInput in) throws IOException {
			inner.readLane(lane, in);
			for (int i = lane * row; i < (lane + 1) * row; i++) {
				rows[i] = in.readFloat();
			}
			for (int image = 0; image < images.length; image++) {
				int size = frames * imageSizes[image];
				in.readFully(images[image], lane * size, size);
			}
		}
	}
}
