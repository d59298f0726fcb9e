package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.network.Optimizer;
import org.junit.jupiter.api.Test;

class ExplorationTest {

	private static final Optimizer.Adam ADAM = new Optimizer.Adam(0.9, 0.999, 1e-5);
	private static final BoxSpace BOX = BoxSpace.uniform(3, -1, 1);

	private static Exploration in(BoxSpace box, double logStd) {
		return new Exploration(ActionDistribution.of(box), logStd, ADAM);
	}

	@Test
	void itStartsAndTempersTheDistribution() {
		ActionDistribution distribution = ActionDistribution.of(BoxSpace.uniform(1, -1, 1));
		Exploration exploration = new Exploration(distribution, -1, ADAM);
		double[] logProbability = new double[1];
		distribution.evaluate(new float[1], 0, 1, 1, new float[1], 0, logProbability);
		assertEquals(1 - 0.5 * Math.log(2 * Math.PI), logProbability[0], 1e-6, "log π of the mean is −log σ − ½ log 2π");
		exploration.temper(4);
		assertEquals((float) (-1 + Math.log(2)), exploration.meanLogStd(), "a temperature multiplies the variance");
		distribution.evaluate(new float[1], 0, 1, 1, new float[1], 0, logProbability);
		assertEquals(1 - Math.log(2) - 0.5 * Math.log(2 * Math.PI), logProbability[0], 1e-6);
	}

	@Test
	void itFollowsItsGradientWithAdamsStepSize() {
		Exploration exploration = in(BoxSpace.uniform(1, -1, 1), 0);
		exploration.gradients[0] = 1;
		assertEquals(1, exploration.gradientSquaredNorm());
		exploration.update(1, 0.01);
		// the gradient is 1; ε stands beside √v = √0.001 without its bias correction, as in the network's Adam
		double length = 0.01 * Math.sqrt(0.001) / (Math.sqrt(0.001) + 1e-5);
		assertEquals(-length, exploration.meanLogStd(), 1e-7, "Adam's first step is nearly the learning rate long");
	}

	@Test
	void stateIsComplete() throws IOException {
		Exploration first = in(BOX, 0);
		train(first, 3);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		first.writeState(new DataOutputStream(bytes));
		Exploration second = in(BOX, 1);
		second.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
		train(first, 2);
		train(second, 2);
		assertEquals(first.meanLogStd(), second.meanLogStd());
		assertTrue(first.meanLogStd() != 0);
	}

	private static void train(Exploration exploration, int updates) {
		for (int i = 0; i < updates; i++) {
			for (int k = 0; k < 3; k++) {
				exploration.gradients[k] = 0.3 * i - k;
			}
			exploration.update(1, 0.01);
		}
	}

	@Test
	void choicesHaveNone() throws IOException {
		Exploration none = new Exploration(ActionDistribution.of(new DiscreteSpace(2)), -1, ADAM);
		assertFalse(none.present());
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		none.writeState(new DataOutputStream(bytes));
		assertEquals(0, bytes.size());
		none.writeKnowledge(new DataOutputStream(bytes));
		assertArrayEquals(new byte[1], bytes.toByteArray());
		assertThrows(IOException.class, () -> in(BOX, 0).readKnowledge(new DataInputStream(new ByteArrayInputStream(new byte[1])), true));
	}
}
