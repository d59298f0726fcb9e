package org.headstart.report.internal;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes images as PNG (ISO/IEC 15948), eight bits a colour, without transparency. The runtime's own writer tries five filters on
 * each row, which takes half of a report's time and makes files of flat colours no smaller, and it needs a temporary folder.
 */
final class PngImage {

	private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
	/** Length, type and checksum. */
	private static final int AROUND_DATA = 3 * Integer.BYTES;
	/** The keyword that PNG has for it, and its end. */
	private static final String COMMENT = "Comment\0";
	private static final byte TRUE_COLOUR = 2;
	private static final byte FILTER_NONE = 0;
	/** Each byte is the difference from the one above: nothing but zeros in a row that repeats the row above. */
	private static final byte FILTER_UP = 2;

	/** The strongest that takes what it finds first: half of the time for a tenth more of bytes. */
	private static final int COMPRESSION = 3;

	private PngImage() {}

	/**
	 * @param image   of type {@link BufferedImage#TYPE_INT_RGB}
	 * @param comment ASCII text that the file holds beside the image
	 * @return the bytes of a PNG file
	 */
	static byte[] encoded(BufferedImage image, String comment) {
		int width = image.getWidth();
		int height = image.getHeight();
		ByteArrayOutputStream file = new ByteArrayOutputStream(1 << 16);
		file.writeBytes(SIGNATURE);
		chunk(file, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put(TRUE_COLOUR).array());
		chunk(file, "tEXt", (COMMENT + comment).getBytes(StandardCharsets.US_ASCII));
		chunk(file, "IDAT", data(((DataBufferInt) image.getRaster().getDataBuffer()).getData(), width, height));
		chunk(file, "IEND", new byte[0]);
		return file.toByteArray();
	}

	/**
	 * @param file the bytes of a file
	 * @return the comment, if that is a whole PNG file with one
	 */
	static Optional<String> comment(byte[] file) {
		Optional<String> comment = Optional.empty();
		if (!Arrays.equals(file, 0, Math.min(file.length, SIGNATURE.length), SIGNATURE, 0, SIGNATURE.length)) {
			return comment;
		}
		ByteBuffer chunks = ByteBuffer.wrap(file, SIGNATURE.length, file.length - SIGNATURE.length);
		while (chunks.remaining() >= AROUND_DATA) {
			int length = chunks.getInt();
			if (length < 0 || length > chunks.remaining() - AROUND_DATA + Integer.BYTES) {
				break;
			}
			CRC32 sum = new CRC32();
			sum.update(file, chunks.position(), Integer.BYTES + length);
			String text = new String(file, chunks.position(), Integer.BYTES + length, StandardCharsets.ISO_8859_1);
			if (chunks.getInt(chunks.position() + Integer.BYTES + length) != (int) sum.getValue()) {
				break;
			}
			if (text.startsWith("tEXt" + COMMENT)) {
				comment = Optional.of(text.substring(("tEXt" + COMMENT).length()));
			} else if (text.equals("IEND")) {
				return comment;
			}
			chunks.position(chunks.position() + Integer.BYTES + length + Integer.BYTES);
		}
		return Optional.empty();
	}

	private static byte[] data(int[] pixels, int width, int height) {
		ByteArrayOutputStream data = new ByteArrayOutputStream(1 << 16);
		byte[] row = new byte[1 + 3 * width];
		byte[] same = new byte[row.length];
		same[0] = FILTER_UP;
		byte[] part = new byte[1 << 14];
		Deflater deflater = new Deflater(COMPRESSION);
		try {
			for (int y = 0; y < height; y++) {
				int from = y * width;
				if (y > 0 && Arrays.equals(pixels, from, from + width, pixels, from - width, from)) {
					deflater.setInput(same);
				} else {
					row[0] = FILTER_NONE;
					for (int x = 0, at = 1; x < width; x++) {
						int pixel = pixels[from + x];
						row[at++] = (byte) (pixel >> 16);
						row[at++] = (byte) (pixel >> 8);
						row[at++] = (byte) pixel;
					}
					deflater.setInput(row);
				}
				while (!deflater.needsInput()) {
					data.write(part, 0, deflater.deflate(part));
				}
			}
			deflater.finish();
			while (!deflater.finished()) {
				data.write(part, 0, deflater.deflate(part));
			}
		} finally {
			deflater.end();
		}
		return data.toByteArray();
	}

	private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
		byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		CRC32 sum = new CRC32();
		sum.update(name);
		sum.update(data);
		file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
		file.writeBytes(name);
		file.writeBytes(data);
		file.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
	}
}
