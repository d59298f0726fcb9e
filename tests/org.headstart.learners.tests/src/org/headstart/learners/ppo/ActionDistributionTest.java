package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

class ActionDistributionTest {

	private static final int ROWS = 5;
	private static final int STRIDE = 8;
	private static final int OFFSET = 2;
	private static final Optimizer.Adam ADAM = new Optimizer.Adam(0.9, 0.999, 1e-5);
	private static final BoxSpace BOX = new BoxSpace(new float[] { -2, 0, Float.NEGATIVE_INFINITY },
			new float[] { 2, 1, Float.POSITIVE_INFINITY });

	private final RandomStream random = new RandomStream(3);

	private float[] outputs() {
		float[] outputs = new float[ROWS * STRIDE];
		for (int i = 0; i < outputs.length; i++) {
			outputs[i] = (float) random.nextGaussian();
		}
		return outputs;
	}

	@Test
	void categoricalGradientsAreThoseOfFiniteDifferences() {
		checkGradients(new CategoricalDistribution(4), 4, new DiscreteSpace(4));
	}

	@Test
	void gaussianGradientsAreThoseOfFiniteDifferences() {
		checkGradients(new GaussianDistribution(BOX, -0.5, ADAM), 3, BOX);
	}

	/** loss = Σ w log π + e · mean entropy. */
	private void checkGradients(ActionDistribution distribution, int headSize, org.headstart.api.environment.ActionSpace space) {
		float[] outputs = outputs();
		float[] stored = new float[ROWS * distribution.actionSize()];
		float[] sampledLogProbabilities = new float[ROWS];
		distribution.sample(outputs, OFFSET, STRIDE, ROWS, random, new ActionBatch(space, ROWS), stored, sampledLogProbabilities, 0);
		double[] weights = new double[ROWS];
		Arrays.setAll(weights, i -> random.nextGaussian());
		double entropyWeight = 0.7;
		double[] logProbabilities = new double[ROWS];
		distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, logProbabilities);
		for (int row = 0; row < ROWS; row++) {
			assertEquals(sampledLogProbabilities[row], logProbabilities[row], 1e-5, "log π when drawn and when looked at again");
		}
		float[] gradients = new float[outputs.length];
		distribution.gradients(outputs, OFFSET, STRIDE, ROWS, stored, weights, entropyWeight / ROWS, gradients);
		float step = 1e-2f;
		for (int row = 0; row < ROWS; row++) {
			for (int i = 0; i < headSize; i++) {
				int at = row * STRIDE + OFFSET + i;
				float before = outputs[at];
				outputs[at] = before + step;
				double above = loss(distribution, outputs, stored, weights, entropyWeight);
				outputs[at] = before - step;
				double below = loss(distribution, outputs, stored, weights, entropyWeight);
				outputs[at] = before;
				assertEquals((above - below) / (2 * step), gradients[at], 1e-3, "row " + row + ", component " + i);
				gradients[at] = 0;
			}
		}
		for (float rest : gradients) {
			assertEquals(0, rest, "the padding is untouched");
		}
	}

	private static double loss(ActionDistribution distribution, float[] outputs, float[] stored, double[] weights,
			double entropyWeight) {
		double[] logProbabilities = new double[ROWS];
		double loss = entropyWeight * distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, logProbabilities);
		for (int row = 0; row < ROWS; row++) {
			loss += weights[row] * logProbabilities[row];
		}
		return loss;
	}

	@Test
	void logStdGradientIsThatOfFiniteDifferences() throws IOException {
		GaussianDistribution distribution = new GaussianDistribution(BoxSpace.uniform(1, -1, 1), 0.25, ADAM);
		float[] outputs = outputs();
		float[] stored = outputs();
		double[] weights = new double[ROWS];
		Arrays.setAll(weights, i -> random.nextGaussian());
		distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, new double[ROWS]);
		distribution.gradients(outputs, OFFSET, STRIDE, ROWS, stored, weights, 0.7 / ROWS, new float[outputs.length]);
		// exact in single precision
		double step = 0x1p-10;
		double above = loss(withLogStd(0.25 + step), outputs, stored, weights, 0.7);
		double below = loss(withLogStd(0.25 - step), outputs, stored, weights, 0.7);
		assertEquals(Math.pow((above - below) / (2 * step), 2), distribution.gradientSquaredNorm(), 1e-4);
	}

	private static GaussianDistribution withLogStd(double logStd) {
		return new GaussianDistribution(BoxSpace.uniform(1, -1, 1), logStd, ADAM);
	}

	@Test
	void categoricalDrawsWithItsProbabilities() {
		CategoricalDistribution distribution = new CategoricalDistribution(3);
		float[] logits = { 0, (float) Math.log(2), (float) Math.log(5) };
		ActionBatch actions = new ActionBatch(new DiscreteSpace(3), 1);
		int[] counts = new int[3];
		int draws = 80_000;
		for (int i = 0; i < draws; i++) {
			distribution.sample(logits, 0, 3, 1, random, actions);
			counts[actions.index[0]]++;
		}
		double[] probabilities = { 1 / 8.0, 2 / 8.0, 5 / 8.0 };
		for (int i = 0; i < 3; i++) {
			// five standard deviations of a binomial
			double bound = 5 * Math.sqrt(draws * probabilities[i] * (1 - probabilities[i]));
			assertEquals(draws * probabilities[i], counts[i], bound, "action " + i);
		}
		distribution.mode(logits, 0, 3, 1, actions);
		assertEquals(2, actions.index[0]);
	}

	@Test
	void extremeLogitsStayFinite() {
		CategoricalDistribution distribution = new CategoricalDistribution(2);
		double[] logProbability = new double[1];
		double entropy = distribution.evaluate(new float[] { 3e4f, -3e4f }, 0, 2, 1, new float[] { 1 }, logProbability);
		assertEquals(-6e4, logProbability[0], 1);
		assertEquals(0, entropy, 1e-12);
	}

	@Test
	void entropiesAreTheClosedForms() {
		assertEquals(Math.log(4), new CategoricalDistribution(4).evaluate(new float[4], 0, 4, 1, new float[1], new double[1]), 1e-12);
		double std = Math.exp(-0.5);
		assertEquals(3 * 0.5 * Math.log(2 * Math.PI * Math.E * std * std), new GaussianDistribution(BOX, -0.5, ADAM)
				.evaluate(new float[3], 0, 3, 1, new float[3], new double[1]), 1e-12);
	}

	@Test
	void gaussianActionsAreInTheBoxesUnits() {
		GaussianDistribution distribution = new GaussianDistribution(BOX, -1, ADAM);
		ActionBatch actions = new ActionBatch(BOX, 1);
		distribution.mode(new float[] { 0.5f, -1, 7 }, 0, 3, 1, actions);
		assertEquals(1, actions.values[0], 1e-6);
		assertEquals(0, actions.values[1], 1e-6);
		assertEquals(7, actions.values[2], 1e-6);
	}

	@Test
	void temperatureMultipliesTheVariance() {
		GaussianDistribution distribution = new GaussianDistribution(BOX, -1, ADAM);
		distribution.temper(4);
		assertEquals((float) (-1 + Math.log(2)), distribution.meanLogStd());
	}

	@Test
	void logStdFollowsItsGradientWithAdamsStepSize() {
		GaussianDistribution distribution = new GaussianDistribution(BoxSpace.uniform(1, -1, 1), 0, ADAM);
		float[] outputs = new float[1];
		distribution.evaluate(outputs, 0, 1, 1, new float[] { 0 }, new double[1]);
		// an action at the mean that is made likelier: the deviation must shrink
		distribution.gradients(outputs, 0, 1, 1, new float[] { 0 }, new double[] { -1 }, 0, new float[1]);
		distribution.update(1, 0.01);
		// the gradient is 1; ε stands beside √v = √0.001 without its bias correction, as in the network's Adam
		double length = 0.01 * Math.sqrt(0.001) / (Math.sqrt(0.001) + 1e-5);
		assertEquals(-length, distribution.meanLogStd(), 1e-7, "Adam's first step is nearly the learning rate long");
	}

	@Test
	void stateIsComplete() throws IOException {
		GaussianDistribution first = new GaussianDistribution(BOX, 0, ADAM);
		train(first, 3);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		first.writeState(new DataOutputStream(bytes));
		GaussianDistribution second = new GaussianDistribution(BOX, 1, ADAM);
		second.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
		train(first, 2);
		train(second, 2);
		assertEquals(first.meanLogStd(), second.meanLogStd());
		assertTrue(first.meanLogStd() != 0);
	}

	private static void train(GaussianDistribution distribution, int updates) {
		for (int i = 0; i < updates; i++) {
			distribution.evaluate(new float[3], 0, 3, 1, new float[] { 0.1f, 0.5f, 2 }, new double[1]);
			distribution.gradients(new float[3], 0, 3, 1, new float[] { 0.1f, 0.5f, 2 }, new double[] { -1 }, -0.1, new float[3]);
			distribution.update(1, 0.01);
		}
	}
}
