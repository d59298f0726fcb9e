package org.headstart.api.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** KL(target ‖ π) is zero at the target, positive elsewhere, and its gradient is that of differences. */
class DivergenceTest {

	private static final int ROWS = 3;

	@ParameterizedTest
	@ValueSource(ints = {0, 1, 2})
	void gradientsAreThoseOfDifferences(int kind) {
		ActionSpace space = switch (kind) {
			case 0 -> new DiscreteSpace(4);
			case 1 -> new MultiDiscreteSpace(3, 2);
			default -> BoxSpace.uniform(2, -1, 1);
		};
		ActionDistribution distribution = ActionDistribution.of(space);
		int size = ROWS * (distribution.headSize() + distribution.logStdSize());
		var random = new RandomStreams(3).stream("parameters");
		float[] targets = new float[size];
		float[] parameters = new float[size];
		for (int i = 0; i < size; i++) {
			targets[i] = (float) random.uniform(-1, 1);
			parameters[i] = (float) random.uniform(-1, 1);
		}
		float[] gradients = new float[size];
		assertEquals(0, distribution.divergence(targets, targets, ROWS, gradients), 1e-7);
		for (float gradient : gradients) {
			assertEquals(0, gradient, 1e-6);
		}
		assertTrue(distribution.divergence(targets, parameters, ROWS, gradients) > 0.01);
		float[] unread = new float[size];
		for (int i = 0; i < size; i++) {
			float at = parameters[i];
			parameters[i] = at + 0.01f;
			double above = distribution.divergence(targets, parameters, ROWS, unread);
			parameters[i] = at - 0.01f;
			double below = distribution.divergence(targets, parameters, ROWS, unread);
			parameters[i] = at;
			assertEquals((above - below) / 0.02, gradients[i], 1e-3 * (1 + Math.abs(gradients[i])), "parameter " + i);
		}
	}
}
