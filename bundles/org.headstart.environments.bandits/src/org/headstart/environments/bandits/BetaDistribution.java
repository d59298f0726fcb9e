package org.headstart.environments.bandits;

import org.headstart.api.random.RandomStream;

/** Draws from the Beta distribution. */
final class BetaDistribution {

	private BetaDistribution() {}

	/**
	 * Draws. Allocates nothing.
	 *
	 * @param a      first shape, at least 1
	 * @param b      second shape, at least 1
	 * @param random the randomness
	 * @return in [0, 1]
	 */
	static double sample(double a, double b, RandomStream random) {
		double x = Gamma.sample(a, random);
		return x / (x + Gamma.sample(b, random));
	}
}
