package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * Experience between two updates. Row {@code step × lanes + lane} of every array is one step of one lane, so that a step of all
 * lanes is one stretch of memory that the network reads where it stands.
 */
final class Rollout implements Checkpointed {

	final int lanes;
	/** Most steps of each lane. */
	final int horizon;
	final int observationSize;
	final int actionSize;

	/** As the network saw them, [horizon × lanes × observationSize]. */
	final float[] observations;
	/** As the distribution stores them, [horizon × lanes × actionSize]. */
	final float[] actions;
	/** log π(a | s) at the time of acting, [horizon × lanes]. */
	final float[] logProbabilities;
	/** V(s) at the time of acting, [horizon × lanes]. */
	final float[] values;
	/** What is learned from, [horizon × lanes]. */
	final float[] rewards;
	/** Whether the episode ended with this step, for whatever reason, [horizon × lanes]. */
	final boolean[] ended;
	/** Where the episode ended: the value of what lies beyond, 0 behind a terminal state; otherwise unused. [horizon × lanes] */
	final float[] valuesBeyond;
	/** Generalised advantage estimates, filled by an update. [horizon × lanes] */
	final float[] advantages;
	/** λ-returns: what the critic is fitted to, filled by an update. [horizon × lanes] */
	final float[] returns;
	/** What the environment showed after the last step, not normalised, [lanes × observationSize]. */
	final float[] nextObservations;
	/** Steps of each lane collected. */
	int steps;

	Rollout(int lanes, int horizon, int observationSize, int actionSize) {
		this.lanes = lanes;
		this.horizon = horizon;
		this.observationSize = observationSize;
		this.actionSize = actionSize;
		int rows = lanes * horizon;
		observations = new float[rows * observationSize];
		actions = new float[rows * actionSize];
		logProbabilities = new float[rows];
		values = new float[rows];
		rewards = new float[rows];
		ended = new boolean[rows];
		valuesBeyond = new float[rows];
		advantages = new float[rows];
		returns = new float[rows];
		nextObservations = new float[lanes * observationSize];
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
	 * have gone on (Pardo et al. 2018). Neither lets A cross the episode's end.
	 *
	 * @param valuesAfter V of what follows the last step, [lanes]
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
				advantage = rewards[row] + gamma * nextValue - values[row] + gamma * lambda * advantage;
				advantages[row] = (float) advantage;
				returns[row] = (float) (advantage + values[row]);
				nextValue = values[row];
			}
		}
	}

	/** Share of the returns' variance that the values explain: 1 is perfect, 0 no better than a constant. NaN without variance. */
	double explainedVariance() {
		int rows = rows();
		double meanReturn = 0;
		double meanError = 0;
		for (int row = 0; row < rows; row++) {
			meanReturn += returns[row];
			meanError += advantages[row];
		}
		meanReturn /= rows;
		meanError /= rows;
		double returnSquares = 0;
		double errorSquares = 0;
		for (int row = 0; row < rows; row++) {
			returnSquares += (returns[row] - meanReturn) * (returns[row] - meanReturn);
			errorSquares += (advantages[row] - meanError) * (advantages[row] - meanError);
		}
		return returnSquares == 0 ? Double.NaN : 1 - errorSquares / returnSquares;
	}

	/** Only what was collected is written; advantages and returns follow from it. */
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
		}
		write(out, valuesBeyond, rows);
		write(out, nextObservations, nextObservations.length);
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
		}
		read(in, valuesBeyond, rows);
		read(in, nextObservations, nextObservations.length);
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
