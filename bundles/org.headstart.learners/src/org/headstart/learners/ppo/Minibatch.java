package org.headstart.learners.ppo;

import java.util.Arrays;

import org.headstart.api.network.Network;

/**
 * Sequences of a rollout, gathered side by side: time-major for the network, row {@code step × sequences + sequence}. For a
 * feed-forward network a sequence is one step.
 *
 * <p>The network runs on all rows, the loss only on the {@link #rows} that count, in the same order. Idle steps and the
 * padding of shorter sequences do not count. If all rows count, the loss works directly on the network's output block.
 */
final class Minibatch {

	private final ObservationInput input;
	private final int observationSize;
	private final int imageSize;
	private final int actionSize;
	private final int stateSize;
	private final int stride;

	/** Steps of the longest sequence. */
	private int steps;
	/** Sequences side by side. */
	private int sequences;
	/** [network rows × observationSize] */
	private float[] observations = new float[0];
	/** [network rows × imageSize] */
	private byte[] images = new byte[0];
	/** Whether the state is set to zero before the row, [network rows]. */
	private boolean[] restarts = new boolean[0];
	/** Recurrent states before the first steps, [sequences × stateSize]. */
	private float[] states = new float[0];

	/** Number of rows that count. */
	int rows;
	/** The network row of each. */
	private int[] networkRows = new int[0];
	/** The stored actions, [rows × actionSize]. */
	float[] actions;
	/** [rows] */
	float[] oldLogProbabilities;
	/** [rows] */
	float[] oldValues;
	/** Normalised advantages times the row's weight, [rows]. */
	float[] advantages;
	/** Weights of the value loss, [rows]. */
	float[] weights;
	/** [rows] */
	float[] returns;
	// outputs and gradients of the rows that count, used if some rows do not; [rows × stride]
	private float[] countedOutputs;
	private float[] countedGradients;

	/**
	 * Makes an empty minibatch; {@link #gather} allocates the arrays as needed.
	 *
	 * @param input      the network's inputs
	 * @param actionSize floats of a stored action
	 * @param stateSize  floats of a recurrent state; 0 without memory
	 * @param stride     floats from row to row of the network's output block
	 */
	Minibatch(ObservationInput input, int actionSize, int stateSize, int stride) {
		this.input = input;
		observationSize = input.numbers;
		imageSize = input.pixels;
		this.actionSize = actionSize;
		this.stateSize = stateSize;
		this.stride = stride;
	}

	private void makeRoom() {
		int networkRowCount = steps * sequences;
		if (networkRows.length < networkRowCount) {
			observations = new float[networkRowCount * observationSize];
			images = new byte[networkRowCount * imageSize];
			networkRows = new int[networkRowCount];
			actions = new float[networkRowCount * actionSize];
			oldLogProbabilities = new float[networkRowCount];
			oldValues = new float[networkRowCount];
			advantages = new float[networkRowCount];
			returns = new float[networkRowCount];
			weights = new float[networkRowCount];
			if (stateSize > 0) {
				restarts = new boolean[networkRowCount];
				countedOutputs = new float[networkRowCount * stride];
				countedGradients = new float[networkRowCount * stride];
			}
		}
		if (states.length < sequences * stateSize) {
			states = new float[sequences * stateSize];
		}
	}

	/**
	 * Gathers sequences, each with at least one step that counts, and normalises their advantages (Huang et al. 2022, detail
	 * 7). The clipped surrogate is proportional to the advantage, so the advantages are multiplied by the weights of the
	 * policy loss.
	 *
	 * @param from  the rollout, with advantages
	 * @param order first rows of sequences
	 * @param begin index in {@code order} of the first sequence
	 * @param end   index after the last sequence
	 */
	void gather(Rollout from, int[] order, int begin, int end) {
		sequences = end - begin;
		steps = 1;
		if (from.sequenceSteps > 1) {
			for (int i = begin; i < end; i++) {
				steps = Math.max(steps, from.length(order[i]));
			}
		}
		makeRoom();
		rows = 0;
		for (int step = 0; step < steps; step++) {
			for (int sequence = 0; sequence < sequences; sequence++) {
				int first = order[begin + sequence];
				if (step == 0 || step < from.length(first)) {
					gather(from, first + step * from.lanes, step * sequences + sequence);
				} else {
					fill(step * sequences + sequence);
				}
			}
		}
		if (stateSize > 0) {
			for (int i = begin, to = 0; i < end; i++, to += stateSize) {
				System.arraycopy(from.states, from.stateOffset(order[i]), states, to, stateSize);
			}
		}
		normaliseAdvantages();
		for (int i = 0; i < rows; i++) {
			advantages[i] *= weights[i];
		}
	}

	private void gather(Rollout from, int row, int networkRow) {
		System.arraycopy(from.observations, row * observationSize, observations, networkRow * observationSize, observationSize);
		System.arraycopy(from.images, row * imageSize, images, networkRow * imageSize, imageSize);
		if (stateSize > 0) {
			restarts[networkRow] = from.restarts[row];
		}
		if (from.idle[row]) {
			return;
		}
		int to = rows++;
		networkRows[to] = networkRow;
		for (int k = 0; k < actionSize; k++) {
			actions[to * actionSize + k] = from.actions[row * actionSize + k];
		}
		oldLogProbabilities[to] = from.logProbabilities[row];
		oldValues[to] = from.values[row];
		returns[to] = from.returns[row];
		weights[to] = from.weights[row];
		advantages[to] = from.advantages[row];
	}

	/** Fills a row after the end of a sequence with zeros. Its content has no gradient; zeros make it the same in every run. */
	private void fill(int networkRow) {
		Arrays.fill(observations, networkRow * observationSize, (networkRow + 1) * observationSize, 0);
		Arrays.fill(images, networkRow * imageSize, (networkRow + 1) * imageSize, (byte) 0);
		restarts[networkRow] = false;
	}

	private void normaliseAdvantages() {
		if (rows < 2) {
			return;
		}
		double sum = 0;
		for (int i = 0; i < rows; i++) {
			sum += advantages[i];
		}
		double mean = sum / rows;
		double squares = 0;
		for (int i = 0; i < rows; i++) {
			double deviation = advantages[i] - mean;
			squares += deviation * deviation;
		}
		float shift = (float) mean;
		float scale = (float) (1 / (Math.sqrt(squares / (rows - 1)) + 1e-8));
		for (int i = 0; i < rows; i++) {
			advantages[i] = (advantages[i] - shift) * scale;
		}
	}

	private boolean allCount() {
		return rows == steps * sequences;
	}

	/** Runs the network on all rows. */
	void forward() {
		if (stateSize > 0) {
			input.forwardSequences(observations, images, steps, sequences, states, restarts);
		} else {
			input.forward(observations, 0, images, 0, sequences);
		}
	}

	/** @return the outputs of the rows that count, [rows × stride], after {@link #forward} */
	float[] outputs(Network network) {
		float[] outputs = network.outputs();
		if (allCount()) {
			return outputs;
		}
		for (int i = 0; i < rows; i++) {
			System.arraycopy(outputs, networkRows[i] * stride, countedOutputs, i * stride, stride);
		}
		return countedOutputs;
	}

	/** @return the block for the gradients of these outputs, in the same layout; read by {@link #backward} */
	float[] outputGradients(Network network) {
		return allCount() ? network.outputGradients() : countedGradients;
	}

	/** Back-propagates these gradients; the other rows have zero gradients. */
	void backward(Network network) {
		if (!allCount()) {
			float[] gradients = network.outputGradients();
			Arrays.fill(gradients, 0, steps * sequences * stride, 0);
			for (int i = 0; i < rows; i++) {
				System.arraycopy(countedGradients, i * stride, gradients, networkRows[i] * stride, stride);
			}
		}
		if (stateSize > 0) {
			network.backwardSequences(steps, sequences);
		} else {
			network.backward(sequences);
		}
	}
}
