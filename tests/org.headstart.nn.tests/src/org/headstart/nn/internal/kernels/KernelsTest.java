package org.headstart.nn.internal.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels by themselves: the choice of the tier, accuracy, and equality of the tiers at the edges of their tiles. */
class KernelsTest {

	@Test
	void theVectorApiIsUsedWhereTheModuleIs() {
		if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
			assertInstanceOf(VectorKernels.class, KernelTier.fastest());
		} else {
			assertInstanceOf(PlainKernels.class, KernelTier.fastest());
		}
	}

	@Test
	void tanhIsAccurate() {
		for (float x = -12; x <= 12; x += 0.00137f) {
			assertEquals(Math.tanh(x), RationalTanh.tanh(x), 4e-7, "tanh of " + x);
		}
		assertEquals(1, RationalTanh.tanh(Float.POSITIVE_INFINITY), 4e-7);
		assertEquals(-1, RationalTanh.tanh(Float.NEGATIVE_INFINITY), 4e-7);
		assertEquals(Float.NaN, RationalTanh.tanh(Float.NaN));
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64})
	void tiersAgreeAtTheEdgesOfTheirTiles(int rows) {
		Kernels fast = KernelTier.fastest();
		Kernels plain = new PlainKernels();
		RandomStream random = new RandomStream(rows);
		for (int in : new int[] {1, 5, 16, 64}) {
			for (int out : new int[] {1, 16, 17, 40, 64, 100}) {
				int width = Kernels.padded(out);
				float[] weights = new float[in * width + width];
				for (int i = 0; i < in; i++) {
					for (int o = 0; o < out; o++) {
						weights[i * width + o] = (float) random.nextGaussian();
					}
				}
				float[] x = draw(random, rows * in);
				float[] dy = new float[rows * width];
				for (int r = 0; r < rows; r++) {
					System.arraycopy(draw(random, out), 0, dy, r * width, out);
				}
				float[][] results = new float[2][];
				for (Kernels kernels : new Kernels[] {fast, plain}) {
					Kernels.DenseKernel dense = kernels.dense(weights, 0, in * width, in, out);
					float[] y = new float[rows * width];
					dense.forward(x, 0, in, y, 0, width, rows);
					kernels.activate(Nonlinearity.SIGMOID, y, 0, width, rows, width);
					float[] dx = new float[rows * Kernels.padded(in)];
					dense.inputGradient(dy, 0, width, dx, 0, Kernels.padded(in), rows, false);
					dense.inputGradient(dy, 0, width, dx, 0, Kernels.padded(in), rows, true);
					float[] gradients = new float[weights.length];
					dense.parameterGradient(x, 0, in, dy, 0, width, gradients, rows, false);
					dense.parameterGradient(x, 0, in, dy, 0, width, gradients, rows, true);
					float[] all = new float[y.length + dx.length + gradients.length + 1];
					System.arraycopy(y, 0, all, 0, y.length);
					System.arraycopy(dx, 0, all, y.length, dx.length);
					System.arraycopy(gradients, 0, all, y.length + dx.length, gradients.length);
					all[all.length - 1] = (float) kernels.squaredNorm(gradients, 0, gradients.length, new float[Kernels.NORM_LANES]);
					results[kernels == fast ? 0 : 1] = all;
				}
				assertArrayEquals(results[1], results[0], rows + " rows, " + in + " to " + out);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(ints = {0, 1, 15, 16, 17, 100})
	void tiersAgreeInTheOptimizers(int length) {
		Kernels[] tiers = {KernelTier.fastest(), new PlainKernels()};
		float[][] weights = new float[2][];
		for (int t = 0; t < 2; t++) {
			RandomStream random = new RandomStream(length);
			weights[t] = draw(random, length + 3);
			float[] gradients = draw(random, length + 3);
			float[] first = new float[length + 3];
			float[] second = new float[length + 3];
			for (int step = 0; step < 3; step++) {
				tiers[t].adam(weights[t], gradients, first, second, 2, 2 + length, 0.7f, 1e-3f, 0.9f, 0.999f, 1e-8f);
				tiers[t].gradientDescent(weights[t], gradients, 2, 2 + length, 0.7f, 1e-3f);
			}
		}
		assertArrayEquals(weights[1], weights[0]);
		assertEquals(draw(new RandomStream(length), 1)[0], weights[0][0], "what is before the range is not touched");
	}

	private static float[] draw(RandomStream random, int length) {
		float[] values = new float[length];
		for (int i = 0; i < length; i++) {
			values[i] = (float) random.nextGaussian();
		}
		return values;
	}
}
