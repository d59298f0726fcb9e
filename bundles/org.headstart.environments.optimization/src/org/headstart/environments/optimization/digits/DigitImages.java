package org.headstart.environments.optimization.digits;

import java.util.Arrays;

/**
 * Grey pictures of digits with their labels. Immutable and thread-safe.
 *
 * <p>A picture is side × side floats from 0 (background) to 1 (ink), row by row from the top.
 */
public final class DigitImages {

	/** The number of digits. */
	public static final int CLASSES = 10;

	private final int side;
	private final float[] pixels;
	private final byte[] labels;

	/** Keeps the arrays without a copy; callers must not change them. */
	DigitImages(int side, float[] pixels, byte[] labels) {
		if (labels.length == 0 || pixels.length != labels.length * side * side) {
			throw new IllegalArgumentException(labels.length + " pictures of " + side + " x " + side + " pixels do not have "
					+ pixels.length + " floats");
		}
		this.side = side;
		this.pixels = pixels;
		this.labels = labels;
	}

	/** @return how many pictures */
	public int count() {
		return labels.length;
	}

	/** @return pixels along each edge */
	public int side() {
		return side;
	}

	/** @return floats of a picture */
	public int pixels() {
		return side * side;
	}

	/**
	 * @param image index of a picture, from 0
	 * @return its digit, 0 to 9
	 */
	public int label(int image) {
		return labels[image];
	}

	/**
	 * Copies a picture. Allocates nothing.
	 *
	 * @param image  index of a picture, from 0
	 * @param to     receives {@link #pixels()} floats
	 * @param offset where they begin
	 */
	public void copy(int image, float[] to, int offset) {
		System.arraycopy(pixels, image * pixels(), to, offset, pixels());
	}

	/**
	 * A range of the pictures.
	 *
	 * @param from index of the first
	 * @param to   index after the last
	 * @return copies of them
	 */
	DigitImages range(int from, int to) {
		return new DigitImages(side, Arrays.copyOfRange(pixels, from * pixels(), to * pixels()),
				Arrays.copyOfRange(labels, from, to));
	}
}
