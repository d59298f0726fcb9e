package org.headstart.api.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

class ActionDistributionTest {

	private static final int ROWS = 5;
	private static final int STRIDE = 8;
	private static final int OFFSET = 2;
	private static final BoxSpace BOX = new BoxSpace(new float[] { -2, 0, Float.NEGATIVE_INFINITY },
			new float[] { 2, 1, Float.POSITIVE_INFINITY });

	private final RandomStream random = new RandomStream(3);

	private static GaussianDistribution gaussian(BoxSpace space, double logStd) {
		GaussianDistribution distribution = new GaussianDistribution(space);
		double[] all = new double[distribution.logStdSize()];
		Arrays.fill(all, logStd);
		distribution.use(all);
		return distribution;
	}

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
		checkGradients(gaussian(BOX, -0.5), 3, BOX);
	}

	/** loss = Σ w log π + e · mean entropy. */
	private void checkGradients(ActionDistribution distribution, int headSize, ActionSpace space) {
		float[] outputs = outputs();
		float[] stored = new float[ROWS * distribution.actionSize()];
		float[] sampledLogProbabilities = new float[ROWS];
		distribution.sample(outputs, OFFSET, STRIDE, ROWS, random, new ActionBatch(space, ROWS), 0, stored, sampledLogProbabilities, 0);
		double[] weights = new double[ROWS];
		Arrays.setAll(weights, i -> random.nextGaussian());
		double entropyWeight = 0.7;
		double[] logProbabilities = new double[ROWS];
		distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, 0, logProbabilities);
		for (int row = 0; row < ROWS; row++) {
			assertEquals(sampledLogProbabilities[row], logProbabilities[row], 1e-5, "log π when drawn and when looked at again");
		}
		float[] gradients = new float[outputs.length];
		distribution.gradients(outputs, OFFSET, STRIDE, ROWS, stored, 0, weights, entropyWeight / ROWS, gradients,
				new double[distribution.logStdSize()]);
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
		double loss = entropyWeight * distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, 0, logProbabilities);
		for (int row = 0; row < ROWS; row++) {
			loss += weights[row] * logProbabilities[row];
		}
		return loss;
	}

	@Test
	void logStdGradientIsThatOfFiniteDifferences() {
		BoxSpace one = BoxSpace.uniform(1, -1, 1);
		GaussianDistribution distribution = gaussian(one, 0.25);
		float[] outputs = outputs();
		float[] stored = outputs();
		double[] weights = new double[ROWS];
		Arrays.setAll(weights, i -> random.nextGaussian());
		distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, 0, new double[ROWS]);
		double[] gradient = { 7 };
		distribution.gradients(outputs, OFFSET, STRIDE, ROWS, stored, 0, weights, 0.7 / ROWS, new float[outputs.length], gradient);
		double step = 1e-3;
		double above = loss(gaussian(one, 0.25 + step), outputs, stored, weights, 0.7);
		double below = loss(gaussian(one, 0.25 - step), outputs, stored, weights, 0.7);
		assertEquals((above - below) / (2 * step), gradient[0], 1e-4);
	}

	/** A batch is a part of longer arrays: of lanes, and of what is stored. */
	@Test
	void partsOfLongerArraysAreLeftAlone() {
		for (ActionSpace space : List.of(new DiscreteSpace(4), BOX)) {
			ActionDistribution distribution = ActionDistribution.of(space);
			int size = distribution.actionSize();
			float[] outputs = outputs();
			ActionBatch actions = new ActionBatch(space, ROWS + 3);
			float[] stored = new float[(ROWS + 7) * size];
			float[] logProbabilities = new float[ROWS + 7];
			distribution.sample(outputs, OFFSET, STRIDE, ROWS, random, actions, 2, stored, logProbabilities, 4);
			double[] again = new double[ROWS];
			distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, 4, again);
			for (int row = 0; row < ROWS; row++) {
				assertEquals(logProbabilities[4 + row], again[row], 1e-5);
				if (size == 1) {
					assertEquals(stored[4 + row], actions.index[2 + row]);
				} else {
					assertEquals(2 * stored[(4 + row) * size], actions.values[(2 + row) * size], 1e-6);
				}
			}
			for (int i = 0; i < stored.length; i++) {
				assertTrue(i >= 4 * size && i < (4 + ROWS) * size || stored[i] == 0, "stored " + i);
			}
			float[] likeliest = new float[(ROWS + 7) * size];
			distribution.mode(outputs, OFFSET, STRIDE, ROWS, actions, 1, likeliest, 3);
			double[] most = new double[ROWS];
			distribution.evaluate(outputs, OFFSET, STRIDE, ROWS, likeliest, 3, most);
			for (int row = 0; row < ROWS; row++) {
				assertTrue(most[row] >= again[row], "the mode is the most likely");
			}
		}
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
		distribution.mode(logits, 0, 3, 1, actions, 0, null, 0);
		assertEquals(2, actions.index[0]);
	}

	@Test
	void extremeLogitsStayFinite() {
		CategoricalDistribution distribution = new CategoricalDistribution(2);
		double[] logProbability = new double[1];
		double entropy = distribution.evaluate(new float[] { 3e4f, -3e4f }, 0, 2, 1, new float[] { 1 }, 0, logProbability);
		assertEquals(-6e4, logProbability[0], 1);
		assertEquals(0, entropy, 1e-12);
	}

	@Test
	void entropiesAreTheClosedForms() {
		assertEquals(Math.log(4), new CategoricalDistribution(4).evaluate(new float[4], 0, 4, 1, new float[1], 0, new double[1]), 1e-12);
		double std = Math.exp(-0.5);
		assertEquals(3 * 0.5 * Math.log(2 * Math.PI * Math.E * std * std), gaussian(BOX, -0.5)
				.evaluate(new float[3], 0, 3, 1, new float[3], 0, new double[1]), 1e-12);
	}

	@Test
	void gaussianActionsAreInTheBoxesUnits() {
		GaussianDistribution distribution = gaussian(BOX, -1);
		ActionBatch actions = new ActionBatch(BOX, 1);
		distribution.mode(new float[] { 0.5f, -1, 7 }, 0, 3, 1, actions, 0, null, 0);
		assertEquals(1, actions.values[0], 1e-6);
		assertEquals(0, actions.values[1], 1e-6);
		assertEquals(7, actions.values[2], 1e-6);
	}
}
