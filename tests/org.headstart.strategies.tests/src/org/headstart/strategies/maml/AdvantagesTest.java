package org.headstart.strategies.maml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

class AdvantagesTest {

	/** Two lanes of one task, one observation, no actions: only what advantages depend on. */
	private static Episode episode(int steps) {
		return new Episode(1, 2, steps, 1, 0);
	}

	private static void add(Episode episode, int lane, int step, float observation, float reward) {
		int row = episode.rows[0]++;
		episode.lane[row] = lane;
		episode.step[row] = step;
		episode.observations[row] = observation;
		episode.rewards[row] = reward;
	}

	@Test
	void whatObservationAndTimeExplainIsNoAdvantage() {
		Episode episode = episode(1);
		add(episode, 0, 0, 0.5f, 1);
		add(episode, 1, 0, 0.5f, 3);
		new Advantages(0.9, 1, 1, 2).estimate(episode, 0);
		// the baseline is 2 for both; then to variance 1
		assertEquals(-1, episode.advantages[0], 1e-4);
		assertEquals(1, episode.advantages[1], 1e-4);
	}

	/** What is left of the returns when each feature's direction is taken out of them, one after the other (Gram and Schmidt). */
	@Test
	void withLambdaOneTheyAreWhatNoFeatureExplainsOfTheReturns() {
		double gamma = 0.9;
		RandomStream random = new RandomStream(2);
		Episode episode = episode(6);
		for (int step = 0; step < 6; step++) {
			for (int lane = 0; lane < 2; lane++) {
				// lane 1's episode is over earlier
				if (lane == 0 || step < 3) {
					add(episode, lane, 60 * step, (float) random.nextGaussian(), (float) random.nextGaussian());
				}
			}
		}
		new Advantages(gamma, 1, 1, 2).estimate(episode, 0);
		int rows = episode.rows[0];
		double[] left = new double[rows];
		double[][] features = new double[6][rows];
		for (int row = 0; row < rows; row++) {
			double discount = 1;
			for (int later = row; later < rows; later++) {
				if (episode.lane[later] == episode.lane[row]) {
					left[row] += discount * episode.rewards[later];
					discount *= gamma;
				}
			}
			double o = episode.observations[row];
			double t = episode.step[row] / 100.0;
			double[] described = {1, o, o * o, t, t * t, t * t * t};
			for (int i = 0; i < 6; i++) {
				features[i][row] = described[i];
			}
		}
		for (int i = 0; i < 6; i++) {
			for (int before = 0; before < i; before++) {
				takeOut(features[before], features[i]);
			}
			takeOut(features[i], left);
		}
		double std = Math.sqrt(dot(left, left) / rows);
		for (int row = 0; row < rows; row++) {
			assertEquals(left[row] / std, episode.advantages[row], 2e-3, "row " + row);
		}
	}

	private static void takeOut(double[] direction, double[] from) {
		double share = dot(direction, from) / dot(direction, direction);
		for (int i = 0; i < from.length; i++) {
			from[i] -= share * direction[i];
		}
	}

	private static double dot(double[] one, double[] other) {
		double sum = 0;
		for (int i = 0; i < one.length; i++) {
			sum += one[i] * other[i];
		}
		return sum;
	}

	@Test
	void withLambdaZeroOnlyTheNextStepCounts() {
		// rewards that the features explain fully when discounted to nothing: then the baseline is the reward itself
		Episode episode = episode(3);
		for (int step = 0; step < 3; step++) {
			add(episode, 0, 100 * step, 0, step);
			add(episode, 1, 100 * step, 0, step + (step == 1 ? 1 : 0));
		}
		new Advantages(0, 0, 1, 2).estimate(episode, 0);
		float[] expected = {0, 0, -1, 1, 0, 0};
		for (int row = 0; row < 6; row++) {
			assertEquals(expected[row] * Math.sqrt(3), episode.advantages[row], 1e-3);
		}
	}

	@Test
	void aTaskWithoutVarianceHasAdvantagesOfZero() {
		Episode episode = episode(2);
		for (int step = 0; step < 2; step++) {
			add(episode, 0, step, 0, 0);
			add(episode, 1, step, 0, 0);
		}
		new Advantages(0.9, 0.95, 1, 2).estimate(episode, 0);
		for (int row = 0; row < 4; row++) {
			assertEquals(0, episode.advantages[row], 1e-6);
		}
	}
}
