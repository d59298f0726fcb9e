package org.headstart.nn.kernels;

/**
 * What a layer with long short-term memory keeps of each row between its forward and its backward pass. Rows are time-major: the
 * row after this one in the same sequence is {@link #sequences} rows on.
 */
final class LstmMemory {

	/** Floats between two rows of gates beside the gates: with 2ⁿ floats a row, all rows would meet in few cache sets. */
	private static final int GAP = Kernels.PADDING;

	/** Units with padding. */
	final int width;
	/** Floats from row to row of the gates. */
	final int gateStride;
	/** Rows a step. */
	int sequences;
	/** [rows][a, f, o, i], each {@link #width} wide: sums, then activations. */
	float[] gates = {};
	/** [rows][width]: the cell before the step; the cell after it is {@link #sequences} rows on. */
	float[] cells = {};
	/** [rows][width]: the output before the step; the output after it is {@link #sequences} rows on. */
	float[] hidden = {};
	/** [rows][width]: tanh of the cell after the step. */
	float[] squashed = {};

	LstmMemory(int units) {
		width = Kernels.padded(units);
		gateStride = 4 * width + GAP;
	}

	/** Makes room; what was there is lost when there was too little. */
	void reserve(int rows, int sequencesNow) {
		sequences = sequencesNow;
		int floats = Rows.floats(rows, gateStride);
		if (gates.length < floats) {
			gates = new float[floats];
			squashed = new float[rows * width];
		}
		floats = Rows.floats((long) rows + sequencesNow, width);
		if (cells.length < floats) {
			cells = new float[floats];
			hidden = new float[floats];
		}
	}
}
