package org.headstart.environments.optimization.digits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawnDigitsTest {

	private static final int SIDE = 10;
	/** Of the pictures as they were when this test was written. */
	private static final long CHECKSUM = 2691640449L;

	private static float[] image(DigitImages images, int image) {
		float[] pixels = new float[images.pixels()];
		images.copy(image, pixels, 0);
		return pixels;
	}

	@Test
	void trainingAndTestPicturesShareNone() {
		DigitImages train = DrawnDigits.train(DigitStyle.PLAIN, SIDE);
		DigitImages test = DrawnDigits.test(DigitStyle.PLAIN, SIDE);
		Set<Integer> seen = new HashSet<>();
		int same = 0;
		for (int i = 0; i < train.count(); i++) {
			same += seen.add(Arrays.hashCode(image(train, i))) ? 0 : 1;
		}
		for (int i = 0; i < test.count(); i++) {
			same += seen.add(Arrays.hashCode(image(test, i))) ? 0 : 1;
		}
		assertTrue(same <= 1, same + " pictures are in twice; one may share its hash with another by chance");
		assertEquals(DrawnDigits.TRAIN, train.count());
		assertEquals(DrawnDigits.TEST, test.count());
	}

	@Test
	void picturesAreTheSameInEveryProcess() {
		CRC32 sum = new CRC32();
		DigitImages test = DrawnDigits.test(DigitStyle.DASHED, SIDE);
		for (int i = 0; i < 50; i++) {
			for (float pixel : image(test, i)) {
				int bits = Float.floatToIntBits(pixel);
				sum.update(bits);
				sum.update(bits >>> 8);
				sum.update(bits >>> 16);
				sum.update(bits >>> 24);
			}
		}
		assertEquals(CHECKSUM, sum.getValue(), "other pictures than before: results made with those cannot be compared");
	}

	@ParameterizedTest
	@EnumSource
	void aClassIsRecognisedFromTheOthersMeans(DigitStyle style) {
		DigitImages train = DrawnDigits.train(style, SIDE);
		double[][] means = new double[DigitImages.CLASSES][train.pixels()];
		for (int i = 0; i < train.count(); i++) {
			assertEquals(i % DigitImages.CLASSES, train.label(i), "classes come in turn");
			float[] image = image(train, i);
			for (int p = 0; p < image.length; p++) {
				assertTrue(image[p] >= 0 && image[p] <= 1, "pixel " + image[p]);
				means[train.label(i)][p] += image[p];
			}
		}
		DigitImages test = DrawnDigits.test(style, SIDE);
		int right = 0;
		for (int i = 0; i < test.count(); i++) {
			right += nearest(means, image(test, i), train.count() / DigitImages.CLASSES) == test.label(i) ? 1 : 0;
		}
		// chance is 100; outlines and dashes on 10 pixels are the hardest
		assertTrue(right > 400, style + ": the nearest mean is right for " + right + " of " + test.count());
	}

	private static int nearest(double[][] means, float[] image, int count) {
		int nearest = -1;
		double least = Double.POSITIVE_INFINITY;
		for (int digit = 0; digit < means.length; digit++) {
			double distance = 0;
			for (int p = 0; p < image.length; p++) {
				double away = means[digit][p] / count - image[p];
				distance += away * away;
			}
			if (distance < least) {
				least = distance;
				nearest = digit;
			}
		}
		return nearest;
	}

	@Test
	void stylesDiffer() {
		Set<Integer> pictures = new HashSet<>();
		for (DigitStyle style : DigitStyle.values()) {
			pictures.add(Arrays.hashCode(image(DrawnDigits.train(style, SIDE), 3)));
		}
		assertEquals(DigitStyle.values().length, pictures.size());
	}

	@Test
	void threadsGetOneAndTheSamePool() throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
			Callable<DigitImages> ask = () -> DrawnDigits.train(DigitStyle.THIN, 9);
			List<Future<DigitImages>> pools = threads.invokeAll(List.of(ask, ask, ask, ask));
			for (Future<DigitImages> pool : pools) {
				assertSame(pools.get(0).get(), pool.get());
			}
		}
	}

	@Test
	void tooSmallAPictureIsRefused() {
		String message = assertThrows(IllegalArgumentException.class, () -> DrawnDigits.train(DigitStyle.PLAIN, 4))
				.getMessage();
		assertTrue(message.contains("at least 8 pixels"), message);
	}
}
