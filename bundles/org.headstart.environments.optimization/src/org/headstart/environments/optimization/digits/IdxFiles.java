package org.headstart.environments.optimization.digits;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/**
 * Pictures from a pair of files in MNIST's format (LeCun, Cortes and Burges: IDX, big-endian), plain or compressed with
 * gzip. Pictures are scaled to the wanted size, each pixel the mean of the area that it covers.
 *
 * <p>The first five sixths of the pictures are for training, the last sixth is for testing: of MNIST's 60,000 training
 * pictures that is 50,000 and 10,000. Files are read once and kept, until they change. Thread-safe.
 */
public final class IdxFiles {

	private static final int IMAGES_MAGIC = 0x00000803;
	private static final int LABELS_MAGIC = 0x00000801;
	/** The largest edge, which limits the memory that a file can ask for. */
	private static final int MAX_EDGE = 1024;
	private static final int MAX_COUNT = 1_000_000;
	/** The smallest number of pictures with, on average, one of each digit in the test part. */
	private static final int MIN_COUNT = 60;

	private record Key(String images, long imagesTime, String labels, long labelsTime, int side) {}

	/** Both parts of the pictures. */
	private record Parts(DigitImages train, DigitImages test) {}

	private static final Map<Key, Parts> READ = new ConcurrentHashMap<>();

	private IdxFiles() {}

	/**
	 * Pictures to learn from.
	 *
	 * @param images the file of pictures
	 * @param labels the file of their labels
	 * @param side   pixels along each edge of the result
	 * @return the first five sixths
	 * @throws IllegalArgumentException when a file cannot be read or is invalid; the message names the file and the reason
	 */
	public static DigitImages train(Path images, Path labels, int side) {
		return read(images, labels, side).train();
	}

	/**
	 * Other pictures, to judge by.
	 *
	 * @param images the file of pictures
	 * @param labels the file of their labels
	 * @param side   pixels along each edge of the result
	 * @return the last sixth
	 * @throws IllegalArgumentException when a file cannot be read or is invalid; the message names the file and the reason
	 */
	public static DigitImages test(Path images, Path labels, int side) {
		return read(images, labels, side).test();
	}

	private static Parts read(Path images, Path labels, int side) {
		Key key = new Key(images.toAbsolutePath().toString(), time(images), labels.toAbsolutePath().toString(), time(labels),
				side);
		return READ.computeIfAbsent(key, k -> {
			byte[] digits = readLabels(labels);
			float[] pixels = readImages(images, labels, digits.length, side);
			DigitImages all = new DigitImages(side, pixels, digits);
			int train = digits.length / 6 * 5;
			return new Parts(all.range(0, train), all.range(train, digits.length));
		});
	}

	private static long time(Path file) {
		try {
			return Files.getLastModifiedTime(file).toMillis();
		} catch (IOException e) {
			throw unreadable(file, e);
		}
	}

	private static byte[] readLabels(Path file) {
		try (DataInputStream in = open(file)) {
			checkMagic(file, in, LABELS_MAGIC, "labels", IMAGES_MAGIC, "pictures");
			int count = size(file, in, "labels", MAX_COUNT);
			if (count < MIN_COUNT) {
				throw new IllegalArgumentException(file + " has " + count + " labels; at least " + MIN_COUNT + " are needed");
			}
			byte[] labels = new byte[count];
			readFully(file, in, labels, 0, count, "labels");
			for (int i = 0; i < count; i++) {
				if (labels[i] < 0 || labels[i] >= DigitImages.CLASSES) {
					throw new IllegalArgumentException(file + ": label " + (i + 1) + " is " + (labels[i] & 0xFF)
							+ "; digits are from 0 to 9");
				}
			}
			checkEnd(file, in, count + " labels");
			return labels;
		} catch (IOException e) {
			throw unreadable(file, e);
		}
	}

	private static float[] readImages(Path file, Path labelsFile, int labels, int side) {
		try (DataInputStream in = open(file)) {
			checkMagic(file, in, IMAGES_MAGIC, "pictures", LABELS_MAGIC, "labels");
			int count = size(file, in, "pictures", MAX_COUNT);
			if (count != labels) {
				throw new IllegalArgumentException(file + " has " + count + " pictures, but " + labelsFile + " has " + labels
						+ " labels; they must be a pair");
			}
			int height = size(file, in, "rows", MAX_EDGE);
			int width = size(file, in, "columns", MAX_EDGE);
			byte[] picture = new byte[height * width];
			float[] pixels = new float[Math.multiplyExact(count, side * side)];
			for (int i = 0; i < count; i++) {
				readFully(file, in, picture, i, count, "pictures");
				scale(picture, height, width, pixels, i * side * side, side);
			}
			checkEnd(file, in, count + " pictures of " + height + " x " + width);
			return pixels;
		} catch (IOException e) {
			throw unreadable(file, e);
		}
	}

	private static DataInputStream open(Path file) throws IOException {
		InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
		try {
			in.mark(2);
			boolean compressed = in.read() == 0x1F && in.read() == 0x8B;
			in.reset();
			return new DataInputStream(compressed ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in);
		} catch (IOException | RuntimeException e) {
			in.close();
			throw e;
		}
	}

	private static void checkMagic(Path file, DataInputStream in, int magic, String what, int otherMagic, String other)
			throws IOException {
		int found;
		try {
			found = in.readInt();
		} catch (EOFException e) {
			throw new IllegalArgumentException(file + " is no IDX file: it has fewer than 4 bytes", e);
		}
		if (found != magic) {
			throw new IllegalArgumentException(file + (found == otherMagic
					? " holds IDX " + other + ", not " + what + "; are the two files exchanged?"
					: String.format(" is no IDX file of %s: it begins with 0x%08X, not 0x%08X", what, found, magic)));
		}
	}

	private static int size(Path file, DataInputStream in, String what, int highest) throws IOException {
		int size;
		try {
			size = in.readInt();
		} catch (EOFException e) {
			throw new IllegalArgumentException(file + " is cut off: it ends before the number of " + what, e);
		}
		if (size < 1 || size > highest) {
			throw new IllegalArgumentException(file + ": the number of " + what + " is " + Integer.toUnsignedString(size)
					+ ", it must be from 1 to " + highest);
		}
		return size;
	}

	private static void readFully(Path file, DataInputStream in, byte[] to, int before, int count, String what)
			throws IOException {
		try {
			in.readFully(to);
		} catch (EOFException e) {
			throw new IllegalArgumentException(file + " is cut off: " + (before == 0 ? "it ends within" : "it has only " + before
					+ " of") + " its " + count + ' ' + what, e);
		}
	}

	private static void checkEnd(Path file, DataInputStream in, String what) throws IOException {
		if (in.read() >= 0) {
			throw new IllegalArgumentException(file + " goes on after the " + what + " that it announces");
		}
	}

	private static IllegalArgumentException unreadable(Path file, IOException e) {
		return new IllegalArgumentException(e instanceof NoSuchFileException ? "there is no file " + file
				: "cannot read " + file + ": " + e.getMessage(), e);
	}

	private static void scale(byte[] picture, int height, int width, float[] to, int offset, int side) {
		for (int row = 0; row < side; row++) {
			double top = (double) row * height / side;
			double bottom = (double) (row + 1) * height / side;
			for (int column = 0; column < side; column++) {
				double left = (double) column * width / side;
				double right = (double) (column + 1) * width / side;
				double sum = 0;
				for (int y = (int) top; y < height && y < bottom; y++) {
					double high = Math.min(bottom, y + 1) - Math.max(top, y);
					for (int x = (int) left; x < width && x < right; x++) {
						sum += high * (Math.min(right, x + 1) - Math.max(left, x)) * (picture[y * width + x] & 0xFF);
					}
				}
				to[offset + row * side + column] = (float) (sum / (255 * (bottom - top) * (right - left)));
			}
		}
	}
}
