package org.headstart.engine.internal.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

import org.headstart.api.strategy.Artefact;
import org.junit.jupiter.api.Test;

class ArtefactFileTest {

	private static byte[] bytes(Artefact artefact) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ArtefactFile.write(artefact, out);
		return out.toByteArray();
	}

	@Test
	void aTableIsCsvThatSpreadsheetsOpenSafely() throws IOException {
		Artefact table = new Artefact.Table("t", List.of("layer", "=moved"), List.of(List.of("a,b", 0.25), List.of("-x", 3L),
				List.of("c", Float.NaN), List.of("d\n", true), List.of("e", 1e-9f)));
		assertEquals("layer,'=moved\n\"a,b\",0.25\n'-x,3\nc,\n\"d\n\",true\ne,1.0E-9\n", new String(bytes(table), StandardCharsets.UTF_8));
		assertEquals("t.csv", ArtefactFile.name(table));
		assertEquals("table of 5 rows and 2 columns", ArtefactFile.content(table));
	}

	/** What NumPy 2.4 itself writes in format 1.0. */
	@Test
	void anArrayIsWhatNumPyWrites() throws IOException {
		assertEquals("934e554d5059010076007b276465736372273a20273c6634272c2027666f727472616e5f6f72646572273a2046616c73652c202773686170"
				+ "65273a2028322c2032292c207d" + "20".repeat(58) + "0a" + "0000803f000020400000c07f000080c0",
				HexFormat.of().formatHex(bytes(new Artefact.Array("a", new float[] {1, 2.5f, Float.NaN, -4}, 2, 2))));
		assertEquals("array of 2 × 2 floats", ArtefactFile.content(new Artefact.Array("a", new float[4], 2, 2)));
		byte[] doubles = bytes(new Artefact.Array("a", new double[] {0.1, 2, 3}, 3));
		assertHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", doubles);
		ByteBuffer numbers = ByteBuffer.wrap(doubles, 128, 24).order(ByteOrder.LITTLE_ENDIAN);
		assertEquals(List.of(0.1, 2.0, 3.0), List.of(numbers.getDouble(), numbers.getDouble(), numbers.getDouble()));
		assertHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", bytes(new Artefact.Array("a", new double[] {7})));
		byte[] empty = bytes(new Artefact.Array("a", new double[0], 0, 3));
		assertHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3), }", empty);
		assertEquals(128, empty.length);
		int[] deep = new int[32];
		Arrays.fill(deep, 1);
		byte[] longHeader = bytes(new Artefact.Array("a", new float[] {1}, deep));
		assertEquals(4, longHeader.length % 64);
		assertEquals('\n', longHeader[longHeader.length - 5]);
	}

	private static void assertHeader(String expected, byte[] file) {
		assertEquals(118, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getShort(8));
		assertEquals(expected + " ".repeat(117 - expected.length()) + "\n", new String(file, 10, 118, StandardCharsets.US_ASCII));
	}

	@Test
	void largeArraysGoThroughTheBuffer() throws IOException {
		float[] values = new float[100_003];
		for (int i = 0; i < values.length; i++) {
			values[i] = i;
		}
		byte[] file = bytes(new Artefact.Array("a", values, values.length));
		assertEquals(128 + 4 * values.length, file.length);
		assertEquals(values.length - 1, ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getFloat(file.length - 4));
	}

	@Test
	void aPictureIsPng() throws IOException {
		for (int[] size : new int[][] {{1, 1}, {7, 3}, {300, 200}}) {
			byte[] rgb = new byte[3 * size[0] * size[1]];
			new Random(1).nextBytes(rgb);
			Artefact picture = new Artefact.Picture("p", size[0], size[1], rgb);
			byte[] file = bytes(picture);
			BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
			assertEquals(size[0], read.getWidth());
			assertEquals(size[1], read.getHeight());
			for (int i = 0; i < size[0] * size[1]; i++) {
				int pixel = (rgb[3 * i] & 0xff) << 16 | (rgb[3 * i + 1] & 0xff) << 8 | rgb[3 * i + 2] & 0xff;
				assertEquals(pixel, read.getRGB(i % size[0], i / size[0]) & 0xffffff);
			}
			assertArrayEquals(file, bytes(picture));
		}
		assertEquals("picture of 300 × 200 pixels", ArtefactFile.content(new Artefact.Picture("p", 300, 200, new byte[180_000])));
	}
}
