package org.headstart.environments.bandits;

import org.headstart.api.random.RandomStream;

/** Draws from the Gamma distribution of scale 1 (Marsaglia and Tsang 2000, "A simple method for generating gamma variables"). */
final class Gamma {

	private Gamma() {}

	/**
	 * Draws. Allocates nothing.
	 *
	 * @param shape  at least 1
	 * @param random the randomness
	 * @return positive
	 */
	static double sample(double shape, RandomStream random) {
		// StrictMath: the same bits on every processor
		if (shape == 1) {
			return -StrictMath.log(1 - random.nextDouble());
		}
		double d = shape - 1.0 / 3;
		double c = 1 / Math.sqrt(9 * d);
		while (true) {
			double z = random.nextGaussian();
			double root = 1 + c * z;
			if (root <= 0) {
				continue;
			}
			double v = root * root * root;
			double u = 1 - random.nextDouble();
			double z2 = z * z;
			if (u < 1 - 0.0331 * z2 * z2 || StrictMath.log(u) < 0.5 * z2 + d * (1 - v + StrictMath.log(v))) {
				return d * v;
			}
		}
	}
}
