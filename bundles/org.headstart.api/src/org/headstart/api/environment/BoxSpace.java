package org.headstart.api.environment;

import java.util.Arrays;

/**
 * A box of real vectors, each component with bounds (possibly infinite).
 *
 * @param low  lowest value of each component
 * @param high highest value of each component
 */
public record BoxSpace(float[] low, float[] high) implements ActionSpace {

	/** What rounding may add at a bound, as a share of the larger bound's size. */
	private static final float ROUNDING = 1e-5f;

	/** Checks and copies. */
	public BoxSpace {
		if (low.length != high.length || low.length == 0) {
			throw new IllegalArgumentException("low and high must have the same, positive length");
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
		return other instanceof BoxSpace box && Arrays.equals(low, box.low) && Arrays.equals(high, box.high);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
	}

	@Override
	public String toString() {
		return "box of " + low.length + " in " + Arrays.toString(low) + " to " + Arrays.toString(high);
	}
}
