package org.headstart.api.environment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A box of real vectors; each component has bounds, which may be infinite. The components may be those of an array in
 * row-major order, for example an image's channels, height and width. A box without components describes the numbers of an
 * observation that has only images.
 *
 * @param low   lowest value of each component
 * @param high  highest value of each component
 * @param shape the sizes of the array's axes; for a plain vector its size alone
 */
public record BoxSpace(float[] low, float[] high, List<Integer> shape) implements ActionSpace {

	/** The largest number of components whose bounds are printed one by one. */
	private static final int MOST_PRINTED = 8;
	/** The tolerance for rounding at a bound, as a share of the larger bound's size. */
	private static final float ROUNDING = 1e-5f;

	/** Checks and copies. */
	public BoxSpace {
		if (low.length != high.length) {
			throw new IllegalArgumentException("low and high must have the same length, not " + low.length + " and " + high.length);
		}
		shape = List.copyOf(shape);
		long size = 1;
		for (int each : shape) {
			size *= Math.max(0, each);
		}
		if (size != low.length) {
			throw new IllegalArgumentException("an array of " + described(shape) + " has " + size + " components, not " + low.length);
		}
		low = low.clone();
		high = high.clone();
		for (int i = 0; i < low.length; i++) {
			if (!(low[i] <= high[i])) {
				throw new IllegalArgumentException("component " + i + ": low " + low[i] + " is above high " + high[i]);
			}
		}
	}

	/**
	 * A box of vectors.
	 *
	 * @param low  lowest value of each component
	 * @param high highest value of each component
	 */
	public BoxSpace(float[] low, float[] high) {
		this(low, high, List.of(low.length));
	}

	/**
	 * Images with the same bounds for every pixel.
	 *
	 * @param channels how many
	 * @param height   pixels
	 * @param width    pixels
	 * @param low      lowest value
	 * @param high     highest value
	 * @return the box
	 */
	public static BoxSpace image(int channels, int height, int width, float low, float high) {
		BoxSpace flat = uniform(Math.multiplyExact(Math.multiplyExact(channels, height), width), low, high);
		return new BoxSpace(flat.low, flat.high, List.of(channels, height, width));
	}

	/**
	 * A box with the same bounds for every component.
	 *
	 * @param size how many components
	 * @param low  lowest value
	 * @param high highest value
	 * @return the box
	 */
	public static BoxSpace uniform(int size, float low, float high) {
		float[] lows = new float[size];
		float[] highs = new float[size];
		Arrays.fill(lows, low);
		Arrays.fill(highs, high);
		return new BoxSpace(lows, highs);
	}

	/** @return the kind in words: {@code a vector of 4 floats}, {@code an image of 3 × 84 × 84 (channels, height, width)} */
	public String kind() {
		return switch (shape.size()) {
			case 1 -> "a vector of " + shape.get(0) + (shape.get(0) == 1 ? " float" : " floats");
			case 3 -> "an image of " + described(shape) + " (channels, height, width)";
			default -> "an array of " + described(shape);
		};
	}

	private static String described(List<Integer> shape) {
		return shape.stream().map(String::valueOf).collect(Collectors.joining(" × "));
	}

	/**
	 * Concatenates boxes.
	 *
	 * @param boxes the boxes
	 * @return the box of all components, as a vector; a single box is returned unchanged
	 */
	static BoxSpace sideBySide(List<BoxSpace> boxes) {
		int size = boxes.stream().mapToInt(BoxSpace::size).sum();
		float[] lows = new float[size];
		float[] highs = new float[size];
		int at = 0;
		for (BoxSpace box : boxes) {
			System.arraycopy(box.low, 0, lows, at, box.size());
			System.arraycopy(box.high, 0, highs, at, box.size());
			at += box.size();
		}
		return boxes.size() == 1 ? boxes.get(0) : new BoxSpace(lows, highs);
	}

	/** @return how many components */
	public int size() {
		return low.length;
	}

	/**
	 * Whether one row of an array lies in this box.
	 *
	 * @param values the array
	 * @param offset where the row begins
	 * @return false also when a component is NaN
	 */
	public boolean contains(float[] values, int offset) {
		for (int i = 0; i < low.length; i++) {
			float value = values[offset + i];
			if (!(value >= low[i] && value <= high[i])) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The first component of a row that is not finite or lies outside of this box by more than rounding explains: by more than
	 * 0.00001 of the larger bound's size (of 1 at least where the other bound is infinite).
	 *
	 * @param values the array
	 * @param offset where the row begins
	 * @return the component, or −1 when there is none
	 */
	public int outside(float[] values, int offset) {
		for (int i = 0; i < low.length; i++) {
			float value = values[offset + i];
			if (!(value >= lowest(i) && value <= highest(i))) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * @param component a component
	 * @return the lowest value that {@link #outside} lets pass; finite
	 */
	public float lowest(int component) {
		return Math.max(-Float.MAX_VALUE, low[component] - rounding(component));
	}

	/**
	 * @param component a component
	 * @return the highest value that {@link #outside} lets pass; finite
	 */
	public float highest(int component) {
		return Math.min(Float.MAX_VALUE, high[component] + rounding(component));
	}

	private float rounding(int component) {
		float least = Math.abs(low[component]);
		float greatest = Math.abs(high[component]);
		if (Float.isInfinite(least) || Float.isInfinite(greatest)) {
			float finite = Math.min(least, greatest);
			return Float.isInfinite(finite) ? 0 : ROUNDING * Math.max(1, finite);
		}
		return ROUNDING * Math.max(least, greatest);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof BoxSpace box && Arrays.equals(low, box.low) && Arrays.equals(high, box.high) && shape.equals(box.shape);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
	}

	/** {@inheritDoc} It has no choices. */
	@Override
	public int[] counts() {
		return new int[0];
	}

	/** The bounds of all components if they are equal or few; otherwise the lowest and the highest bound. */
	@Override
	public String toString() {
		String box = "box of " + described(shape);
		if (low.length == 0) {
			return box;
		}
		float least = low[0];
		float most = high[0];
		boolean same = true;
		for (int i = 1; i < low.length; i++) {
			same &= low[i] == low[0] && high[i] == high[0];
			least = Math.min(least, low[i]);
			most = Math.max(most, high[i]);
		}
		if (same) {
			return box + (low.length == 1 ? " in " : ", each in ") + least + " to " + most;
		}
		return low.length <= MOST_PRINTED ? box + " in " + Arrays.toString(low) + " to " + Arrays.toString(high)
				: box + " with different bounds within " + least + " to " + most;
	}
}
