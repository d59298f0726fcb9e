package org.headstart.strategies.maml;

import java.util.Arrays;

/**
 * Advantages of a task's episodes, by generalised advantage estimation (Schulman et al. 2016) over a linear baseline, fitted
 * to the same episodes, as in the authors' code. Its features are (o, o², t, t², t³, 1) with o clipped to ±10 and t in
 * hundreds of steps (Duan et al. 2016, "Benchmarking deep reinforcement learning for continuous control", section 3.1;
 * rllab's {@code LinearFeatureBaseline}). The advantages of each task are then normalised to mean 0 and variance 1.
 *
 * <p>The value after the end of an episode is 0, also at the time limit, which is part of the task.
 */
final class Advantages {

	private static final double RIDGE = 1e-5;
	private static final float CLIP = 10;

	private final double gamma;
	private final double lambda;
	private final int observationSize;
	private final int features;
	private final double[] feature;
	/** The normal equations, lower triangle, and their Cholesky factor. */
	private final double[] gram;
	private final double[] factor;
	private final double[] moment;
	private final double[] weights;
	/** By lane: return, advantage and value of the next step. */
	private final double[] nextReturn;
	private final double[] nextAdvantage;
	private final double[] nextValue;

	Advantages(double gamma, double lambda, int observationSize, int lanesPerTask) {
		this.gamma = gamma;
		this.lambda = lambda;
		this.observationSize = observationSize;
		features = 2 * observationSize + 4;
		feature = new double[features];
		gram = new double[features * features];
		factor = new double[features * features];
		moment = new double[features];
		weights = new double[features];
		nextReturn = new double[lanesPerTask];
		nextAdvantage = new double[lanesPerTask];
		nextValue = new double[lanesPerTask];
	}

	/**
	 * Fills {@link Episode#advantages} of one task.
	 *
	 * @param episode the episodes
	 * @param task index of the task
	 */
	void estimate(Episode episode, int task) {
		int first = task * episode.capacity;
		int rows = episode.rows[task];
		fit(episode, first, rows);
		Arrays.fill(nextAdvantage, 0);
		Arrays.fill(nextValue, 0);
		double sum = 0;
		for (int row = first + rows - 1; row >= first; row--) {
			int lane = episode.lane[row];
			double value = value(episode, row);
			double difference = episode.rewards[row] + gamma * nextValue[lane] - value;
			double advantage = difference + gamma * lambda * nextAdvantage[lane];
			nextAdvantage[lane] = advantage;
			nextValue[lane] = value;
			episode.advantages[row] = (float) advantage;
			sum += advantage;
		}
		double mean = sum / rows;
		double squares = 0;
		for (int row = first; row < first + rows; row++) {
			double deviation = episode.advantages[row] - mean;
			squares += deviation * deviation;
		}
		double scale = 1 / (Math.sqrt(squares / rows) + 1e-8);
		for (int row = first; row < first + rows; row++) {
			episode.advantages[row] = (float) ((episode.advantages[row] - mean) * scale);
		}
	}

	private void fit(Episode episode, int first, int rows) {
		Arrays.fill(nextReturn, 0);
		Arrays.fill(gram, 0);
		Arrays.fill(moment, 0);
		for (int row = first + rows - 1; row >= first; row--) {
			int lane = episode.lane[row];
			nextReturn[lane] = episode.rewards[row] + gamma * nextReturn[lane];
			describe(episode, row);
			for (int i = 0; i < features; i++) {
				moment[i] += feature[i] * nextReturn[lane];
				for (int k = 0; k <= i; k++) {
					gram[i * features + k] += feature[i] * feature[k];
				}
			}
		}
		double ridge = RIDGE;
		while (!factorise(ridge)) {
			ridge *= 10;
		}
		solve();
	}

	private void describe(Episode episode, int row) {
		for (int i = 0; i < observationSize; i++) {
			double o = Math.clamp(episode.observations[row * observationSize + i], -CLIP, CLIP);
			feature[i] = o;
			feature[observationSize + i] = o * o;
		}
		double t = episode.step[row] / 100.0;
		int at = 2 * observationSize;
		feature[at] = t;
		feature[at + 1] = t * t;
		feature[at + 2] = t * t * t;
		feature[at + 3] = 1;
	}

	private double value(Episode episode, int row) {
		describe(episode, row);
		double value = 0;
		for (int i = 0; i < features; i++) {
			value += weights[i] * feature[i];
		}
		return value;
	}

	/** Cholesky's factor of the normal equations' matrix plus ridge · I; false when rounding has made it indefinite. */
	private boolean factorise(double ridge) {
		for (int i = 0; i < features; i++) {
			for (int k = 0; k <= i; k++) {
				double sum = gram[i * features + k] + (i == k ? ridge : 0);
				for (int m = 0; m < k; m++) {
					sum -= factor[i * features + m] * factor[k * features + m];
				}
				if (i == k) {
					if (!(sum > 0) && ridge < 1e10) {
						return false;
					}
					factor[i * features + i] = Math.sqrt(sum);
				} else {
					factor[i * features + k] = sum / factor[k * features + k];
				}
			}
		}
		return true;
	}

	private void solve() {
		for (int i = 0; i < features; i++) {
			double sum = moment[i];
			for (int k = 0; k < i; k++) {
				sum -= factor[i * features + k] * weights[k];
			}
			weights[i] = sum / factor[i * features + i];
		}
		for (int i = features - 1; i >= 0; i--) {
			double sum = weights[i];
			for (int k = i + 1; k < features; k++) {
				sum -= factor[k * features + i] * weights[k];
			}
			weights[i] = sum / factor[i * features + i];
		}
	}
}
