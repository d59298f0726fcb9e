package org.headstart.analysis;

import java.util.Arrays;

/**
 * One number from the scores of many runs on one or more tasks, as Agarwal et al. 2021 define it and their library rliable
 * computes it. Scores are indexed {@code [task][run]}; tasks may have different numbers of runs. Where all tasks have equally
 * many runs, the figures are rliable's; where they do not, every run weighs the same in all but {@link #MEDIAN}.
 */
public enum Aggregate {

	/**
	 * Mean of the middle half of all runs of all tasks: the lowest ⌊n/4⌋ and the highest ⌊n/4⌋ of n scores are left out (a
	 * trimmed mean with 25 % cut from each end). With fewer than four scores it is the mean.
	 */
	INTERQUARTILE_MEAN("interquartile mean"),
	/** Mean of all runs of all tasks. */
	MEAN("mean"),
	/** Median over the tasks of each task's mean over its runs. */
	MEDIAN("median of task means"),
	/** How far scores fall short of 1, the baseline's asymptote: 1 − mean of min(score, 1). Lower is better. */
	OPTIMALITY_GAP("optimality gap");

	private final String label;

	Aggregate(String label) {
		this.label = label;
	}

	/** @return the field's name of it, lower case */
	public String label() {
		return label;
	}

	/**
	 * @param scores {@code [task][run]}
	 * @return the figure; NaN when there is no score
	 */
	public double of(double[][] scores) {
		double[] flat = flatten(scores);
		if (flat.length == 0) {
			return Double.NaN;
		}
		return switch (this) {
			case INTERQUARTILE_MEAN -> interquartileMean(flat);
			case MEAN -> mean(flat);
			case OPTIMALITY_GAP -> {
				for (int i = 0; i < flat.length; i++) {
					flat[i] = Math.min(flat[i], 1);
				}
				yield 1 - mean(flat);
			}
			case MEDIAN -> {
				double[] means = new double[scores.length];
				int tasks = 0;
				for (double[] runs : scores) {
					if (runs.length > 0) {
						means[tasks++] = mean(runs);
					}
				}
				yield median(Arrays.copyOf(means, tasks));
			}
		};
	}

	/**
	 * @param values any order, left as they are
	 * @return their interquartile mean; NaN for none
	 */
	public static double interquartileMean(double... values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int cut = sorted.length / 4;
		double sum = 0;
		for (int i = cut; i < sorted.length - cut; i++) {
			sum += sorted[i];
		}
		return sum / (sorted.length - 2 * cut);
	}

	/**
	 * @param values any
	 * @return their mean; NaN for none
	 */
	public static double mean(double... values) {
		double sum = 0;
		for (double value : values) {
			sum += value;
		}
		return sum / values.length;
	}

	/**
	 * @param values any order, left as they are
	 * @return their median, the mean of the two middle ones where there is no middle; NaN for none
	 */
	public static double median(double... values) {
		if (values.length == 0) {
			return Double.NaN;
		}
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		double upper = sorted[sorted.length / 2];
		double lower = sorted[(sorted.length - 1) / 2];
		// equal first: ∞ + ∞ over 2 is right, but −∞ + ∞ is not asked for
		return lower == upper ? upper : (lower + upper) / 2;
	}

	/**
	 * @param scores {@code [task][run]}
	 * @return all runs of all tasks, task after task
	 */
	public static double[] flatten(double[][] scores) {
		int total = 0;
		for (double[] runs : scores) {
			total += runs.length;
		}
		double[] flat = new double[total];
		int at = 0;
		for (double[] runs : scores) {
			System.arraycopy(runs, 0, flat, at, runs.length);
			at += runs.length;
		}
		return flat;
	}
}
