package org.headstart.nn.internal.compiled;

import org.headstart.nn.internal.training.ParameterTensor;

/**
 * A tensor in the compiled backend's flat arrays: rows of parts, each part's columns side by side. A dense vertex has one part, a
 * layer with long short-term memory one for each gate.
 */
record CompiledTensor(String vertex, String parameter, int[] shape, int offset, int rows, int stride, int parts, int partStride,
		int columns) implements ParameterTensor {

	/** A matrix with one part. */
	static CompiledTensor matrix(String vertex, String parameter, int offset, int rows, int stride, int columns) {
		return matrix(vertex, parameter, offset, rows, stride, 1, 0, columns);
	}

	/** A matrix of several parts side by side. */
	static CompiledTensor matrix(String vertex, String parameter, int offset, int rows, int stride, int parts, int partStride,
			int columns) {
		return new CompiledTensor(vertex, parameter, new int[] {rows, parts * columns}, offset, rows, stride, parts, partStride,
				columns);
	}

	/** Biases, of as many parts as the matrix that they belong to. */
	static CompiledTensor biases(String vertex, int offset, int parts, int partStride, int columns) {
		return new CompiledTensor(vertex, "b", new int[] {parts * columns}, offset, 1, 0, parts, partStride, columns);
	}

	@Override
	public float[] read(float[] flat) {
		float[] values = new float[length()];
		for (int r = 0; r < rows; r++) {
			for (int p = 0; p < parts; p++) {
				System.arraycopy(flat, at(r, p), values, (r * parts + p) * columns, columns);
			}
		}
		return values;
	}

	@Override
	public void write(float[] flat, float[] values) {
		for (int r = 0; r < rows; r++) {
			for (int p = 0; p < parts; p++) {
				System.arraycopy(values, (r * parts + p) * columns, flat, at(r, p), columns);
			}
		}
	}

	private int at(int row, int part) {
		return offset + row * stride + part * partStride;
	}
}
