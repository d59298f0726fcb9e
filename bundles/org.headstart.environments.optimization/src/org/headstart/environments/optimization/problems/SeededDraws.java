package org.headstart.environments.optimization.problems;

/**
 * Random numbers that are functions of a seed and a place in its sequence: a problem that is given by its seed needs no stream to
 * be kept in a lane's state. SplitMix64 (Steele, Lea and Flood 2014), read at any place.
 */
public final class SeededDraws {

	private static final long GOLDEN = 0x9E3779B97F4A7C15L;
	private static final double UNIT = 0x1.0p-53;
	/** One in five fails, so that none is ever left is as good as certain; if not, the next place's are used. */
	private static final int TRIES = 32;

	private SeededDraws() {}

	private static long mix(long z) {
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** A seed of its own for one of several things that belong to a seed. */
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
