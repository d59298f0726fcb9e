package org.headstart.environments.optimization.problems;

/**
 * Random numbers as functions of a seed and a place in its sequence, so that a problem given by its seed needs no stream in
 * a lane's state. They are those of SplitMix64 (Steele, Lea and Flood 2014), read at any place.
 */
public final class SeededDraws {

	private static final long GOLDEN = 0x9E3779B97F4A7C15L;
	private static final double UNIT = 0x1.0p-53;
	/**
	 * The number of tries. One try in five fails, so almost certainly one of these succeeds; otherwise the tries of the next
	 * place are used.
	 */
	private static final int TRIES = 32;

	private SeededDraws() {}

	private static long mix(long z) {
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** Derives a separate seed for one of several things with the same seed. */
	public static long derive(long seed, int which) {
		return mix(mix(seed + GOLDEN) ^ mix((which + 1) * GOLDEN));
	}

	/** 64 uniform bits. */
	public static long bits(long seed, long place) {
		return mix(seed + (place + 1) * GOLDEN);
	}

	/** Uniform from 0 to bound − 1; a bias of less than bound / 2³². */
	public static int below(int bound, long seed, long place) {
		return (int) (((bits(seed, place) >>> 32) * bound) >>> 32);
	}

	/** From the standard normal distribution, by Marsaglia's polar method; each place has {@value #TRIES} tries. */
	public static double gaussian(long seed, long place) {
		for (long at = place * TRIES * 2;; at += 2) {
			double u = (bits(seed, at) >> 10) * UNIT;
			double v = (bits(seed, at + 1) >> 10) * UNIT;
			double s = u * u + v * v;
			if (s < 1 && s > 0) {
				// StrictMath: the same bits on every processor and in interpreted and compiled code
				return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
			}
		}
	}
}
