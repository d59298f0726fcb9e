package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * Experience between two updates. Row {@code step × lanes + lane} of every array is one step of one lane, so that a step of
 * all lanes is contiguous and the network reads it without a copy.
 *
 * <p>An update learns from sequences of {@link #sequenceSteps} steps of one lane; the last one may be shorter. A sequence is
 * identified by its first row.
 */
final class Rollout implements Checkpointed {

	final int lanes;
	/** The largest number of steps of each lane. */
	final int horizon;
	final int observationSize;
	/** Bytes of an observation's image; 0 without an image. */
	final int imageSize;
	final int actionSize;
	/** Floats of a lane's recurrent state; 0 without memory. */
	final int stateSize;
	/** Steps of a sequence; 1 without memory. */
	final int sequenceSteps;
	/** Steps between two recorded states: the steps of a sequence, or 1 if losses have windows, which may begin at any step. */
	private final int stateSteps;

	/** The network's inputs, [horizon × lanes × observationSize]. */
	final float[] observations;
	/** [horizon × lanes × imageSize] */
	final byte[] images;
	/** The stored actions, [horizon × lanes × actionSize]. */
	final float[] actions;
	/** log π(a | s) at the time of acting, [horizon × lanes]. */
	final float[] logProbabilities;
	/** V(s) at the time of acting, [horizon × lanes]. */
	final float[] values;
	/** The rewards to learn from, [horizon × lanes]. */
	final float[] rewards;
	/** Whether the trial (by default one episode) ended with this step for any reason, [horizon × lanes]. */
	final boolean[] ended;
	/** Whether the step did not count, since its episode had ended before, [horizon × lanes]. */
	final boolean[] idle;
	/** The value after the end of a trial, 0 after a terminal state; unused for other steps. [horizon × lanes] */
	final float[] valuesBeyond;
	/** Generalised advantage estimates, filled by an update. [horizon × lanes] */
	final float[] advantages;
	/** λ-returns, the critic's targets, filled by an update. [horizon × lanes] */
	final float[] returns;
	/** The weight of each row's losses, by default 1; not part of the state. [horizon × lanes] */
	final float[] weights;
	/** The observations after the last step, not normalised, [lanes × observationSize]. */
	final float[] nextObservations;
	/** [lanes × imageSize] */
	final byte[] nextImages;
	/** Recurrent states before every {@link #stateSteps}-th step, at the time of acting, [states of a lane × lanes × stateSize]. */
	final float[] states;
	/** Whether the recurrent state was set to zero before the step, [horizon × lanes]; empty without memory. */
	final boolean[] restarts;
	/** Collected steps of each lane. */
	int steps;

	/**
	 * Sizes of the parts of a row.
	 *
	 * @param observation floats of an observation's numbers
	 * @param image       bytes of its image
	 * @param action      floats of a stored action
	 * @param state       floats of a recurrent state; 0 without memory
	 */
	record Sizes(int observation, int image, int action, int state) {}

	/**
	 * Allocates.
	 *
	 * @param sequenceSteps steps of a sequence; 1 without memory
	 * @param stateSteps    steps from one recorded state to the next; divides those of a sequence
	 */
	Rollout(int lanes, int horizon, Sizes sizes, int sequenceSteps, int stateSteps) {
		this.lanes = lanes;
		this.horizon = horizon;
		observationSize = sizes.observation();
		imageSize = sizes.image();
		actionSize = sizes.action();
		stateSize = sizes.state();
		this.sequenceSteps = sequenceSteps;
		this.stateSteps = stateSteps;
		int rows = lanes * horizon;
		observations = new float[rows * observationSize];
		images = new byte[rows * imageSize];
		actions = new float[rows * actionSize];
		logProbabilities = new float[rows];
		values = new float[rows];
		rewards = new float[rows];
		ended = new boolean[rows];
		idle = new boolean[rows];
		valuesBeyond = new float[rows];
		advantages = new float[rows];
		returns = new float[rows];
		weights = new float[rows];
		Arrays.fill(weights, 1);
		nextObservations = new float[lanes * observationSize];
		nextImages = new byte[lanes * imageSize];
		boolean recurrent = stateSize > 0;
		states = new float[recurrent ? (horizon + stateSteps - 1) / stateSteps * lanes * stateSize : 0];
		restarts = new boolean[recurrent ? rows : 0];
	}

	/** @return the largest number of sequences of all lanes */
	int mostSequences() {
		return (horizon + sequenceSteps - 1) / sequenceSteps * lanes;
	}

	/**
	 * Lists the sequences to learn from: those with at least one step that counts.
	 *
	 * @param firstRows receives the first row of each, in the order of rows
	 * @return how many
	 */
	int sequences(int[] firstRows) {
		int sequences = 0;
		for (int step = 0; step < steps; step += sequenceSteps) {
			for (int first = step * lanes; first < (step + 1) * lanes; first++) {
				if (counts(first)) {
					firstRows[sequences++] = first;
				}
			}
		}
		return sequences;
	}

	private boolean counts(int first) {
		for (int row = first, end = first + length(first) * lanes; row < end; row += lanes) {
			if (!idle[row]) {
				return true;
			}
		}
		return false;
	}

	/** @return steps of the sequence that begins with that row */
	int length(int first) {
		return Math.min(sequenceSteps, steps - first / lanes);
	}

	/**
	 * @return offset in {@link #states} of the state before that row, which is the first row of a sequence, or any row if
	 *         there are windows
	 */
	int stateOffset(int first) {
		return (first / lanes / stateSteps * lanes + first % lanes) * stateSize;
	}

	/** Records the recurrent states before the next step. */
	void remember(LaneMemory memory) {
		System.arraycopy(memory.restarts, 0, restarts, steps * lanes, lanes);
		if (steps % stateSteps == 0) {
			System.arraycopy(memory.states, 0, states, steps / stateSteps * lanes * stateSize, lanes * stateSize);
		}
	}

	/** @return rows collected */
	int rows() {
		return steps * lanes;
	}

	/**
	 * Generalised advantage estimation (Schulman et al. 2016, arXiv 1506.02438, eq. 16), backwards as
	 * A_t = δ_t + γλ A_{t+1} with δ_t = r_t + γ V(s_{t+1}) − V(s_t), and the λ-returns A_t + V(s_t).
	 *
	 * <p>At a terminal state V(s_{t+1}) is 0; at a time limit it is the value of the last observation, since the task would
	 * have continued (Pardo et al. 2018). A never crosses such an end. If trials have several episodes, only the ends of
	 * trials count: A crosses from one episode to the next, which rewards exploration early in a trial (Duan et al. 2016).
	 * Steps that do not count are skipped.
	 *
	 * @param valuesAfter V after the last step, [lanes]
	 * @param gamma       γ
	 * @param lambda      λ
	 */
	void estimateAdvantages(float[] valuesAfter, double gamma, double lambda) {
		for (int lane = 0; lane < lanes; lane++) {
			double advantage = 0;
			double nextValue = valuesAfter[lane];
			for (int row = (steps - 1) * lanes + lane; row >= 0; row -= lanes) {
				if (ended[row]) {
					nextValue = valuesBeyond[row];
					advantage = 0;
				}
				if (idle[row]) {
					continue;
				}
				advantage = rewards[row] + gamma * nextValue - values[row] + gamma * lambda * advantage;
				advantages[row] = (float) advantage;
				returns[row] = (float) (advantage + values[row]);
				nextValue = values[row];
			}
		}
	}

	/**
	 * The share of the returns' variance that is explained by the values: 1 is perfect, 0 no better than a constant; NaN
	 * without variance.
	 */
	double explainedVariance() {
		int rows = rows();
		int counted = 0;
		double meanReturn = 0;
		double meanError = 0;
		for (int row = 0; row < rows; row++) {
			if (!idle[row]) {
				meanReturn += returns[row];
				meanError += advantages[row];
				counted++;
			}
		}
		meanReturn /= counted;
		meanError /= counted;
		double returnSquares = 0;
		double errorSquares = 0;
		for (int row = 0; row < rows; row++) {
			if (!idle[row]) {
				returnSquares += (returns[row] - meanReturn) * (returns[row] - meanReturn);
				errorSquares += (advantages[row] - meanError) * (advantages[row] - meanError);
			}
		}
		return returnSquares == 0 ? Double.NaN : 1 - errorSquares / returnSquares;
	}

	/** Writes only the collected steps; advantages and returns are computed from them. */
	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeInt(steps);
		int rows = rows();
		write(out, observations, rows * observationSize);
		write(out, actions, rows * actionSize);
		write(out, logProbabilities, rows);
		write(out, values, rows);
		write(out, rewards, rows);
		for (int row = 0; row < rows; row++) {
			out.writeBoolean(ended[row]);
			out.writeBoolean(idle[row]);
		}
		write(out, valuesBeyond, rows);
		write(out, nextObservations, nextObservations.length);
		out.write(images, 0, rows * imageSize);
		out.write(nextImages);
		if (stateSize > 0) {
			write(out, states, statesCollected());
			for (int row = 0; row < rows; row++) {
				out.writeBoolean(restarts[row]);
			}
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		int written = in.readInt();
		if (written < 0 || written > horizon) {
			throw new IOException("a rollout of " + written + " steps does not fit one of at most " + horizon);
		}
		steps = written;
		int rows = rows();
		read(in, observations, rows * observationSize);
		read(in, actions, rows * actionSize);
		read(in, logProbabilities, rows);
		read(in, values, rows);
		read(in, rewards, rows);
		for (int row = 0; row < rows; row++) {
			ended[row] = in.readBoolean();
			idle[row] = in.readBoolean();
		}
		read(in, valuesBeyond, rows);
		read(in, nextObservations, nextObservations.length);
		in.readFully(images, 0, rows * imageSize);
		in.readFully(nextImages);
		if (stateSize > 0) {
			read(in, states, statesCollected());
			for (int row = 0; row < rows; row++) {
				restarts[row] = in.readBoolean();
			}
		}
	}

	private int statesCollected() {
		return (steps + stateSteps - 1) / stateSteps * lanes * stateSize;
	}

	private static void write(DataOutput out, float[] values, int length) throws IOException {
		for (int i = 0; i < length; i++) {
			out.writeFloat(values[i]);
		}
	}

	private static void read(DataInput in, float[] values, int length) throws IOException {
		for (int i = 0; i < length; i++) {
			values[i] = in.readFloat();
		}
	}
}
