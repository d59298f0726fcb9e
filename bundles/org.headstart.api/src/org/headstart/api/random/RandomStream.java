package org.headstart.api.random;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * A stream of pseudo-random numbers with a state that can be saved: xoshiro256++ (Blackman and Vigna 2021,
 * "Scrambled linear pseudorandom number generators"), seeded through SplitMix64.
 *
 * <p>The JDK's generators hide their state and so cannot be part of a checkpoint. Every draw is a pure function of the
 * state, on every platform. Not thread-safe: a stream has one consumer.
 */
public final class RandomStream implements Checkpointed {

	private static final double DOUBLE_UNIT = 0x1.0p-53;
	private static final float FLOAT_UNIT = 0x1.0p-24f;

	private long s0;
	private long s1;
	private long s2;
	private long s3;
	/** The second value of the last polar pair; NaN when there is none. */
	private double spareGaussian = Double.NaN;

	/**
	 * Starts the stream of a seed.
	 *
	 * @param seed any value; equal seeds give equal streams
	 */
	public RandomStream(long seed) {
		reseed(seed);
	}

	private void reseed(long seed) {
		long z = seed;
		s0 = mix(z += 0x9E3779B97F4A7C15L);
		s1 = mix(z += 0x9E3779B97F4A7C15L);
		s2 = mix(z += 0x9E3779B97F4A7C15L);
		s3 = mix(z + 0x9E3779B97F4A7C15L);
		spareGaussian = Double.NaN;
	}

	/** SplitMix64's finaliser. */
	static long mix(long z) {
		z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
		z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
		return z ^ (z >>> 31);
	}

	/** @return the next 64 uniform bits */
	public long nextLong() {
		long result = Long.rotateLeft(s0 + s3, 23) + s0;
		long t = s1 << 17;
		s2 ^= s0;
		s3 ^= s1;
		s1 ^= s2;
		s0 ^= s3;
		s2 ^= t;
		s3 = Long.rotateLeft(s3, 45);
		return result;
	}

	/** @return uniform in [0, 1), 53 bits */
	public double nextDouble() {
		return (nextLong() >>> 11) * DOUBLE_UNIT;
	}

	/** @return uniform in [0, 1), 24 bits */
	public float nextFloat() {
		return (nextLong() >>> 40) * FLOAT_UNIT;
	}

	/**
	 * Uniform in a half-open interval.
	 *
	 * @param low  inclusive
	 * @param high exclusive, unless equal to {@code low}
	 * @return the draw
	 */
	public double uniform(double low, double high) {
		return low + (high - low) * nextDouble();
	}

	/**
	 * Uniform whole number (Lemire 2019, with rejection, so without bias).
	 *
	 * @param bound positive, exclusive
	 * @return the draw, from 0 to bound − 1
	 */
	public int nextInt(int bound) {
		if (bound <= 0) {
			throw new IllegalArgumentException("bound must be positive, is " + bound);
		}
		long product = (nextLong() >>> 32) * bound;
		long low = product & 0xFFFFFFFFL;
		if (low < bound) {
			long threshold = (0x100000000L - bound) % bound;
			while (low < threshold) {
				product = (nextLong() >>> 32) * bound;
				low = product & 0xFFFFFFFFL;
			}
		}
		return (int) (product >>> 32);
	}

	/** @return a draw from the standard normal distribution (Marsaglia's polar method) */
	public double nextGaussian() {
		if (!Double.isNaN(spareGaussian)) {
			double spare = spareGaussian;
			spareGaussian = Double.NaN;
			return spare;
		}
		double u;
		double v;
		double s;
		do {
			u = 2 * nextDouble() - 1;
			v = 2 * nextDouble() - 1;
			s = u * u + v * v;
		} while (s >= 1 || s == 0);
		// StrictMath gives the same bits on every processor, in interpreted and in compiled code
		double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
		spareGaussian = v * factor;
		return u * factor;
	}

	/**
	 * Puts the first elements of an array into random order (Fisher and Yates).
	 *
	 * @param values the array
	 * @param length how many of its elements
	 */
	public void shuffle(int[] values, int length) {
		for (int i = length - 1; i > 0; i--) {
			int j = nextInt(i + 1);
			int swap = values[i];
			values[i] = values[j];
			values[j] = swap;
		}
	}

	/**
	 * Copies another stream's state: from here on both streams give the same draws.
	 *
	 * @param other the other stream, which does not change
	 */
	public void goOnAs(RandomStream other) {
		s0 = other.s0;
		s1 = other.s1;
		s2 = other.s2;
		s3 = other.s3;
		spareGaussian = other.spareGaussian;
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeLong(s0);
		out.writeLong(s1);
		out.writeLong(s2);
		out.writeLong(s3);
		out.writeDouble(spareGaussian);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		s0 = in.readLong();
		s1 = in.readLong();
		s2 = in.readLong();
		s3 = in.readLong();
		spareGaussian = in.readDouble();
	}
}
