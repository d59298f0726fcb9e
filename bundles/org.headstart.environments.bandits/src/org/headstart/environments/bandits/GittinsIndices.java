package org.headstart.environments.bandits;

import java.util.Arrays;

/**
 * Gittins indices of Bernoulli arms under the uniform prior: the sure reward per pull that is worth as much, for ever and
 * under a discount, as the option to pull the arm (Gittins 1979, "Bandit processes and dynamic allocation indices"). Pulling
 * the arm of the highest index is optimal for infinitely many discounted pulls.
 *
 * <p>Computed by calibration (Gittins, Glazebrook and Weber 2011, "Multi-armed bandit allocation indices", section 8.4): for
 * each of 201 sure rewards λ, backward induction gives the gain of the arm over λ in every state; the index is the λ at
 * which the gain is 0, by linear interpolation (error below 1e-4). Induction begins beyond the last state asked for: either
 * after so many further pulls that later rewards have a weight below 1e-3, or after as many pulls as there are states. There
 * the arm's probability counts as known.
 *
 * <p>Immutable and thread-safe.
 */
public final class GittinsIndices {

	private static final int GRID = 200;

	/** [pulls][successes]. */
	private final double[][] indices;

	/**
	 * Computes the indices of an arm with fewer than a given number of pulls.
	 *
	 * @param pulls    the number; at least 1
	 * @param discount in [0, 1)
	 */
	public GittinsIndices(int pulls, double discount) {
		if (pulls < 1 || !(discount >= 0 && discount < 1)) {
			throw new IllegalArgumentException("Gittins indices need at least 1 pull and a discount in [0, 1), not " + pulls
					+ " and " + discount);
		}
		indices = new double[pulls][];
		double[][] gains = new double[pulls][];
		for (int pull = 0; pull < pulls; pull++) {
			indices[pull] = new double[pull + 1];
			Arrays.fill(indices[pull], Double.NaN);
			gains[pull] = new double[pull + 1];
		}
		int beyond = discount == 0 ? 1 : (int) Math.ceil(Math.log(1e-3) / Math.log(discount));
		int horizon = pulls + Math.min(beyond, Math.max(pulls, 100));
		double[] values = new double[horizon + 1];
		for (int step = 0; step <= GRID; step++) {
			double sure = (double) step / GRID;
			for (int successes = 0; successes <= horizon; successes++) {
				values[successes] = Math.max(sure, mean(successes, horizon));
			}
			for (int pull = horizon - 1; pull >= 0; pull--) {
				for (int successes = 0; successes <= pull; successes++) {
					double mean = mean(successes, pull);
					double value = (1 - discount) * mean
							+ discount * (mean * values[successes + 1] + (1 - mean) * values[successes]);
					if (pull < pulls && Double.isNaN(indices[pull][successes])) {
						double gain = value - sure;
						double before = gains[pull][successes];
						if (gain > 0) {
							gains[pull][successes] = gain;
						} else {
							indices[pull][successes] = sure - gain / (gain - before) / GRID;
						}
					}
					values[successes] = Math.max(sure, value);
				}
			}
		}
	}

	private static double mean(int successes, int pulls) {
		return (successes + 1.0) / (pulls + 2);
	}

	/**
	 * An index.
	 *
	 * @param successes pulls of the arm that paid
	 * @param failures  its other pulls
	 * @return the index, in (0, 1)
	 */
	public double index(int successes, int failures) {
		return indices[successes + failures][successes];
	}
}
