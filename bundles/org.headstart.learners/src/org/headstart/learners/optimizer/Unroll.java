package org.headstart.learners.optimizer;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * The last steps of all lanes, for back-propagation. Rows are time-major: step, lane, chosen coordinate. For each lane it
 * keeps all or some of the coordinates.
 */
final class Unroll implements Checkpointed {

	final int horizon;
	final int lanes;
	/** K, the number of kept coordinates of each lane. */
	final int kept;
	final int sequences;
	private final int stateSize;

	/** The kept coordinates, [lanes × K], in rising order for each lane. */
	final int[] chosen;
	/** States before the first step, [lanes × K × state size]. */
	final float[] states;
	/** [T × lanes × K × 2] */
	final float[] inputs;
	/** ∇f after each step in the same episode, [T × lanes × K]; 0 if it is unknown or if the step did not count. */
	final float[] nextGradients;
	/** Whether another optimization begins after the step, [T × lanes]. */
	final boolean[] ended;
	/** Whether the states were reset after the step, [T × lanes]. */
	final boolean[] forgotten;
	/** The number of steps so far. */
	int steps;
	/** Sum of −reward over those steps and all lanes. */
	double lossSum;

	Unroll(int horizon, int lanes, int kept, int stateSize) {
		this.horizon = horizon;
		this.lanes = lanes;
		this.kept = kept;
		this.stateSize = stateSize;
		sequences = lanes * kept;
		long floats = (long) horizon * sequences * GradientPreprocessing.SIZE;
		if (floats > Integer.MAX_VALUE - 8) {
			throw new IllegalArgumentException("an unroll of " + horizon + " steps, " + lanes + " lanes and " + kept
					+ " coordinates does not fit an array: lower unroll, lanes or coordinates");
		}
		chosen = new int[sequences];
		states = new float[sequences * stateSize];
		inputs = new float[(int) floats];
		nextGradients = new float[horizon * sequences];
		ended = new boolean[horizon * lanes];
		forgotten = new boolean[horizon * lanes];
	}

	void clear() {
		steps = 0;
		lossSum = 0;
	}

	/** Keeps the states of the chosen coordinates, [lanes × coordinates × state size]. */
	void begin(float[] from, int coordinates) {
		for (int lane = 0; lane < lanes; lane++) {
			for (int k = 0; k < kept; k++) {
				int sequence = lane * kept + k;
				System.arraycopy(from, (lane * coordinates + chosen[sequence]) * stateSize, states, sequence * stateSize,
						stateSize);
			}
		}
	}

	/** Keeps the chosen coordinates of a step's inputs, [lanes × coordinates × 2]. */
	void keepInputs(float[] from, int coordinates) {
		int to = steps * sequences * GradientPreprocessing.SIZE;
		for (int lane = 0; lane < lanes; lane++) {
			for (int k = 0; k < kept; k++, to += GradientPreprocessing.SIZE) {
				int at = (lane * coordinates + chosen[lane * kept + k]) * GradientPreprocessing.SIZE;
				inputs[to] = from[at];
				inputs[to + 1] = from[at + 1];
			}
		}
	}

	/** Keeps the chosen coordinates of a lane's gradient after the step; null for zeros. */
	void keepNextGradient(int lane, float[] from, int offset) {
		int to = (steps * lanes + lane) * kept;
		for (int k = 0; k < kept; k++) {
			nextGradients[to + k] = from == null ? 0 : from[offset + chosen[lane * kept + k]];
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeInt(steps);
		out.writeDouble(lossSum);
		if (steps == 0) {
			return;
		}
		for (int coordinate : chosen) {
			out.writeInt(coordinate);
		}
		write(out, states, states.length);
		write(out, inputs, steps * sequences * GradientPreprocessing.SIZE);
		write(out, nextGradients, steps * sequences);
		for (int i = 0; i < steps * lanes; i++) {
			out.writeBoolean(ended[i]);
			out.writeBoolean(forgotten[i]);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		int written = in.readInt();
		if (written < 0 || written > horizon) {
			throw new IOException("an unroll of " + written + " steps does not fit one of " + horizon);
		}
		steps = written;
		lossSum = in.readDouble();
		if (steps == 0) {
			return;
		}
		for (int i = 0; i < chosen.length; i++) {
			chosen[i] = in.readInt();
		}
		read(in, states, states.length);
		read(in, inputs, steps * sequences * GradientPreprocessing.SIZE);
		read(in, nextGradients, steps * sequences);
		for (int i = 0; i < steps * lanes; i++) {
			ended[i] = in.readBoolean();
			forgotten[i] = in.readBoolean();
		}
	}

	static void write(DataOutput out, float[] values, int length) throws IOException {
		for (int i = 0; i < length; i++) {
			out.writeFloat(values[i]);
		}
	}

	static void read(DataInput in, float[] values, int length) throws IOException {
		for (int i = 0; i < length; i++) {
			values[i] = in.readFloat();
		}
	}
}
