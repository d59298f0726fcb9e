package org.headstart.api.environment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.random.RandomStream;

/**
 * Lanes made of labelled data sets. An episode has one step: it shows an example, drawn uniformly from the split for which
 * the lanes are opened, and the action is the agent's label for it. The reward is 1 for the right class, the share of right
 * classes if there are several choices, or minus the mean squared error of a vector. ω is the number of the data set.
 *
 * @param dataSets the data sets, with equal inputs and labels, whose splits have at least one example each
 */
record DataSetSimulator(List<DataSet> dataSets) implements Simulator {

	DataSetSimulator {
		dataSets = List.copyOf(dataSets);
		if (dataSets.isEmpty()) {
			throw new IllegalArgumentException("a family of labelled examples needs at least one data set");
		}
		DataSet first = dataSets.get(0);
		for (DataSet each : dataSets) {
			if (each.labels().isEmpty()) {
				throw new IllegalArgumentException("no lanes can be made of examples without labels");
			}
			if (!each.inputs().equals(first.inputs()) || !each.labels().equals(first.labels())) {
				throw new IllegalArgumentException("the data sets of a family must have the same inputs and labels, not " + each.inputs()
						+ " and " + each.labels() + " beside " + first.inputs() + " and " + first.labels());
			}
			for (Split split : Split.values()) {
				if (each.size(split) < 1) {
					throw new IllegalArgumentException("a data set needs at least 1 example of each split, and has " + each.size(split)
							+ " of " + split);
				}
			}
		}
	}

	@Override
	public List<ObservationPart> observationParts() {
		return dataSets.get(0).inputs().parts();
	}

	@Override
	public ActionSpace actionSpace() {
		return dataSets.get(0).labels().orElseThrow();
	}

	@Override
	public int parameterCount() {
		return 1;
	}

	@Override
	public int maxEpisodeSteps() {
		return 1;
	}

	@Override
	public Simulation open(LaneStreams streams) {
		return new Questions(this, streams);
	}

	/** The examples that the lanes show. A data set is opened when the first lane starts on it. */
	private static final class Questions implements Simulation {

		private final List<DataSet> dataSets;
		private final DataSet.Selection selection;
		private final RandomStream[] draws;
		private final Examples[] opened;
		/** By lane. */
		private final int[] dataSet;
		private final int[] example;
		private final int[] images;
		/** One row each. */
		private final int[] place = new int[1];
		private final float[] numbers;
		private final byte[][] pixels;
		private final ActionBatch label;

		Questions(DataSetSimulator simulator, LaneStreams streams) {
			dataSets = simulator.dataSets();
			selection = streams.selection();
			draws = streams.of(LaneStreams.START);
			opened = new Examples[dataSets.size()];
			dataSet = new int[streams.lanes()];
			example = new int[streams.lanes()];
			ObservationSpace inputs = dataSets.get(0).inputs();
			numbers = new float[inputs.rowSize()];
			images = inputs.images().stream().mapToInt(image -> inputs.index(image.name())).toArray();
			pixels = new byte[images.length][];
			Arrays.setAll(pixels, image -> new byte[inputs.parts().get(images[image]).size()]);
			label = new ActionBatch(simulator.actionSpace(), 1);
		}

		private Examples examples(int lane) {
			int index = dataSet[lane];
			if (opened[index] == null) {
				opened[index] = dataSets.get(index).open(selection);
			}
			place[0] = example[lane];
			return opened[index];
		}

		@Override
		public void start(int lane, double[] omega, int omegaOffset) {
			dataSet[lane] = (int) omega[omegaOffset];
			example[lane] = draws[lane].nextInt(examples(lane).size());
		}

		@Override
		public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
			for (int lane = 0; lane < example.length; lane++) {
				if (moves == null || moves[lane]) {
					rewards[lane] = actions.size == 0 ? right(lane, actions) : -squaredError(lane, actions);
					terminated[lane] = true;
				}
			}
		}

		private float right(int lane, ActionBatch actions) {
			examples(lane).labels(place, 1, label.index);
			int right = 0;
			for (int choice = 0; choice < label.choices; choice++) {
				right += actions.index[lane * label.choices + choice] == label.index[choice] ? 1 : 0;
			}
			return (float) right / label.choices;
		}

		private float squaredError(int lane, ActionBatch actions) {
			examples(lane).labels(place, 1, label.values);
			double sum = 0;
			for (int i = 0; i < label.size; i++) {
				double error = actions.values[lane * label.size + i] - label.values[i];
				sum += error * error;
			}
			return (float) (sum / label.size);
		}

		@Override
		public void observe(int lane, float[] observation, int offset) {
			examples(lane).inputs(place, 1, numbers);
			System.arraycopy(numbers, 0, observation, offset, numbers.length);
		}

		@Override
		public void draw(int image, int lane, byte[] into, int offset) {
			examples(lane).images(images[image], place, 1, pixels[image]);
			System.arraycopy(pixels[image], 0, into, offset, pixels[image].length);
		}

		@Override
		public boolean savesLanes() {
			return true;
		}

		@Override
		public void writeLane(int lane, DataOutput out) throws IOException {
			out.writeInt(dataSet[lane]);
			out.writeInt(example[lane]);
		}

		@Override
		public void readLane(int lane, DataInput in) throws IOException {
			dataSet[lane] = in.readInt();
			example[lane] = in.readInt();
		}

		@Override
		public void close() {
			for (Examples each : opened) {
				if (each != null) {
					each.close();
				}
			}
		}
	}
}
