package org.headstart.engine.internal.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import org.headstart.api.strategy.Artefact;

/** Writes artefacts as files in common formats. Equal artefacts give equal bytes. */
public final class ArtefactFile {

	private static final int BUFFER = 1 << 14;
	private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
	/** The header ends at a multiple of this number of bytes, so that the numbers are aligned. */
	private static final int NUMPY_ALIGNMENT = 64;
	private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
	/** Header fields: eight bits for each colour, true colour, and the only defined methods. */
	private static final byte[] PNG_KIND = {8, 2, 0, 0, 0};

	private ArtefactFile() {}

	/**
	 * @param artefact an artefact
	 * @return its file's name
	 */
	public static String name(Artefact artefact) {
		return artefact.name() + switch (artefact) {
			case Artefact.Table table -> ".csv";
			case Artefact.Array array -> ".npy";
			case Artefact.Picture picture -> ".png";
		};
	}

	/**
	 * @param artefact an artefact
	 * @return its kind and size, for people
	 */
	public static String content(Artefact artefact) {
		return switch (artefact) {
			case Artefact.Table table ->
				"table of " + count(table.rows().size(), "row") + " and " + count(table.columns().size(), "column");
			case Artefact.Array array -> "array of " + (array.shape().length == 0 ? "1"
					: Arrays.stream(array.shape()).mapToObj(Integer::toString).collect(Collectors.joining(" × ")))
					+ (array.single() ? " floats" : " doubles");
			case Artefact.Picture picture -> "picture of " + picture.width() + " × " + picture.height() + " pixels";
		};
	}

	private static String count(int number, String what) {
		return number + " " + what + (number == 1 ? "" : "s");
	}

	/**
	 * Writes an artefact.
	 *
	 * @param artefact the artefact
	 * @param out      receives the file's bytes
	 * @throws IOException from {@code out}
	 */
	public static void write(Artefact artefact, OutputStream out) throws IOException {
		switch (artefact) {
			case Artefact.Table table -> table(table, out);
			case Artefact.Array array -> array(array, out);
			case Artefact.Picture picture -> picture(picture, out);
		}
	}

	private static void table(Artefact.Table table, OutputStream out) throws IOException {
		line(table.columns(), out);
		for (List<Object> row : table.rows()) {
			line(row, out);
		}
	}

	private static void line(List<?> cells, OutputStream out) throws IOException {
		out.write((cells.stream().map(ArtefactFile::cell).collect(Collectors.joining(",")) + "\n").getBytes(StandardCharsets.UTF_8));
	}

	private static String cell(Object cell) {
		return switch (cell) {
			case String text -> CsvText.cell(text);
			case Float number when number.isNaN() -> "";
			case Double number when number.isNaN() -> "";
			default -> cell.toString();
		};
	}

	/** The format 1.0 of {@code numpy.lib.format}. */
	private static void array(Artefact.Array array, OutputStream out) throws IOException {
		int[] shape = array.shape();
		String tuple = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + (shape.length == 1 ? "," : "");
		String header = "{'descr': '" + (array.single() ? "<f4" : "<f8") + "', 'fortran_order': False, 'shape': (" + tuple + "), }";
		int before = NUMPY.length + Short.BYTES;
		int length = (before + header.length() + NUMPY_ALIGNMENT) / NUMPY_ALIGNMENT * NUMPY_ALIGNMENT - before;
		out.write(NUMPY);
		out.write(ByteBuffer.allocate(Short.BYTES).order(ByteOrder.LITTLE_ENDIAN).putShort((short) length).array());
		out.write((header + " ".repeat(length - 1 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
		ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
		for (int i = 0; i < array.size(); i++) {
			if (array.single()) {
				buffer.putFloat((float) array.value(i));
			} else {
				buffer.putDouble(array.value(i));
			}
			if (!buffer.hasRemaining()) {
				out.write(buffer.array());
				buffer.clear();
			}
		}
		out.write(buffer.array(), 0, buffer.position());
	}

	/** ISO/IEC 15948, without filters. */
	private static void picture(Artefact.Picture picture, OutputStream out) throws IOException {
		out.write(PNG);
		byte[] head = ByteBuffer.allocate(2 * Integer.BYTES + PNG_KIND.length).putInt(picture.width()).putInt(picture.height())
				.put(PNG_KIND).array();
		chunk("IHDR", head, head.length, out);
		byte[] row = new byte[1 + 3 * picture.width()];
		byte[] part = new byte[BUFFER];
		Deflater deflater = new Deflater();
		try {
			for (int y = 0; y < picture.height(); y++) {
				picture.row(y, row, 1);
				deflater.setInput(row);
				for (int n = deflater.deflate(part); n > 0; n = deflater.deflate(part)) {
					chunk("IDAT", part, n, out);
				}
			}
			deflater.finish();
			while (!deflater.finished()) {
				chunk("IDAT", part, deflater.deflate(part), out);
			}
		} finally {
			deflater.end();
		}
		chunk("IEND", part, 0, out);
	}

	private static void chunk(String type, byte[] data, int length, OutputStream out) throws IOException {
		byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		CRC32 sum = new CRC32();
		sum.update(name);
		sum.update(data, 0, length);
		out.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
		out.write(name);
		out.write(data, 0, length);
		out.write(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
	}
}
