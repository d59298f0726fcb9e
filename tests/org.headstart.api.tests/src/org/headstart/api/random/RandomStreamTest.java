package org.headstart.api.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.function.DoubleSupplier;

import org.junit.jupiter.api.Test;

/**
 * Every draw against literal values, bit by bit: all that Headstart reproduces rests on them, and a result that was
 * recorded cannot be reproduced any more once one of them changes.
 *
 * <p>The generators are published ones. The values of SplitMix64 and xoshiro256++ that are called published are those
 * that the authors' C code at prng.di.unimi.it gives, as other libraries' tests quote them; {@link Reference} says the
 * algorithms once more, as they were published. The other literals were taken from this code, once.
 */
class RandomStreamTest {

	/** The algorithms, plainly: xoshiro256++ and SplitMix64 (Blackman and Vigna), Lemire's bounded draw, Marsaglia's normal one. */
	private static final class Reference {

		private final long[] s;
		private double spare = Double.NaN;

		Reference(long... state) {
			s = state;
		}

		static Reference seeded(long seed) {
			return new Reference(splitMix(seed, 4));
		}

		static long[] splitMix(long seed, int count) {
			long[] draws = new long[count];
			long x = seed;
			for (int i = 0; i < count; i++) {
				x += 0x9E3779B97F4A7C15L;
				long z = x;
				z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
				z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
				draws[i] = z ^ z >>> 31;
			}
			return draws;
		}

		private static long rotateLeft(long x, int k) {
			return x << k | x >>> 64 - k;
		}

		long next() {
			long result = rotateLeft(s[0] + s[3], 23) + s[0];
			long t = s[1] << 17;
			s[2] ^= s[0];
			s[3] ^= s[1];
			s[1] ^= s[2];
			s[0] ^= s[3];
			s[2] ^= t;
			s[3] = rotateLeft(s[3], 45);
			return result;
		}

		double nextDouble() {
			return (next() >>> 11) / 9007199254740992.0;
		}

		float nextFloat() {
			return (next() >>> 40) / 16777216f;
		}

		/** Without Lemire's short cut: the remainder is taken for each draw. */
		int nextInt(int bound) {
			while (true) {
				long product = (next() >>> 32) * bound;
				if (product % 4294967296L >= 4294967296L % bound) {
					return (int) (product / 4294967296L);
				}
			}
		}

		double nextGaussian() {
			double result = spare;
			spare = Double.NaN;
			while (Double.isNaN(result)) {
				double u = 2 * nextDouble() - 1;
				double v = 2 * nextDouble() - 1;
				double square = u * u + v * v;
				if (square > 0 && square < 1) {
					double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
					result = u * factor;
					spare = v * factor;
				}
			}
			return result;
		}
	}

	private static RandomStream at(long... state) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		for (long word : state) {
			out.writeLong(word);
		}
		out.writeDouble(Double.NaN);
		RandomStream stream = new RandomStream(0);
		stream.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
		return stream;
	}

	private static String state(RandomStream stream) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		stream.writeState(new DataOutputStream(bytes));
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

	private static long[] longs(RandomStream stream, int count) {
		long[] draws = new long[count];
		for (int i = 0; i < count; i++) {
			draws[i] = stream.nextLong();
		}
		return draws;
	}

	private static void assertBits(double[] expected, DoubleSupplier draws) {
		for (int i = 0; i < expected.length; i++) {
			double drawn = draws.getAsDouble();
			assertEquals(Double.doubleToRawLongBits(expected[i]), Double.doubleToRawLongBits(drawn),
					"draw " + i + ": " + Double.toHexString(drawn));
		}
	}

	@Test
	void theReferenceGivesThePublishedValues() {
		assertArrayEquals(new long[] {
				6457827717110365317L, 3203168211198807973L, Long.parseUnsignedLong("9817491932198370423"), 4593380528125082431L,
				Long.parseUnsignedLong("16408922859458223821")
		}, Reference.splitMix(1234567, 5), "SplitMix64");
		Reference reference = new Reference(1, 2, 3, 4);
		for (String published : new String[] {
				"41943041", "58720359", "3588806011781223", "3591011842654386", "9228616714210784205", "9973669472204895162",
				"14011001112246962877", "12406186145184390807", "15849039046786891736", "10450023813501588000"
		}) {
			assertEquals(published, Long.toUnsignedString(reference.next()), "xoshiro256++");
		}
	}

	@Test
	void givesThePublishedValues() throws IOException {
		RandomStream stream = at(1, 2, 3, 4);
		for (String published : new String[] {
				"41943041", "58720359", "3588806011781223", "3591011842654386", "9228616714210784205", "9973669472204895162",
				"14011001112246962877", "12406186145184390807", "15849039046786891736", "10450023813501588000"
		}) {
			assertEquals(published, Long.toUnsignedString(stream.nextLong()));
		}
		assertArrayEquals(new long[] {
				0x53175D61490B23DFL, 0x61DA6F3DC380D507L, 0x5C0FDF91EC9A7BFCL, 0x02EEBF8C3BBE5E1AL, 0x7ECA04EBAF4A5EEAL
		}, longs(new RandomStream(0), 5), "seed 0 through SplitMix64");
	}

	@Test
	void seeds() {
		assertArrayEquals(new long[] {
				0xCFC5D07F6F03C29BL, 0xBF424132963FE08DL, 0x19A37D5757AAF520L, 0xBF08119F05CD56D6L, 0x2F47184B86186FA4L,
				0x97299FCAE7202345L
		}, longs(new RandomStream(1), 6));
		assertArrayEquals(new long[] {
				0x56CCF8CE948E27B2L, 0xE68588432E5A5B90L, 0xE3E9B5A48119CA8BL, 0x460F19495532AE73L, 0xA7D62040EA9263E1L,
				0x66F1FB2AC9402C14L
		}, longs(new RandomStream(-1), 6));
		assertArrayEquals(new long[] {
				0x311B19FCD3D6DEFEL, 0xD8A2D09F29339C19L, 0x084276ABA9E6F13AL, 0xCEA0FB0ACB5A8F20L, 0xD47DC24CC9F05243L,
				0x385D99F73A2F6329L
		}, longs(new RandomStream(20260101), 6));
	}

	@Test
	void fractions() {
		assertBits(new double[] {
				0x1.a0ec9a9e88ecdp-1, 0x1.467905d15dbccp-2, 0x1.f7c0f9f61849dp-1, 0x1.66fb3ec019b06p-1, 0x1.96463870e908dp-1,
				0x1.2d1b3e009ca1bp-1
		}, new RandomStream(42)::nextDouble);
		assertBits(new double[] {
				0x1.a0ec9ap-1, 0x1.467904p-2, 0x1.f7c0f8p-1, 0x1.66fb3ep-1, 0x1.964638p-1, 0x1.2d1b3ep-1
		}, new RandomStream(42)::nextFloat);
		RandomStream stream = new RandomStream(42);
		assertBits(new double[] {
				0x1.544f1ff1711c2p2, 0x1.1f11b5868ebd4p-1, 0x1.bc812bf41d256p2, 0x1.0ec71819b86d4p2, 0x1.478776ede470fp2,
				0x1.92a7c80177ea6p1
		}, () -> stream.uniform(-2.5, 7.1));
	}

	/** After the numbers comes the next word, which shows how many words were taken. */
	@Test
	void wholeNumbers() {
		assertInts(1, 0x8F3DFA98020E7942L, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
		assertInts(2, 0x8F3DFA98020E7942L, 1, 0, 1, 1, 1, 1, 0, 1, 0, 1);
		assertInts(3, 0x8F3DFA98020E7942L, 2, 0, 2, 2, 2, 1, 0, 1, 0, 2);
		assertInts(10, 0x8F3DFA98020E7942L, 8, 3, 9, 7, 7, 5, 1, 6, 2, 9);
		assertInts(65536, 0x8F3DFA98020E7942L, 53366, 20894, 64480, 45949, 52003, 38541, 8215, 39657, 13612, 61167);
		assertInts(Integer.MAX_VALUE, 0x8F3DFA98020E7942L, 1748706982, 684662969, 2112896636, 1505677231, 1704037915, 1262931839,
				269192319, 1299490562, 446069228, 2004347672);
		// A quarter of the words are rejected.
		assertInts(1610612737, 0xAE14E77054359B98L, 1311530238, 513497227, 1129257924, 1278028437, 947198880, 201894239,
				334551921, 1503260755, 901201401, 1369068864);
		for (int bound : new int[] {
				0, -1
		}) {
			assertThrows(IllegalArgumentException.class, () -> new RandomStream(42).nextInt(bound));
		}
	}

	private static void assertInts(int bound, long next, int... expected) {
		RandomStream stream = new RandomStream(42);
		int[] drawn = new int[expected.length];
		for (int i = 0; i < drawn.length; i++) {
			drawn[i] = stream.nextInt(bound);
		}
		assertArrayEquals(expected, drawn, "below " + bound);
		assertEquals(next, stream.nextLong(), "after those below " + bound);
	}

	@Test
	void gaussians() {
		assertBits(new double[] {
				0x1.f679d98b6ab7bp-1, -0x1.21a610c887574p-1, 0x1.571f94d19c30ap0, 0x1.9bf7e7b2c7e67p-2, -0x1.edae4f6954ef1p-1,
				0x1.150b492b02ca5p-2, 0x1.91df36fc7a31dp-3
		}, new RandomStream(42)::nextGaussian);
	}

	@Test
	void shuffles() {
		RandomStream stream = new RandomStream(42);
		int[] values = {
				0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
		};
		stream.shuffle(values, 12);
		assertArrayEquals(new int[] {
				7, 1, 2, 5, 10, 0, 4, 8, 6, 11, 3, 9
		}, values);
		stream.shuffle(values, 5);
		assertArrayEquals(new int[] {
				1, 5, 7, 2, 10, 0, 4, 8, 6, 11, 3, 9
		}, values, "the first five alone");
		assertEquals(0x8BC6E858D0501168L, stream.nextLong());
	}

	/** The form of the state is part of every checkpoint that was ever written. */
	@Test
	void savedStates() throws IOException {
		RandomStream stream = new RandomStream(42);
		for (int i = 0; i < 7; i++) {
			stream.nextGaussian();
		}
		String waiting = "bf8455561f610a25cf5311c64bc93ee1dd6347a3c6156993e99e928701c32a443ff2752c5c480a10";
		assertEquals(waiting, state(stream), "with half a pair left");
		RandomStream other = new RandomStream(7);
		other.goOnAs(stream);
		assertEquals(waiting, state(other), "gone on as another");
		assertEquals(waiting, state(stream));
		RandomStream restored = new RandomStream(8);
		restored.readState(new DataInputStream(new ByteArrayInputStream(HexFormat.of().parseHex(waiting))));
		for (RandomStream each : new RandomStream[] {
				stream, other, restored
		}) {
			assertBits(new double[] {
					0x1.2752c5c480a1p0
			}, each::nextGaussian);
			assertEquals("bf8455561f610a25cf5311c64bc93ee1dd6347a3c6156993e99e928701c32a447ff8000000000000", state(each));
		}
	}

	/** Draws of every kind, mixed. */
	@Test
	void drawsAsTheReferenceDoes() {
		for (long seed : new long[] {
				0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE
		}) {
			RandomStream stream = new RandomStream(seed);
			Reference reference = Reference.seeded(seed);
			for (int i = 0; i < 20_000; i++) {
				String where = "seed " + seed + ", round " + i;
				assertEquals(reference.next(), stream.nextLong(), where);
				assertEquals(Double.doubleToRawLongBits(reference.nextDouble()), Double.doubleToRawLongBits(stream.nextDouble()),
						where);
				assertEquals(Float.floatToRawIntBits(reference.nextFloat()), Float.floatToRawIntBits(stream.nextFloat()), where);
				int bound = 1 + (i * 0x9E3779B1 >>> 1 + i % 30);
				assertEquals(reference.nextInt(bound), stream.nextInt(bound), where + ", bound " + bound);
				assertEquals(Double.doubleToRawLongBits(reference.nextGaussian()),
						Double.doubleToRawLongBits(stream.nextGaussian()), where);
			}
		}
	}
}
