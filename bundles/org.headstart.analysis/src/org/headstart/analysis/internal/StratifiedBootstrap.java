package org.headstart.analysis.internal;

import org.headstart.analysis.Aggregate;
import org.headstart.analysis.figure.Estimate;
import org.headstart.api.random.RandomStreams;

/**
 * Percentile bootstrap intervals that resample runs within each task (Agarwal et al. 2021, section 4). Scores are indexed
 * {@code [task][run]}.
 *
 * <p>Deterministic: the resamples depend on the name given to each interval and on the numbers of runs, on nothing else. With
 * one run a task there is nothing to resample, so the estimate comes without an interval. Percentile intervals of few runs are
 * too narrow (with three, a nominal 95 % covers some 75 %), which is why claims need ten seeds or more.
 *
 * @param resamples  how many, 50,000 for final figures
 * @param confidence for example 0.95
 * @param randomness the root of the resampling streams
 */
public record StratifiedBootstrap(int resamples, double confidence, RandomStreams randomness) {

	/** Checks the ranges. */
	public StratifiedBootstrap {
		if (resamples < 1 || !(confidence > 0 && confidence < 1)) {
			throw new IllegalArgumentException("resamples must be positive and the confidence between 0 and 1, not "
					+ resamples + " and " + confidence);
		}
	}

	/**
	 * @param scores    {@code [task][run]}, every task with at least one run
	 * @param aggregate the figure
	 * @param name      names the stream of the resamples; equal names and numbers of runs give equal resamples
	 * @return the figure and its interval; undefined when there is no score
	 * @throws IllegalArgumentException when a score is not a number
	 */
	public Estimate estimate(double[][] scores, Aggregate aggregate, String name) {
		check(scores);
		double value = aggregate.of(scores);
		if (Double.isNaN(value) || !resamplable(scores)) {
			return Estimate.exactly(value).noted("", Estimate.ONE_SEED);
		}
		return Resamples.percentileInterval(value, replicates(scores, aggregate, resamples(scores, name)), confidence);
	}

	static double[] replicates(double[][] scores, Aggregate aggregate, Resamples resamples) {
		double[] flat = Aggregate.flatten(scores);
		return switch (aggregate) {
			case INTERQUARTILE_MEAN -> resamples.interquartileMeans(flat);
			case MEAN -> resamples.means(flat);
			case MEDIAN -> resamples.mediansOfTaskMeans(flat);
			case OPTIMALITY_GAP -> {
				for (int i = 0; i < flat.length; i++) {
					flat[i] = Math.min(flat[i], 1);
				}
				double[] means = resamples.means(flat);
				for (int b = 0; b < means.length; b++) {
					means[b] = 1 - means[b];
				}
				yield means;
			}
		};
	}

	/**
	 * Probability that a run of X scores more than a run of Y on a task taken at random: the mean over tasks of
	 * P(X &gt; Y) + ½ P(X = Y), the Mann–Whitney statistic over the number of pairs. Both sides are resampled, each for itself.
	 *
	 * @param x    {@code [task][run]}
	 * @param y    {@code [task][run]}, the same tasks
	 * @param name names the streams of the resamples
	 * @return the probability and its interval
	 */
	public Estimate probabilityOfImprovement(double[][] x, double[][] y, String name) {
		if (x.length != y.length || x.length == 0) {
			throw new IllegalArgumentException("X has " + x.length + " tasks, Y has " + y.length);
		}
		check(x);
		check(y);
		double value = 0;
		double[] sum = new double[resamples];
		boolean interval = resamplable(x) && resamplable(y);
		for (int task = 0; task < x.length; task++) {
			double[] wins = wins(x[task], y[task]);
			value += Aggregate.mean(wins) / x.length;
			if (interval) {
				RandomStreams streams = randomness.under(name).under("task " + task);
				double[] shares = Resamples.draw(streams.stream("x"), resamples, x[task].length)
						.winShares(wins, Resamples.draw(streams.stream("y"), resamples, y[task].length));
				for (int b = 0; b < resamples; b++) {
					sum[b] += shares[b] / x.length;
				}
			}
		}
		return interval ? Resamples.percentileInterval(value, sum, confidence) : Estimate.exactly(value).noted("", Estimate.ONE_SEED);
	}

	private static double[] wins(double[] x, double[] y) {
		double[] wins = new double[x.length * y.length];
		for (int i = 0; i < x.length; i++) {
			for (int j = 0; j < y.length; j++) {
				wins[i * y.length + j] = x[i] > y[j] ? 1 : x[i] == y[j] ? 0.5 : 0;
			}
		}
		return wins;
	}

	private Resamples resamples(double[][] scores, String name) {
		Resamples[] strata = new Resamples[scores.length];
		for (int task = 0; task < strata.length; task++) {
			strata[task] = Resamples.draw(randomness.under(name).stream("task " + task), resamples, scores[task].length);
		}
		return Resamples.stratified(strata);
	}

	private static void check(double[][] scores) {
		for (int task = 0; task < scores.length; task++) {
			for (int run = 0; run < scores[task].length; run++) {
				if (Double.isNaN(scores[task][run])) {
					throw new IllegalArgumentException("the score of run " + run + " on task " + task + " is not a number");
				}
			}
		}
	}

	private static boolean resamplable(double[][] scores) {
		for (double[] runs : scores) {
			if (runs.length > 1) {
				return true;
			}
		}
		return false;
	}
}
