package org.headstart.nn.internal.compiled;

import org.headstart.nn.internal.kernels.Kernels;

/**
 * The values of one vertex, row by row, and room for ∂loss/∂values of one chunk of rows. Heads are views of the output
 * block; their gradients are there for all rows, and so are those of inputs and stages.
 */
final class Rows {

	/** Floats in a row, without padding. */
	final int size;
	/** Floats in a row that kernels may write. */
	final int width;

	float[] values;
	int offset;
	int stride;

	float[] gradients;
	private int gradientOffset;
	private int gradientStride;
	private boolean gradientsOfAllRows;

	Rows(int size) {
		this.size = size;
		width = Kernels.padded(size);
		stride = width;
		gradientStride = width;
	}

	/** Makes this a view of rows that somebody else has. */
	void view(float[] block, int at, int blockStride) {
		values = block;
		offset = at;
		stride = blockStride;
	}

	/** Makes the gradients a view of an array that has all rows. */
	void viewGradients(float[] block, int at, int blockStride) {
		gradients = block;
		gradientOffset = at;
		gradientStride = blockStride;
		gradientsOfAllRows = true;
	}

	/** Makes room for the gradients of so many rows, unless there is room for all. */
	void reserveGradients(int rows) {
		if (!gradientsOfAllRows) {
			gradients = new float[Kernels.floats(rows, gradientStride)];
		}
	}

	/** @return where a row's values begin */
	int at(int row) {
		return offset + row * stride;
	}

	/** @return where a row's gradients begin, for a chunk that begins at this row */
	int gradientsAt(int row) {
		return gradientsOfAllRows ? gradientOffset + row * gradientStride : 0;
	}

	int gradientStride() {
		return gradientStride;
	}
}
