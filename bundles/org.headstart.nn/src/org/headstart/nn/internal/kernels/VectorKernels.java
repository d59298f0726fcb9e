package org.headstart.nn.internal.kernels;

import java.util.Arrays;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The fast tier, on the Vector API (JEP 338 and its successors). The only class that knows {@code jdk.incubator.vector};
 * it is loaded only where the JVM has that module.
 *
 * <p>Matrix products are tiled so that a tile's sums stay in registers: 4 rows × 4 vectors where there are 32 registers
 * (AVX-512), 4 × 2 elsewhere. No vector is kept in a field, which would allocate it.
 */
public final class VectorKernels implements Kernels {

	private static final VectorSpecies<Float> PREFERRED = FloatVector.SPECIES_PREFERRED;
	/** At most {@link Kernels#PADDING} lanes, so that a row is a whole number of vectors. */
	private static final VectorSpecies<Float> SPECIES = PREFERRED.length() <= PADDING ? PREFERRED
			: FloatVector.SPECIES_512;
	private static final int LANES = SPECIES.length();
	private static final boolean WIDE_TILES = LANES == 16;

	@Override
	public String tier() {
		return "Vector API, " + LANES + " lanes";
	}

	/** @return whether this processor's vectors are long enough to be worth it */
	static boolean worthwhile() {
		return LANES >= 4;
	}

	@Override
	public DenseKernel dense(float[] weights, int matrixOffset, int biasOffset, int in, int out) {
		return new VectorDense(weights, matrixOffset, biasOffset, in, out);
	}

	@Override
	public void activate(Nonlinearity function, float[] values, int offset, int stride, int rows, int width) {
		if (function == Nonlinearity.IDENTITY) {
			return;
		}
		for (int r = 0; r < rows; r++) {
			int from = offset + r * stride;
			if (function == Nonlinearity.TANH) {
				tanh(values, from, width);
			} else if (function == Nonlinearity.RELU) {
				relu(values, from, width);
			} else {
				sigmoid(values, from, width);
			}
		}
	}

	private static void relu(float[] values, int from, int width) {
		for (int i = from; i < from + width; i += LANES) {
			FloatVector.fromArray(SPECIES, values, i).max(0f).intoArray(values, i);
		}
	}

	/**
	 * {@link RationalTanh#tanh} in every lane. The polynomials stand in the loop: in a method of their own, which takes and gives
	 * vectors, these would be objects on the heap whenever the JVM compiled that method before its callers.
	 */
	private static void tanh(float[] values, int from, int width) {
		for (int i = from; i < from + width; i += LANES) {
			FloatVector x = FloatVector.fromArray(SPECIES, values, i).min(RationalTanh.LIMIT).max(-RationalTanh.LIMIT);
			FloatVector s = x.mul(x);
			FloatVector p = s.fma(FloatVector.broadcast(SPECIES, RationalTanh.P13),
					FloatVector.broadcast(SPECIES, RationalTanh.P11));
			p = s.fma(p, FloatVector.broadcast(SPECIES, RationalTanh.P9));
			p = s.fma(p, FloatVector.broadcast(SPECIES, RationalTanh.P7));
			p = s.fma(p, FloatVector.broadcast(SPECIES, RationalTanh.P5));
			p = s.fma(p, FloatVector.broadcast(SPECIES, RationalTanh.P3));
			p = s.fma(p, FloatVector.broadcast(SPECIES, RationalTanh.P1));
			FloatVector q = s.fma(FloatVector.broadcast(SPECIES, RationalTanh.Q6),
					FloatVector.broadcast(SPECIES, RationalTanh.Q4));
			q = s.fma(q, FloatVector.broadcast(SPECIES, RationalTanh.Q2));
			q = s.fma(q, FloatVector.broadcast(SPECIES, RationalTanh.Q0));
			x.mul(p).div(q).intoArray(values, i);
		}
	}

	private static void sigmoid(float[] values, int from, int width) {
		FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
		for (int i = from; i < from + width; i += LANES) {
			FloatVector.fromArray(SPECIES, values, i).mul(half).intoArray(values, i);
		}
		tanh(values, from, width);
		for (int i = from; i < from + width; i += LANES) {
			FloatVector.fromArray(SPECIES, values, i).fma(half, half).intoArray(values, i);
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
			if (function == Nonlinearity.TANH) {
				multiplyByTanhDerivative(outputs, o, gradients, g, width);
			} else if (function == Nonlinearity.RELU) {
				multiplyByReluDerivative(outputs, o, gradients, g, width);
			} else {
				multiplyBySigmoidDerivative(outputs, o, gradients, g, width);
			}
		}
	}

	private static void multiplyByTanhDerivative(float[] outputs, int o, float[] gradients, int g, int width) {
		FloatVector one = FloatVector.broadcast(SPECIES, 1f);
		for (int j = 0; j < width; j += LANES) {
			FloatVector y = FloatVector.fromArray(SPECIES, outputs, o + j);
			FloatVector.fromArray(SPECIES, gradients, g + j).mul(y.neg().fma(y, one)).intoArray(gradients, g + j);
		}
	}

	private static void multiplyBySigmoidDerivative(float[] outputs, int o, float[] gradients, int g, int width) {
		for (int j = 0; j < width; j += LANES) {
			FloatVector y = FloatVector.fromArray(SPECIES, outputs, o + j);
			FloatVector.fromArray(SPECIES, gradients, g + j).mul(y.neg().fma(y, y)).intoArray(gradients, g + j);
		}
	}

	private static void multiplyByReluDerivative(float[] outputs, int o, float[] gradients, int g, int width) {
		FloatVector zero = FloatVector.zero(SPECIES);
		for (int j = 0; j < width; j += LANES) {
			VectorMask<Float> positive = FloatVector.fromArray(SPECIES, outputs, o + j).compare(VectorOperators.GT, zero);
			zero.blend(FloatVector.fromArray(SPECIES, gradients, g + j), positive).intoArray(gradients, g + j);
		}
	}

	@Override
	public double squaredNorm(float[] values, int from, int to, float[] lanes) {
		Arrays.fill(lanes, 0);
		int i = from;
		for (; i + NORM_LANES <= to; i += NORM_LANES) {
			for (int j = 0; j < NORM_LANES; j += LANES) {
				FloatVector x = FloatVector.fromArray(SPECIES, values, i + j);
				x.fma(x, FloatVector.fromArray(SPECIES, lanes, j)).intoArray(lanes, j);
			}
		}
		return PlainKernels.finishSquaredNorm(values, i, to, lanes);
	}

	@Override
	public void adam(float[] weights, float[] gradients, float[] first, float[] second, int from, int to, float scale,
			float alpha, float beta1, float beta2, float epsilon) {
		float rest1 = 1f - beta1;
		float rest2 = 1f - beta2;
		int end = from + (to - from) / LANES * LANES;
		for (int i = from; i < end; i += LANES) {
			FloatVector g = FloatVector.fromArray(SPECIES, gradients, i).mul(scale);
			FloatVector m = FloatVector.fromArray(SPECIES, first, i).fma(FloatVector.broadcast(SPECIES, beta1),
					g.mul(rest1));
			FloatVector v = FloatVector.fromArray(SPECIES, second, i).fma(FloatVector.broadcast(SPECIES, beta2),
					g.mul(g).mul(rest2));
			m.intoArray(first, i);
			v.intoArray(second, i);
			FloatVector.fromArray(SPECIES, weights, i)
					.sub(m.mul(alpha).div(v.lanewise(VectorOperators.SQRT).add(epsilon))).intoArray(weights, i);
		}
		for (int i = end; i < to; i++) {
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
		int end = from + (to - from) / LANES * LANES;
		for (int i = from; i < end; i += LANES) {
			FloatVector.fromArray(SPECIES, weights, i)
					.sub(FloatVector.fromArray(SPECIES, gradients, i).mul(scale).mul(rate)).intoArray(weights, i);
		}
		for (int i = end; i < to; i++) {
			weights[i] = weights[i] - gradients[i] * scale * rate;
		}
	}

	@Override
	public void rememberForward(LstmMemory memory, int row, int rows, float[] outputs, int offset, int stride) {
		int width = memory.width;
		int next = memory.sequences * width;
		float[] gates = memory.gates;
		float[] cells = memory.cells;
		float[] hidden = memory.hidden;
		float[] squashed = memory.squashed;
		for (int r = 0; r < rows; r++) {
			int g = (row + r) * memory.gateStride;
			int m = (row + r) * width;
			// in several loops: C2 does not inline as much as one would need, and allocates vectors then
			tanh(gates, g, width);
			sigmoid(gates, g + width, 3 * width);
			for (int j = 0; j < width; j += LANES) {
				FloatVector f = FloatVector.fromArray(SPECIES, gates, g + width + j);
				FloatVector i = FloatVector.fromArray(SPECIES, gates, g + 3 * width + j);
				FloatVector c = f.fma(FloatVector.fromArray(SPECIES, cells, m + j),
						i.mul(FloatVector.fromArray(SPECIES, gates, g + j)));
				c.intoArray(cells, m + next + j);
				c.intoArray(squashed, m + j);
			}
			tanh(squashed, m, width);
			int y = offset + r * stride;
			for (int j = 0; j < width; j += LANES) {
				FloatVector h = FloatVector.fromArray(SPECIES, gates, g + 2 * width + j)
						.mul(FloatVector.fromArray(SPECIES, squashed, m + j));
				h.intoArray(hidden, m + next + j);
				h.intoArray(outputs, y + j);
			}
		}
	}

	@Override
	public void rememberBackward(LstmMemory memory, int row, int rows, float[] gradients, int offset, int stride,
			float[] later, float[] laterCells, int laterOffset, float[] gateGradients, int gateOffset) {
		int width = memory.width;
		float[] gates = memory.gates;
		float[] cells = memory.cells;
		float[] squashed = memory.squashed;
		FloatVector one = FloatVector.broadcast(SPECIES, 1f);
		for (int r = 0; r < rows; r++) {
			int g = (row + r) * memory.gateStride;
			int m = (row + r) * width;
			int dy = offset + r * stride;
			int l = laterOffset + r * width;
			int to = gateOffset + r * memory.gateStride;
			for (int j = 0; j < width; j += LANES) {
				int at = g + j;
				FloatVector a = FloatVector.fromArray(SPECIES, gates, at);
				FloatVector f = FloatVector.fromArray(SPECIES, gates, at + width);
				FloatVector o = FloatVector.fromArray(SPECIES, gates, at + 2 * width);
				FloatVector i = FloatVector.fromArray(SPECIES, gates, at + 3 * width);
				FloatVector t = FloatVector.fromArray(SPECIES, squashed, m + j);
				FloatVector dh = FloatVector.fromArray(SPECIES, gradients, dy + j)
						.add(FloatVector.fromArray(SPECIES, later, l + j));
				FloatVector dc = dh.mul(o).fma(t.neg().fma(t, one), FloatVector.fromArray(SPECIES, laterCells, l + j));
				dc.mul(i).mul(a.neg().fma(a, one)).intoArray(gateGradients, to + j);
				dc.mul(FloatVector.fromArray(SPECIES, cells, m + j)).mul(f.neg().fma(f, f))
						.intoArray(gateGradients, to + width + j);
				dh.mul(t).mul(o.neg().fma(o, o)).intoArray(gateGradients, to + 2 * width + j);
				dc.mul(a).mul(i.neg().fma(i, i)).intoArray(gateGradients, to + 3 * width + j);
				dc.mul(f).intoArray(laterCells, l + j);
			}
		}
	}

	/**
	 * c[r][j] = s[r][j] + Σ over p of a[r][p] · b[p][j], p ascending.
	 *
	 * @param rows    rows of c
	 * @param width   floats in a row of c; a multiple of the lanes
	 * @param depth   how many p
	 * @param a       the left factor; a[r][p] is at aOffset + r·aRow + p·aStep
	 * @param b       the right factor; row p begins at bOffset + p·bRow
	 * @param s       what the sums start from; row r begins at sOffset + r·sRow; may be c itself
	 * @param c       the result; row r begins at cOffset + r·cRow
	 */
	private static void multiply(int rows, int width, int depth, float[] a, int aOffset, int aRow, int aStep, float[] b,
			int bOffset, int bRow, float[] s, int sOffset, int sRow, float[] c, int cOffset, int cRow) {
		int j = 0;
		if (WIDE_TILES) {
			for (; j + 4 * LANES <= width; j += 4 * LANES) {
				int r = 0;
				for (; r + 4 <= rows; r += 4) {
					tile4x4(depth, a, aOffset + r * aRow, aRow, aStep, b, bOffset + j, bRow, s, sOffset + r * sRow + j,
							sRow, c, cOffset + r * cRow + j, cRow);
				}
				for (; r < rows; r++) {
					tile1x4(depth, a, aOffset + r * aRow, aStep, b, bOffset + j, bRow, s, sOffset + r * sRow + j, c,
							cOffset + r * cRow + j);
				}
			}
		}
		for (; j + 2 * LANES <= width; j += 2 * LANES) {
			int r = 0;
			for (; r + 4 <= rows; r += 4) {
				tile4x2(depth, a, aOffset + r * aRow, aRow, aStep, b, bOffset + j, bRow, s, sOffset + r * sRow + j, sRow,
						c, cOffset + r * cRow + j, cRow);
			}
			for (; r < rows; r++) {
				tile1x2(depth, a, aOffset + r * aRow, aStep, b, bOffset + j, bRow, s, sOffset + r * sRow + j, c,
						cOffset + r * cRow + j);
			}
		}
		for (; j < width; j += LANES) {
			int r = 0;
			for (; r + 8 <= rows; r += 8) {
				tile8x1(depth, a, aOffset + r * aRow, aRow, aStep, b, bOffset + j, bRow, s, sOffset + r * sRow + j, sRow,
						c, cOffset + r * cRow + j, cRow);
			}
			for (; r < rows; r++) {
				tile1x1(depth, a, aOffset + r * aRow, aStep, b, bOffset + j, bRow, s, sOffset + r * sRow + j, c,
						cOffset + r * cRow + j);
			}
		}
	}

	private static void tile4x4(int depth, float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bRow,
			float[] s, int sOffset, int sRow, float[] c, int cOffset, int cRow) {
		FloatVector c00 = FloatVector.fromArray(SPECIES, s, sOffset);
		FloatVector c01 = FloatVector.fromArray(SPECIES, s, sOffset + LANES);
		FloatVector c02 = FloatVector.fromArray(SPECIES, s, sOffset + 2 * LANES);
		FloatVector c03 = FloatVector.fromArray(SPECIES, s, sOffset + 3 * LANES);
		int s1 = sOffset + sRow;
		FloatVector c10 = FloatVector.fromArray(SPECIES, s, s1);
		FloatVector c11 = FloatVector.fromArray(SPECIES, s, s1 + LANES);
		FloatVector c12 = FloatVector.fromArray(SPECIES, s, s1 + 2 * LANES);
		FloatVector c13 = FloatVector.fromArray(SPECIES, s, s1 + 3 * LANES);
		int s2 = s1 + sRow;
		FloatVector c20 = FloatVector.fromArray(SPECIES, s, s2);
		FloatVector c21 = FloatVector.fromArray(SPECIES, s, s2 + LANES);
		FloatVector c22 = FloatVector.fromArray(SPECIES, s, s2 + 2 * LANES);
		FloatVector c23 = FloatVector.fromArray(SPECIES, s, s2 + 3 * LANES);
		int s3 = s2 + sRow;
		FloatVector c30 = FloatVector.fromArray(SPECIES, s, s3);
		FloatVector c31 = FloatVector.fromArray(SPECIES, s, s3 + LANES);
		FloatVector c32 = FloatVector.fromArray(SPECIES, s, s3 + 2 * LANES);
		FloatVector c33 = FloatVector.fromArray(SPECIES, s, s3 + 3 * LANES);
		int a0 = aOffset;
		int bi = bOffset;
		for (int p = 0; p < depth; p++) {
			FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
			FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
			FloatVector b2 = FloatVector.fromArray(SPECIES, b, bi + 2 * LANES);
			FloatVector b3 = FloatVector.fromArray(SPECIES, b, bi + 3 * LANES);
			FloatVector x = FloatVector.broadcast(SPECIES, a[a0]);
			c00 = x.fma(b0, c00);
			c01 = x.fma(b1, c01);
			c02 = x.fma(b2, c02);
			c03 = x.fma(b3, c03);
			x = FloatVector.broadcast(SPECIES, a[a0 + aRow]);
			c10 = x.fma(b0, c10);
			c11 = x.fma(b1, c11);
			c12 = x.fma(b2, c12);
			c13 = x.fma(b3, c13);
			x = FloatVector.broadcast(SPECIES, a[a0 + 2 * aRow]);
			c20 = x.fma(b0, c20);
			c21 = x.fma(b1, c21);
			c22 = x.fma(b2, c22);
			c23 = x.fma(b3, c23);
			x = FloatVector.broadcast(SPECIES, a[a0 + 3 * aRow]);
			c30 = x.fma(b0, c30);
			c31 = x.fma(b1, c31);
			c32 = x.fma(b2, c32);
			c33 = x.fma(b3, c33);
			a0 += aStep;
			bi += bRow;
		}
		c00.intoArray(c, cOffset);
		c01.intoArray(c, cOffset + LANES);
		c02.intoArray(c, cOffset + 2 * LANES);
		c03.intoArray(c, cOffset + 3 * LANES);
		int c1 = cOffset + cRow;
		c10.intoArray(c, c1);
		c11.intoArray(c, c1 + LANES);
		c12.intoArray(c, c1 + 2 * LANES);
		c13.intoArray(c, c1 + 3 * LANES);
		int c2 = c1 + cRow;
		c20.intoArray(c, c2);
		c21.intoArray(c, c2 + LANES);
		c22.intoArray(c, c2 + 2 * LANES);
		c23.intoArray(c, c2 + 3 * LANES);
		int c3 = c2 + cRow;
		c30.intoArray(c, c3);
		c31.intoArray(c, c3 + LANES);
		c32.intoArray(c, c3 + 2 * LANES);
		c33.intoArray(c, c3 + 3 * LANES);
	}

	private static void tile4x2(int depth, float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bRow,
			float[] s, int sOffset, int sRow, float[] c, int cOffset, int cRow) {
		FloatVector c00 = FloatVector.fromArray(SPECIES, s, sOffset);
		FloatVector c01 = FloatVector.fromArray(SPECIES, s, sOffset + LANES);
		FloatVector c10 = FloatVector.fromArray(SPECIES, s, sOffset + sRow);
		FloatVector c11 = FloatVector.fromArray(SPECIES, s, sOffset + sRow + LANES);
		FloatVector c20 = FloatVector.fromArray(SPECIES, s, sOffset + 2 * sRow);
		FloatVector c21 = FloatVector.fromArray(SPECIES, s, sOffset + 2 * sRow + LANES);
		FloatVector c30 = FloatVector.fromArray(SPECIES, s, sOffset + 3 * sRow);
		FloatVector c31 = FloatVector.fromArray(SPECIES, s, sOffset + 3 * sRow + LANES);
		int a0 = aOffset;
		int bi = bOffset;
		for (int p = 0; p < depth; p++) {
			FloatVector b0 = FloatVector.fromArray(SPECIES, b, bi);
			FloatVector b1 = FloatVector.fromArray(SPECIES, b, bi + LANES);
			FloatVector x = FloatVector.broadcast(SPECIES, a[a0]);
			c00 = x.fma(b0, c00);
			c01 = x.fma(b1, c01);
			x = FloatVector.broadcast(SPECIES, a[a0 + aRow]);
			c10 = x.fma(b0, c10);
			c11 = x.fma(b1, c11);
			x = FloatVector.broadcast(SPECIES, a[a0 + 2 * aRow]);
			c20 = x.fma(b0, c20);
			c21 = x.fma(b1, c21);
			x = FloatVector.broadcast(SPECIES, a[a0 + 3 * aRow]);
			c30 = x.fma(b0, c30);
			c31 = x.fma(b1, c31);
			a0 += aStep;
			bi += bRow;
		}
		c00.intoArray(c, cOffset);
		c01.intoArray(c, cOffset + LANES);
		c10.intoArray(c, cOffset + cRow);
		c11.intoArray(c, cOffset + cRow + LANES);
		c20.intoArray(c, cOffset + 2 * cRow);
		c21.intoArray(c, cOffset + 2 * cRow + LANES);
		c30.intoArray(c, cOffset + 3 * cRow);
		c31.intoArray(c, cOffset + 3 * cRow + LANES);
	}

	/** Narrow results, such as heads: eight rows hide the latency of the multiply-add. */
	private static void tile8x1(int depth, float[] a, int aOffset, int aRow, int aStep, float[] b, int bOffset, int bRow,
			float[] s, int sOffset, int sRow, float[] c, int cOffset, int cRow) {
		FloatVector c0 = FloatVector.fromArray(SPECIES, s, sOffset);
		FloatVector c1 = FloatVector.fromArray(SPECIES, s, sOffset + sRow);
		FloatVector c2 = FloatVector.fromArray(SPECIES, s, sOffset + 2 * sRow);
		FloatVector c3 = FloatVector.fromArray(SPECIES, s, sOffset + 3 * sRow);
		FloatVector c4 = FloatVector.fromArray(SPECIES, s, sOffset + 4 * sRow);
		FloatVector c5 = FloatVector.fromArray(SPECIES, s, sOffset + 5 * sRow);
		FloatVector c6 = FloatVector.fromArray(SPECIES, s, sOffset + 6 * sRow);
		FloatVector c7 = FloatVector.fromArray(SPECIES, s, sOffset + 7 * sRow);
		int a0 = aOffset;
		int bi = bOffset;
		for (int p = 0; p < depth; p++) {
			FloatVector y = FloatVector.fromArray(SPECIES, b, bi);
			c0 = FloatVector.broadcast(SPECIES, a[a0]).fma(y, c0);
			c1 = FloatVector.broadcast(SPECIES, a[a0 + aRow]).fma(y, c1);
			c2 = FloatVector.broadcast(SPECIES, a[a0 + 2 * aRow]).fma(y, c2);
			c3 = FloatVector.broadcast(SPECIES, a[a0 + 3 * aRow]).fma(y, c3);
			c4 = FloatVector.broadcast(SPECIES, a[a0 + 4 * aRow]).fma(y, c4);
			c5 = FloatVector.broadcast(SPECIES, a[a0 + 5 * aRow]).fma(y, c5);
			c6 = FloatVector.broadcast(SPECIES, a[a0 + 6 * aRow]).fma(y, c6);
			c7 = FloatVector.broadcast(SPECIES, a[a0 + 7 * aRow]).fma(y, c7);
			a0 += aStep;
			bi += bRow;
		}
		c0.intoArray(c, cOffset);
		c1.intoArray(c, cOffset + cRow);
		c2.intoArray(c, cOffset + 2 * cRow);
		c3.intoArray(c, cOffset + 3 * cRow);
		c4.intoArray(c, cOffset + 4 * cRow);
		c5.intoArray(c, cOffset + 5 * cRow);
		c6.intoArray(c, cOffset + 6 * cRow);
		c7.intoArray(c, cOffset + 7 * cRow);
	}

	private static void tile1x4(int depth, float[] a, int aOffset, int aStep, float[] b, int bOffset, int bRow, float[] s,
			int sOffset, float[] c, int cOffset) {
		FloatVector c0 = FloatVector.fromArray(SPECIES, s, sOffset);
		FloatVector c1 = FloatVector.fromArray(SPECIES, s, sOffset + LANES);
		FloatVector c2 = FloatVector.fromArray(SPECIES, s, sOffset + 2 * LANES);
		FloatVector c3 = FloatVector.fromArray(SPECIES, s, sOffset + 3 * LANES);
		int ai = aOffset;
		int bi = bOffset;
		for (int p = 0; p < depth; p++) {
			FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
			c0 = x.fma(FloatVector.fromArray(SPECIES, b, bi), c0);
			c1 = x.fma(FloatVector.fromArray(SPECIES, b, bi + LANES), c1);
			c2 = x.fma(FloatVector.fromArray(SPECIES, b, bi + 2 * LANES), c2);
			c3 = x.fma(FloatVector.fromArray(SPECIES, b, bi + 3 * LANES), c3);
			ai += aStep;
			bi += bRow;
		}
		c0.intoArray(c, cOffset);
		c1.intoArray(c, cOffset + LANES);
		c2.intoArray(c, cOffset + 2 * LANES);
		c3.intoArray(c, cOffset + 3 * LANES);
	}

	private static void tile1x2(int depth, float[] a, int aOffset, int aStep, float[] b, int bOffset, int bRow, float[] s,
			int sOffset, float[] c, int cOffset) {
		FloatVector c0 = FloatVector.fromArray(SPECIES, s, sOffset);
		FloatVector c1 = FloatVector.fromArray(SPECIES, s, sOffset + LANES);
		int ai = aOffset;
		int bi = bOffset;
		for (int p = 0; p < depth; p++) {
			FloatVector x = FloatVector.broadcast(SPECIES, a[ai]);
			c0 = x.fma(FloatVector.fromArray(SPECIES, b, bi), c0);
			c1 = x.fma(FloatVector.fromArray(SPECIES, b, bi + LANES), c1);
			ai += aStep;
			bi += bRow;
		}
		c0.intoArray(c, cOffset);
		c1.intoArray(c, cOffset + LANES);
	}

	private static void tile1x1(int depth, float[] a, int aOffset, int aStep, float[] b, int bOffset, int bRow, float[] s,
			int sOffset, float[] c, int cOffset) {
		FloatVector c0 = FloatVector.fromArray(SPECIES, s, sOffset);
		int ai = aOffset;
		int bi = bOffset;
		for (int p = 0; p < depth; p++) {
			c0 = FloatVector.broadcast(SPECIES, a[ai]).fma(FloatVector.fromArray(SPECIES, b, bi), c0);
			ai += aStep;
			bi += bRow;
		}
		c0.intoArray(c, cOffset);
	}

	private static void columnSums(int rows, int width, float[] b, int bOffset, int bRow, float[] s, int sOffset,
			float[] c, int cOffset) {
		for (int j = 0; j < width; j += LANES) {
			FloatVector sum = FloatVector.fromArray(SPECIES, s, sOffset + j);
			int bi = bOffset + j;
			for (int r = 0; r < rows; r++) {
				sum = sum.add(FloatVector.fromArray(SPECIES, b, bi));
				bi += bRow;
			}
			sum.intoArray(c, cOffset + j);
		}
	}

	/** A dense block with a transposed copy of its matrix for the backward pass. */
	private static final class VectorDense implements DenseKernel {

		private final float[] weights;
		private final int matrixOffset;
		private final int biasOffset;
		private final int in;
		private final int out;
		private final int inWidth;
		private final int outWidth;
		/** [out][inWidth]; made when the first input gradient is asked for. */
		private float[] transposed;
		private boolean transposedStale = true;
		private final float[] zeros;

		VectorDense(float[] weights, int matrixOffset, int biasOffset, int in, int out) {
			this.weights = weights;
			this.matrixOffset = matrixOffset;
			this.biasOffset = biasOffset;
			this.in = in;
			this.out = out;
			inWidth = Kernels.padded(in);
			outWidth = Kernels.padded(out);
			zeros = new float[Math.max(inWidth, outWidth)];
		}

		@Override
		public void weightsChanged() {
			transposedStale = true;
		}

		@Override
		public void forward(float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows) {
			boolean biases = biasOffset >= 0;
			multiply(rows, outWidth, in, x, xOffset, xStride, 1, weights, matrixOffset, outWidth, biases ? weights : zeros,
					biases ? biasOffset : 0, 0, y, yOffset, yStride);
		}

		@Override
		public void addProduct(float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride, int rows) {
			multiply(rows, outWidth, in, x, xOffset, xStride, 1, weights, matrixOffset, outWidth, y, yOffset, yStride, y,
					yOffset, yStride);
		}

		@Override
		public void inputGradient(float[] dy, int dyOffset, int dyStride, float[] dx, int dxOffset, int dxStride,
				int rows, boolean accumulate) {
			if (transposedStale) {
				transpose();
				transposedStale = false;
			}
			if (accumulate) {
				multiply(rows, inWidth, out, dy, dyOffset, dyStride, 1, transposed, 0, inWidth, dx, dxOffset, dxStride,
						dx, dxOffset, dxStride);
			} else {
				multiply(rows, inWidth, out, dy, dyOffset, dyStride, 1, transposed, 0, inWidth, zeros, 0, 0, dx,
						dxOffset, dxStride);
			}
		}

		@Override
		public void parameterGradient(float[] x, int xOffset, int xStride, float[] dy, int dyOffset, int dyStride,
				float[] gradients, int rows, boolean accumulate) {
			if (accumulate) {
				multiply(in, outWidth, rows, x, xOffset, 1, xStride, dy, dyOffset, dyStride, gradients, matrixOffset,
						outWidth, gradients, matrixOffset, outWidth);
				if (biasOffset >= 0) {
					columnSums(rows, outWidth, dy, dyOffset, dyStride, gradients, biasOffset, gradients, biasOffset);
				}
			} else {
				multiply(in, outWidth, rows, x, xOffset, 1, xStride, dy, dyOffset, dyStride, zeros, 0, 0, gradients,
						matrixOffset, outWidth);
				if (biasOffset >= 0) {
					columnSums(rows, outWidth, dy, dyOffset, dyStride, zeros, 0, gradients, biasOffset);
				}
			}
		}

		private void transpose() {
			if (transposed == null) {
				transposed = new float[out * inWidth];
			}
			// four rows at a time: a written cache line is then still there for the next column
			int i = 0;
			for (; i + 4 <= in; i += 4) {
				transposeRows(weights, matrixOffset + i * outWidth, outWidth, out, transposed, i, inWidth);
			}
			for (; i < in; i++) {
				for (int o = 0; o < out; o++) {
					transposed[o * inWidth + i] = weights[matrixOffset + i * outWidth + o];
				}
			}
		}

		private static void transposeRows(float[] from, int offset, int row, int count, float[] to, int column,
				int toRow) {
			int t = column;
			for (int o = 0; o < count; o++) {
				to[t] = from[offset + o];
				to[t + 1] = from[offset + row + o];
				to[t + 2] = from[offset + 2 * row + o];
				to[t + 3] = from[offset + 3 * row + o];
				t += toRow;
			}
		}
	}
}
