package org.headstart.nn.internal.kernels;

/**
 * What a layer with long short-term memory keeps of each row between its forward and its backward pass. Rows are time-major: the
 * row after this one in the same sequence is {@link #sequences} rows on.
 */
public final class LstmMemory {

	/** Floats between two rows of gates beside the gates: with 2ⁿ floats a row, all rows would meet in few cache sets. */
	private static final int GAP = Kernels.PADDING;

	/** Units with padding. */
	public final int width;
	/** Floats from row to row of the gates. */
	public final int gateStride;
	/** Rows a step. */
	public int sequences;
	/** [rows][a, f, o, i], each {@link #width} wide: sums, then activations. */
	public float[] gates = {};
	/** [rows][width]: the cell before the step; the cell after it is {@link #sequences} rows on. */
	public float[] cells = {};
	/** [rows][width]: the output before the step; the output after it is {@link #sequences} rows on. */
	public float[] hidden = {};
	/** [rows][width]: tanh of the cell after the step. */
	public float[] squashed = {};

	/**
	 * Room for no rows yet.
	 *
	 * @param units the layer's units, without padding
	 */
	public LstmMemory(int units) {
		width = Kernels.padded(units);
		gateStride = 4 * width + GAP;
	}

	/**
	 * Makes room; what was there is lost when there was too little.
	 *
	 * @param rows         how many rows
	 * @param sequencesNow rows a step
	 */
	public void reserve(int rows, int sequencesNow) {
		sequences = sequencesNow;
		int floats = Kernels.floats(rows, gateStride);
		if (gates.length < floats) {
			gates = new float[floats];
			squashed = new float[rows * width];
		}
		floats = Kernels.floats((long) rows + sequencesNow, width);
		if (cells.length < floats) {
			cells = new float[floats];
			hidden = new float[floats];
		}
	}
}
