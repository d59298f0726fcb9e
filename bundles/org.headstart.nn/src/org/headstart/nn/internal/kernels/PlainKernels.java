package org.headstart.nn.internal.kernels;

import java.util.Arrays;

/**
 * The tier for a JVM without the Vector API: loops that C2 turns into SIMD code by itself. It does so only for whole arrays
 * that are indexed from 0 (it cannot rule out that flat arrays at several offsets overlap), so weights are kept as rows.
 */
public final class PlainKernels implements Kernels {

	@Override
	public String tier() {
		return "plain Java";
	}

	@Override
	public DenseKernel dense(float[] weights, int matrixOffset, int biasOffset, int in, int out) {
		return new PlainDense(weights, matrixOffset, biasOffset, in, out);
	}

	@Override
	public void activate(Nonlinearity function, float[] values, int offset, int stride, int rows, int width) {
		switch (function) {
			case IDENTITY -> {
				// nothing to do
			}
			case RELU -> {
				for (int r = 0; r < rows; r++) {
					relu(values, offset + r * stride, width);
				}
			}
			case TANH -> {
				for (int r = 0; r < rows; r++) {
					tanh(values, offset + r * stride, width);
				}
			}
			case SIGMOID -> {
				for (int r = 0; r < rows; r++) {
					sigmoid(values, offset + r * stride, width);
				}
			}
		}
	}

	private static void relu(float[] values, int from, int width) {
		for (int i = from; i < from + width; i++) {
			values[i] = Math.max(0f, values[i]);
		}
	}

	private static void tanh(float[] values, int from, int width) {
		for (int i = from; i < from + width; i++) {
			values[i] = RationalTanh.tanh(values[i]);
		}
	}

	private static void sigmoid(float[] values, int from, int width) {
		for (int i = from; i < from + width; i++) {
			values[i] = Math.fma(RationalTanh.tanh(0.5f * values[i]), 0.5f, 0.5f);
		}
	}

	@Override
	public void multiplyByDerivative(Nonlinearity function, float[] outputs, int outputOffset, int outputStride,
			float[] gradients, int gradientOffset, int gradientStride, int rows, int width) {
		if (function == Nonlinearity.IDENTITY) {
			return;
		}
		for (int r = 0; r < rows; r++) {
			int o = outputOffset + r * outputStride;
			int g = gradientOffset + r * gradientStride;
			switch (function) {
				case RELU -> {
					for (int j = 0; j < width; j++) {
						gradients[g + j] = outputs[o + j] > 0 ? gradients[g + j] : 0;
					}
				}
				case TANH -> {
					for (int j = 0; j < width; j++) {
						float y = outputs[o + j];
						gradients[g + j] *= Math.fma(-y, y, 1f);
					}
				}
				case SIGMOID -> {
					for (int j = 0; j < width; j++) {
						float y = outputs[o + j];
						gradients[g + j] *= Math.fma(-y, y, y);
					}
				}
				default -> throw new AssertionError(function);
			}
		}
	}

	@Override
	public double squaredNorm(float[] values, int from, int to, float[] lanes) {
		Arrays.fill(lanes, 0);
		int i = from;
		for (; i + NORM_LANES <= to; i += NORM_LANES) {
			for (int j = 0; j < NORM_LANES; j++) {
				float x = values[i + j];
				lanes[j] = Math.fma(x, x, lanes[j]);
			}
		}
		return finishSquaredNorm(values, i, to, lanes);
	}

	/** The rest of an array, and the partial sums in order: shared, so that the tiers agree. */
	static double finishSquaredNorm(float[] values, int from, int to, float[] lanes) {
		for (int i = from; i < to; i++) {
			lanes[i - from] = Math.fma(values[i], values[i], lanes[i - from]);
		}
		double sum = 0;
		for (int j = 0; j < NORM_LANES; j++) {
			sum += lanes[j];
		}
		return sum;
	}

	@Override
	public void adam(float[] weights, float[] gradients, float[] first, float[] second, int from, int to, float scale,
			float alpha, float beta1, float beta2, float epsilon) {
		float rest1 = 1f - beta1;
		float rest2 = 1f - beta2;
		for (int i = from; i < to; i++) {
			float g = gradients[i] * scale;
			float m = Math.fma(first[i], beta1, g * rest1);
			float v = Math.fma(second[i], beta2, g * g * rest2);
			first[i] = m;
			second[i] = v;
			weights[i] = weights[i] - m * alpha / ((float) Math.sqrt(v) + epsilon);
		}
	}

	@Override
	public void gradientDescent(float[] weights, float[] gradients, int from, int to, float scale, float rate) {
		for (int i = from; i < to; i++) {
			weights[i] = weights[i] - gradients[i] * scale * rate;
		}
	}

	@Override
	public void rememberForward(LstmMemory memory, int row, int rows, float[] outputs, int offset, int stride) {
		int width = memory.width;
		int next = memory.sequences * width;
		for (int r = 0; r < rows; r++) {
			int g = (row + r) * memory.gateStride;
			int m = (row + r) * width;
			tanh(memory.gates, g, width);
			sigmoid(memory.gates, g + width, 3 * width);
			for (int j = 0; j < width; j++) {
				int at = g + j;
				memory.cells[m + next + j] = Math.fma(memory.gates[at + width], memory.cells[m + j],
						memory.gates[at + 3 * width] * memory.gates[at]);
			}
			System.arraycopy(memory.cells, m + next, memory.squashed, m, width);
			tanh(memory.squashed, m, width);
			for (int j = 0; j < width; j++) {
				memory.hidden[m + next + j] = memory.gates[g + 2 * width + j] * memory.squashed[m + j];
			}
			System.arraycopy(memory.hidden, m + next, outputs, offset + r * stride, width);
		}
	}

	@Override
	public void rememberBackward(LstmMemory memory, int row, int rows, float[] gradients, int offset, int stride,
			float[] later, float[] laterCells, int laterOffset, float[] gateGradients, int gateOffset) {
		int width = memory.width;
		float[] gates = memory.gates;
		for (int r = 0; r < rows; r++) {
			int g = (row + r) * memory.gateStride;
			int m = (row + r) * width;
			int dy = offset + r * stride;
			int l = laterOffset + r * width;
			int to = gateOffset + r * memory.gateStride;
			for (int j = 0; j < width; j++) {
				float a = gates[g + j];
				float f = gates[g + width + j];
				float o = gates[g + 2 * width + j];
				float i = gates[g + 3 * width + j];
				float t = memory.squashed[m + j];
				float dh = gradients[dy + j] + later[l + j];
				float dc = Math.fma(dh * o, Math.fma(-t, t, 1f), laterCells[l + j]);
				gateGradients[to + j] = dc * i * Math.fma(-a, a, 1f);
				gateGradients[to + width + j] = dc * memory.cells[m + j] * Math.fma(-f, f, f);
				gateGradients[to + 2 * width + j] = dh * t * Math.fma(-o, o, o);
				gateGradients[to + 3 * width + j] = dc * a * Math.fma(-i, i, i);
				laterCells[l + j] = dc * f;
			}
		}
	}

	/** Adds four scaled rows: one load and one store of the sum for four multiply-adds. */
	private static void addRows(float[] sum, int width, float a0, float[] b0, float a1, float[] b1, float a2, float[] b2,
			float a3, float[] b3) {
		for (int j = 0; j < width; j++) {
			sum[j] = Math.fma(a3, b3[j], Math.fma(a2, b2[j], Math.fma(a1, b1[j], Math.fma(a0, b0[j], sum[j]))));
		}
	}

	private static void addRow(float[] sum, int width, float a, float[] b) {
		for (int j = 0; j < width; j++) {
			sum[j] = Math.fma(a, b[j], sum[j]);
		}
	}

	/** sum += Σ a[aOffset + p·aStep] · b[p] for p from 0 to count − 1, in that order. */
	private static void addProduct(float[] sum, int width, float[] a, int aOffset, int aStep, float[][] b, int count) {
		int p = 0;
		int i = aOffset;
		for (; p + 4 <= count; p += 4) {
			addRows(sum, width, a[i], b[p], a[i + aStep], b[p + 1], a[i + 2 * aStep], b[p + 2], a[i + 3 * aStep],
					b[p + 3]);
			i += 4 * aStep;
		}
		for (; p < count; p++) {
			addRow(sum, width, a[i], b[p]);
			i += aStep;
		}
	}

	private static final class PlainDense implements DenseKernel {

		private final float[] weights;
		private final int matrixOffset;
		private final int biasOffset;
		private final int in;
		private final int out;
		private final int width;
		private final float[][] matrixRows;
		private final float[][] transposedRows;
		private final float[] outSum;
		private final float[] inSum;
		private float[][] gradientRows = new float[0][];
		private boolean matrixStale = true;
		private boolean transposedStale = true;

		PlainDense(float[] weights, int matrixOffset, int biasOffset, int in, int out) {
			this.weights = weights;
			this.matrixOffset = matrixOffset;
			this.biasOffset = biasOffset;
			this.in = in;
			this.out = out;
			width = Kernels.padded(out);
			matrixRows = new float[in][width];
			transposedRows = new float[out][Kernels.padded(in)];
			outSum = new float[width];
			inSum = new float[Kernels.padded(in)];
		}

		@Override
		public void weightsChanged() {
			matrixStale = true;
			transposedStale = true;
		}

		@Override
		public void forward(float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows) {
			readMatrix();
			for (int r = 0; r < rows; r++) {
				if (biasOffset >= 0) {
					System.arraycopy(weights, biasOffset, outSum, 0, width);
				} else {
					Arrays.fill(outSum, 0);
				}
				PlainKernels.addProduct(outSum, width, x, xOffset + r * xStride, 1, matrixRows, in);
				System.arraycopy(outSum, 0, y, yOffset + r * yStride, width);
			}
		}

		@Override
		public void addProduct(float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows) {
			readMatrix();
			for (int r = 0; r < rows; r++) {
				System.arraycopy(y, yOffset + r * yStride, outSum, 0, width);
				PlainKernels.addProduct(outSum, width, x, xOffset + r * xStride, 1, matrixRows, in);
				System.arraycopy(outSum, 0, y, yOffset + r * yStride, width);
			}
		}

		private void readMatrix() {
			if (matrixStale) {
				for (int i = 0; i < in; i++) {
					System.arraycopy(weights, matrixOffset + i * width, matrixRows[i], 0, width);
				}
				matrixStale = false;
			}
		}

		@Override
		public void inputGradient(float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset, int dxStride,
				int rows, boolean accumulate) {
			if (transposedStale) {
				for (int o = 0; o < out; o++) {
					float[] row = transposedRows[o];
					for (int i = 0; i < in; i++) {
						row[i] = weights[matrixOffset + i * width + o];
					}
				}
				transposedStale = false;
			}
			for (int r = 0; r < rows; r++) {
				int to = dxOffset + r * dxStride;
				if (accumulate) {
					System.arraycopy(dx, to, inSum, 0, inSum.length);
				} else {
					Arrays.fill(inSum, 0);
				}
				PlainKernels.addProduct(inSum, inSum.length, dy, dyOffset + r * dyStride, 1, transposedRows, out);
				System.arraycopy(inSum, 0, dx, to, inSum.length);
			}
		}

		@Override
		public void parameterGradient(float[] x, int xOffset, int xStride, float[] dy, int dyOffset, int dyStride,
				float[] gradients, int rows, boolean accumulate) {
			if (gradientRows.length < rows) {
				gradientRows = new float[rows][width];
			}
			for (int r = 0; r < rows; r++) {
				System.arraycopy(dy, dyOffset + r * dyStride, gradientRows[r], 0, width);
			}
			for (int i = 0; i < in; i++) {
				startSum(gradients, matrixOffset + i * width, accumulate);
				PlainKernels.addProduct(outSum, width, x, xOffset + i, xStride, gradientRows, rows);
				System.arraycopy(outSum, 0, gradients, matrixOffset + i * width, width);
			}
			if (biasOffset < 0) {
				return;
			}
			startSum(gradients, biasOffset, accumulate);
			for (int r = 0; r < rows; r++) {
				float[] row = gradientRows[r];
				for (int j = 0; j < width; j++) {
					outSum[j] += row[j];
				}
			}
			System.arraycopy(outSum, 0, gradients, biasOffset, width);
		}

		private void startSum(float[] gradients, int offset, boolean accumulate) {
			if (accumulate) {
				System.arraycopy(gradients, offset, outSum, 0, width);
			} else {
				Arrays.fill(outSum, 0);
			}
		}
	}
}
