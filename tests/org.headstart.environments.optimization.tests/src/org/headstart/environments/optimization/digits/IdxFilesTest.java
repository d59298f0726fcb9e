package org.headstart.environments.optimization.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFilesTest {

	private static final int COUNT = 120;

	@TempDir
	Path folder;
	private Path images;
	private Path labels;

	@BeforeEach
	void write() throws IOException {
		images = folder.resolve("images-idx3-ubyte");
		labels = folder.resolve("labels-idx1-ubyte");
		Files.write(images, pictures(COUNT, 4, 4));
		Files.write(labels, digits(COUNT));
	}

	/** Every 2 × 2 block of picture i holds the four values 0, i, 2i and 255. */
	private static byte[] pictures(int count, int height, int width) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(0x803);
		out.writeInt(count);
		out.writeInt(height);
		out.writeInt(width);
		for (int i = 0; i < count; i++) {
			for (int y = 0; y < height; y++) {
				for (int x = 0; x < width; x++) {
					out.writeByte(y % 2 == 0 ? x % 2 * i : x % 2 == 0 ? 2 * i : 255);
				}
			}
		}
		return bytes.toByteArray();
	}

	private static byte[] digits(int count) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		out.writeInt(0x801);
		out.writeInt(count);
		for (int i = 0; i < count; i++) {
			out.writeByte(i % 7);
		}
		return bytes.toByteArray();
	}

	@Test
	void readsScalesAndParts() {
		DigitImages train = IdxFiles.train(images, labels, 2);
		DigitImages test = IdxFiles.test(images, labels, 2);
		assertEquals(100, train.count());
		assertEquals(20, test.count());
		float[] pixels = new float[4];
		train.copy(7, pixels, 0);
		float mean = (7 + 14 + 255) / (4 * 255f);
		assertArrayEquals(new float[] {mean, mean, mean, mean}, pixels, 1e-6f);
		assertEquals(7 % 7, train.label(7));
		assertEquals(105 % 7, test.label(5));
		test.copy(5, pixels, 0);
		assertEquals((105 + 210 + 255) / (4 * 255f), pixels[3], 1e-6f);
	}

	@Test
	void scalesUpAndByUnevenParts() {
		float[] same = new float[16];
		IdxFiles.train(images, labels, 4).copy(10, same, 0);
		assertArrayEquals(new float[] {0, 10 / 255f, 0, 10 / 255f}, Arrays.copyOf(same, 4), 1e-6f);
		float[] larger = new float[64];
		IdxFiles.train(images, labels, 8).copy(10, larger, 0);
		assertArrayEquals(new float[] {0, 0, 10 / 255f, 10 / 255f}, Arrays.copyOf(larger, 4), 1e-6f);
		float[] uneven = new float[9];
		IdxFiles.train(images, labels, 3).copy(10, uneven, 0);
		// the first pixel covers 4/3 of two columns and two rows
		assertEquals((10 / 3.0 + 20 / 3.0 + 255 / 9.0) / (255 * 16 / 9.0), uneven[0], 1e-6);
	}

	@Test
	void readsCompressedFilesToo() throws IOException {
		Path packed = folder.resolve("images.gz");
		try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
			Files.copy(images, out);
		}
		float[] expected = new float[4];
		float[] actual = new float[4];
		IdxFiles.train(images, labels, 2).copy(31, expected, 0);
		IdxFiles.train(packed, labels, 2).copy(31, actual, 0);
		assertArrayEquals(expected, actual);
	}

	@Test
	void saysWhatIsWrong() throws IOException {
		assertRefused("exchanged", labels, images);
		assertRefused("there is no file " + folder.resolve("none"), folder.resolve("none"), labels);
		assertRefused("it begins with 0x504B0304, not 0x00000803", written(new byte[] {0x50, 0x4B, 3, 4, 0, 0}), labels);
		assertRefused("fewer than 4 bytes", written(new byte[] {0, 0, 8}), labels);
		byte[] good = Files.readAllBytes(images);
		assertRefused("ends before the number of rows", written(Arrays.copyOf(good, 9)), labels);
		assertRefused("it has only 119 of its 120 pictures", written(Arrays.copyOf(good, good.length - 1)), labels);
		assertRefused("goes on after the 120 pictures", written(Arrays.copyOf(good, good.length + 1)), labels);
		assertRefused("119 pictures, but", written(pictures(119, 4, 4)), labels);
		byte[] wide = good.clone();
		wide[12] = 1;
		assertRefused("the number of columns is 16777220", written(wide), labels);
		assertRefused("it ends within its 120 labels", images, written(Arrays.copyOf(digits(COUNT), 50)));
		assertRefused("59 labels; at least 60", images, written(digits(59)));
		byte[] letters = digits(COUNT);
		letters[8 + 4] = (byte) 200;
		assertRefused("label 5 is 200", images, written(letters));
	}

	private Path written(byte[] bytes) throws IOException {
		return Files.write(Files.createTempFile(folder, "idx", ""), bytes);
	}

	private static void assertRefused(String said, Path images, Path labels) {
		String message = assertThrows(IllegalArgumentException.class, () -> IdxFiles.train(images, labels, 4)).getMessage();
		assertTrue(message.contains(said), message);
	}
}
