package org.headstart.api.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

class ActionDistributionTest {

	private static final int ROWS = 5;
	private static final int STRIDE = 8;
	private static final int OFFSET = 2;
	private static final BoxSpace BOX = new BoxSpace(new float[] {-2, 0, Float.NEGATIVE_INFINITY},
			new float[] {2, 1, Float.POSITIVE_INFINITY});

	private static final MultiDiscreteSpace SEVERAL = new MultiDiscreteSpace(3, 2);

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

	@Test
	void gradientsOfSeveralChoicesAreThoseOfFiniteDifferences() {
		checkGradients(new CategoricalDistribution(3, 2), 5, SEVERAL);
	}

	/** Drawn, looked at and differentiated as if each choice had a distribution and a stream of draws of its own. */
	@Test
	void severalChoicesAreIndependent() {
		float[] outputs = outputs();
		CategoricalDistribution together = new CategoricalDistribution(3, 2);
		CategoricalDistribution[] alone = {new CategoricalDistribution(3), new CategoricalDistribution(2)};
		assertEquals(5, together.headSize());
		assertEquals(2, together.actionSize());
		float[] stored = new float[ROWS * 2];
		float[] drawn = new float[ROWS];
		ActionBatch actions = new ActionBatch(SEVERAL, ROWS);
		together.sample(outputs, OFFSET, STRIDE, ROWS, new RandomStream(8), actions, 0, stored, drawn, 0);
		ActionBatch unread = new ActionBatch(SEVERAL, ROWS);
		together.sample(outputs, OFFSET, STRIDE, ROWS, new RandomStream(8), unread);
		assertArrayEquals(actions.index, unread.index);
		float[] gradients = new float[outputs.length];
		double[] logProbabilities = new double[ROWS];
		double[] weights = new double[ROWS];
		Arrays.setAll(weights, i -> random.nextGaussian());
		double entropy = together.evaluate(outputs, OFFSET, STRIDE, ROWS, stored, 0, logProbabilities);
		together.gradients(outputs, OFFSET, STRIDE, ROWS, stored, 0, weights, 0.3, gradients, new double[0]);
		ActionBatch likeliest = new ActionBatch(SEVERAL, ROWS);
		together.mode(outputs, OFFSET, STRIDE, ROWS, likeliest, 0, null, 0);

		RandomStream draws = new RandomStream(8);
		ActionBatch one = new ActionBatch(new DiscreteSpace(3), ROWS);
		float[] probability = new float[1];
		for (int row = 0; row < ROWS; row++) {
			double sum = 0;
			for (int choice = 0; choice < 2; choice++) {
				float[] action = new float[1];
				int at = row * STRIDE + OFFSET + 3 * choice;
				alone[choice].sample(outputs, at, STRIDE, 1, draws, one, row, action, probability, 0);
				assertEquals(action[0], stored[2 * row + choice]);
				assertEquals(one.index[row], actions.index[2 * row + choice]);
				double[] logProbability = new double[1];
				entropy -= alone[choice].evaluate(outputs, at, STRIDE, 1, action, 0, logProbability) / ROWS;
				sum += logProbability[0];
				float[] gradient = new float[outputs.length];
				alone[choice].gradients(outputs, at, STRIDE, 1, action, 0, new double[] {weights[row]}, 0.3, gradient, new double[0]);
				for (int i = 0; i < 3 - choice; i++) {
					assertEquals(gradient[at + i], gradients[at + i], "row " + row + ", choice " + choice + ", action " + i);
				}
				alone[choice].mode(outputs, at, STRIDE, 1, one, row, null, 0);
				assertEquals(one.index[row], likeliest.index[2 * row + choice]);
			}
			assertEquals(sum, logProbabilities[row], 1e-12);
			assertEquals(sum, drawn[row], 1e-6);
		}
		assertEquals(0, entropy, 1e-12, "the entropy is the sum of the choices'");
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
		double[] gradient = {7};
		distribution.gradients(outputs, OFFSET, STRIDE, ROWS, stored, 0, weights, 0.7 / ROWS, new float[outputs.length], gradient);
		double step = 1e-3;
		double above = loss(gaussian(one, 0.25 + step), outputs, stored, weights, 0.7);
		double below = loss(gaussian(one, 0.25 - step), outputs, stored, weights, 0.7);
		assertEquals((above - below) / (2 * step), gradient[0], 1e-4);
	}

	/** A batch is a part of longer arrays: of lanes, and of what is stored. */
	@Test
	void partsOfLongerArraysAreLeftAlone() {
		for (ActionSpace space : List.of(new DiscreteSpace(4), SEVERAL, BOX)) {
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
				if (actions.size == 0) {
					assertEquals(stored[(4 + row) * size], actions.index[(2 + row) * size]);
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
		float[] logits = {0, (float) Math.log(2), (float) Math.log(5)};
		ActionBatch actions = new ActionBatch(new DiscreteSpace(3), 1);
		int[] counts = new int[3];
		int draws = 80_000;
		for (int i = 0; i < draws; i++) {
			distribution.sample(logits, 0, 3, 1, random, actions);
			counts[actions.index[0]]++;
		}
		double[] probabilities = {1 / 8.0, 2 / 8.0, 5 / 8.0};
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
		double entropy = distribution.evaluate(new float[] {3e4f, -3e4f}, 0, 2, 1, new float[] {1}, 0, logProbability);
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
		distribution.mode(new float[] {0.5f, -1, 7}, 0, 3, 1, actions, 0, null, 0);
		assertEquals(1, actions.values[0], 1e-6);
		assertEquals(0, actions.values[1], 1e-6);
		assertEquals(7, actions.values[2], 1e-6);
	}
}
