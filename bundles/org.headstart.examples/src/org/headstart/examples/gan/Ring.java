package org.headstart.examples.gan;

import org.headstart.api.random.RandomStream;

/**
 * A mixture of equal normal distributions whose means are evenly spaced on the unit circle; a generator that covers a single
 * mode fails on it.
 *
 * @param modes             number of distributions
 * @param standardDeviation standard deviation of each, in both directions
 */
public record Ring(int modes, double standardDeviation) {

	/**
	 * Draws points.
	 *
	 * @param random the randomness
	 * @param points receives x and y of each, [rows × 2]
	 * @param rows   how many
	 */
	public void sample(RandomStream random, float[] points, int rows) {
		for (int row = 0; row < rows; row++) {
			double angle = angle(random.nextInt(modes));
			points[2 * row] = (float) (StrictMath.cos(angle) + standardDeviation * random.nextGaussian());
			points[2 * row + 1] = (float) (StrictMath.sin(angle) + standardDeviation * random.nextGaussian());
		}
	}

	private double angle(int mode) {
		return 2 * Math.PI * mode / modes;
	}

	/**
	 * @param x a point's x
	 * @param y a point's y
	 * @return the mode within 4 standard deviations of the point; −1 for none
	 */
	public int mode(double x, double y) {
		for (int mode = 0; mode < modes; mode++) {
			double dx = x - StrictMath.cos(angle(mode));
			double dy = y - StrictMath.sin(angle(mode));
			if (dx * dx + dy * dy < 16 * standardDeviation * standardDeviation) {
				return mode;
			}
		}
		return -1;
	}
}
