package org.headstart.api.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A file of a step's result that a strategy keeps beside agents and metrics, by {@link StrategyRun#keep}. Numbers must be
 * finite, or NaN for a missing number. Immutable; artefacts with equal names and contents are equal.
 */
public sealed interface Artefact {

	/** The longest name. */
	int LONGEST_NAME = 100;

	/** @return the file's name without its ending: letters, digits, '.', '_' and '-', the first a letter or digit */
	String name();

	private static void checkName(String name) {
		if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || name.length() > LONGEST_NAME) {
			throw new IllegalArgumentException("an artefact's name has up to " + LONGEST_NAME
					+ " letters, digits, '.', '_' and '-', and begins with a letter or digit; '" + name + "' has not");
		}
	}

	private static void checkNumber(double number, String name, String where) {
		if (Double.isInfinite(number)) {
			throw new IllegalArgumentException("artefact '" + name + "' has the number " + number + " " + where
					+ "; numbers must be finite, or NaN where there is none");
		}
	}

	/**
	 * A table: {@code NAME.csv} (RFC 4180, UTF-8, line feeds). A missing number is an empty cell; a text that a spreadsheet
	 * would read as a formula is written with an apostrophe before it.
	 *
	 * @param name    the file's name
	 * @param columns the columns' names, unique
	 * @param rows    the rows, each with one cell for each column; a cell is a {@link String}, {@link Integer},
	 *                {@link Long}, {@link Float}, {@link Double} or {@link Boolean}
	 */
	record Table(String name, List<String> columns, List<List<Object>> rows) implements Artefact {

		/**
		 * Defensive copies, and checks.
		 *
		 * @throws IllegalArgumentException when the name is invalid, when there are no columns or two of the same name, or
		 *                                  when a row does not fit; the message names the row
		 */
		public Table {
			checkName(name);
			columns = List.copyOf(columns);
			if (columns.isEmpty() || columns.stream().distinct().count() < columns.size()) {
				throw new IllegalArgumentException("table '" + name + "' needs columns, each with a name of its own; it has " + columns);
			}
			List<List<Object>> copies = new ArrayList<>(rows.size());
			for (List<Object> row : rows) {
				String where = "in row " + (copies.size() + 1);
				if (row.size() != columns.size()) {
					throw new IllegalArgumentException("table '" + name + "' has " + row.size() + " cells " + where + " for the columns "
							+ columns);
				}
				for (Object cell : row) {
					if (cell instanceof Float || cell instanceof Double) {
						checkNumber(((Number) cell).doubleValue(), name, where);
					} else if (!(cell instanceof String || cell instanceof Integer || cell instanceof Long || cell instanceof Boolean)) {
						throw new IllegalArgumentException(
								"table '" + name + "' has " + (cell == null ? "null" : "a " + cell.getClass().getName()) + ' ' + where
										+ "; cells are texts, numbers and booleans");
					}
				}
				copies.add(List.copyOf(row));
			}
			rows = List.copyOf(copies);
		}

		@Override
		public String toString() {
			return "table " + name + " of " + rows.size() + " rows in the columns " + columns;
		}
	}

	/** An array of numbers: {@code NAME.npy}, in NumPy's format 1.0, little endian, in C order. */
	final class Array implements Artefact {

		/** The largest number of dimensions that NumPy reads. */
		private static final int MOST_DIMENSIONS = 32;

		private final String name;
		private final int[] shape;
		/** Values in single or in double precision; one of the two arrays is null. */
		private final float[] floats;
		private final double[] doubles;

		/**
		 * Makes an array in single precision.
		 *
		 * @param name   the file's name
		 * @param values row by row, the last index fastest; copied
		 * @param shape  sizes, the outermost first; none for a single number
		 * @throws IllegalArgumentException when the name is invalid, when the number of values does not fit the shape, or
		 *                                  when a value is infinite
		 */
		public Array(String name, float[] values, int... shape) {
			this(name, shape, values.clone(), null);
		}

		/**
		 * Makes an array in double precision.
		 *
		 * @param name   the file's name
		 * @param values as in single precision
		 * @param shape  as in single precision
		 * @throws IllegalArgumentException as in single precision
		 */
		public Array(String name, double[] values, int... shape) {
			this(name, shape, null, values.clone());
		}

		private Array(String name, int[] shape, float[] floats, double[] doubles) {
			checkName(name);
			this.name = name;
			this.shape = shape.clone();
			this.floats = floats;
			this.doubles = doubles;
			double count = 1;
			for (int size : this.shape) {
				if (size < 0) {
					throw new IllegalArgumentException(
							"array '" + name + "' has the shape " + Arrays.toString(shape) + ": a size is below 0");
				}
				count *= size;
			}
			if (this.shape.length > MOST_DIMENSIONS) {
				throw new IllegalArgumentException("array '" + name + "' has " + shape.length + " dimensions; at most " + MOST_DIMENSIONS
						+ " are possible");
			}
			if (count != size()) {
				throw new IllegalArgumentException("array '" + name + "' of shape " + Arrays.toString(shape) + " has "
						+ String.format(Locale.ROOT, "%.0f", count) + " numbers, and " + size() + " are given");
			}
			for (int i = 0; i < size(); i++) {
				checkNumber(value(i), name, "at " + i);
			}
		}

		@Override
		public String name() {
			return name;
		}

		/** @return sizes, the outermost first; a copy */
		public int[] shape() {
			return shape.clone();
		}

		/** @return whether it is in single precision */
		public boolean single() {
			return floats != null;
		}

		/** @return the number of its values */
		public int size() {
			return floats != null ? floats.length : doubles.length;
		}

		/**
		 * @param index index in row-major order, from 0
		 * @return the value at the index
		 */
		public double value(int index) {
			return floats != null ? floats[index] : doubles[index];
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Array array && name.equals(array.name) && Arrays.equals(shape, array.shape)
					&& Arrays.equals(floats, array.floats) && Arrays.equals(doubles, array.doubles);
		}

		@Override
		public int hashCode() {
			return Objects.hash(name, Arrays.hashCode(shape), Arrays.hashCode(floats), Arrays.hashCode(doubles));
		}

		@Override
		public String toString() {
			return "array " + name + " of " + (single() ? "float" : "double") + Arrays.toString(shape);
		}
	}

	/** A picture: {@code NAME.png}, with 8 bits for each colour. */
	final class Picture implements Artefact {

		private final String name;
		private final int width;
		private final int height;
		private final byte[] rgb;

		/**
		 * Makes a picture.
		 *
		 * @param name   the file's name
		 * @param width  pixels
		 * @param height pixels
		 * @param rgb    red, green and blue of each pixel as unsigned bytes, row by row from the upper left corner; copied
		 * @throws IllegalArgumentException when the name is invalid, or when the number of bytes does not fit the size
		 */
		public Picture(String name, int width, int height, byte[] rgb) {
			checkName(name);
			if (width < 1 || height < 1 || 3L * width * height != rgb.length) {
				throw new IllegalArgumentException("picture '" + name + "' of " + width + " × " + height
						+ " pixels needs a width, a height, and 3 bytes a pixel; " + rgb.length + " bytes are given");
			}
			this.name = name;
			this.width = width;
			this.height = height;
			this.rgb = rgb.clone();
		}

		@Override
		public String name() {
			return name;
		}

		/** @return pixels */
		public int width() {
			return width;
		}

		/** @return pixels */
		public int height() {
			return height;
		}

		/**
		 * Copies a row of pixels.
		 *
		 * @param y    the row, from 0 at the top
		 * @param into receives 3 × width bytes
		 * @param from index in {@code into} of the first byte
		 */
		public void row(int y, byte[] into, int from) {
			System.arraycopy(rgb, y * 3 * width, into, from, 3 * width);
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Picture picture && name.equals(picture.name) && width == picture.width && height == picture.height
					&& Arrays.equals(rgb, picture.rgb);
		}

		@Override
		public int hashCode() {
			return Objects.hash(name, width, height, Arrays.hashCode(rgb));
		}

		@Override
		public String toString() {
			return "picture " + name + " of " + width + " × " + height + " pixels";
		}
	}
}
