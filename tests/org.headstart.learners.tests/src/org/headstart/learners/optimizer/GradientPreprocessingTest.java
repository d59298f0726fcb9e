package org.headstart.learners.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class GradientPreprocessingTest {

	private static float[] seen(double p, float... gradients) {
		float[] inputs = new float[2 * gradients.length];
		new GradientPreprocessing(p).apply(gradients, 0, inputs, 0, gradients.length);
		return inputs;
	}

	@Test
	void largeGradientsAreSeenByLogarithmAndSign() {
		assertArrayEquals(new float[] {0, 1, 0, -1, 0.1f, 1, -0.5f, -1},
				seen(10, 1, -1, (float) Math.E, (float) -Math.exp(-5)), 1e-6f);
	}

	@Test
	void smallGradientsAreSeenOnALinearScale() {
		float least = (float) Math.exp(-4);
		assertArrayEquals(new float[] {-1, 0, -1, 0.5f, -1, -0.25f}, seen(4, 0, least / 2, -least / 4), 1e-6f);
	}

	@Test
	void bothScalesMeetAtTheLimit() {
		double least = Math.exp(-4);
		assertArrayEquals(seen(4, (float) (least * 0.9999)), seen(4, (float) (least * 1.0001)), 1e-3f);
	}
}
