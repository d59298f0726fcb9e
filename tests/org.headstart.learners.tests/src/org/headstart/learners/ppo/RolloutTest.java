package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

/** Generalised advantage estimation against its definition as a sum (Schulman et al. 2016, eq. 16). */
class RolloutTest {

	private static final double GAMMA = 0.9;
	private static final double LAMBDA = 0.7;

	private final RandomStream random = new RandomStream(1);

	@Test
	void advantagesAreTheDiscountedSumOfResiduals() {
		Rollout rollout = random(3, 8, 8);
		rollout.ended[2 * 3 + 1] = true; // lane 1 terminates at step 2
		rollout.ended[5 * 3 + 2] = true; // lane 2 is truncated at step 5
		rollout.valuesBeyond[5 * 3 + 2] = 0.4f;
		rollout.ended[7 * 3] = true; // lane 0 terminates with the last step
		float[] valuesAfter = {1, 2, 3};

		rollout.estimateAdvantages(valuesAfter, GAMMA, LAMBDA);

		for (int lane = 0; lane < 3; lane++) {
			for (int step = 0; step < 8; step++) {
				assertEquals(expected(rollout, lane, step, valuesAfter[lane]), rollout.advantages[step * 3 + lane], 1e-5,
						"lane " + lane + ", step " + step);
			}
		}
		assertEquals(rollout.rewards[21] - rollout.values[21], rollout.advantages[21], 1e-6, "nothing lies behind a terminal state");
		assertEquals(rollout.rewards[17] + GAMMA * 0.4 - rollout.values[17], rollout.advantages[17], 1e-6,
				"a time limit is bootstrapped from the last observation");
	}

	/** Σ_l (γλ)^l δ_{t+l}, up to the episode's or the rollout's end. */
	private static double expected(Rollout rollout, int lane, int step, double valueAfter) {
		double sum = 0;
		double weight = 1;
		for (int t = step; t < rollout.steps; t++) {
			int row = t * rollout.lanes + lane;
			double next = rollout.ended[row] ? rollout.valuesBeyond[row]
					: t == rollout.steps - 1 ? valueAfter : rollout.values[row + rollout.lanes];
			sum += weight * (rollout.rewards[row] + GAMMA * next - rollout.values[row]);
			weight *= GAMMA * LAMBDA;
			if (rollout.ended[row]) {
				break;
			}
		}
		return sum;
	}

	@Test
	void withLambdaOneTheReturnsAreTheDiscountedRewards() {
		Rollout rollout = random(1, 3, 3);
		rollout.estimateAdvantages(new float[] {10}, GAMMA, 1);
		float[] r = rollout.rewards;
		assertEquals(r[0] + GAMMA * (r[1] + GAMMA * (r[2] + GAMMA * 10)), rollout.returns[0], 1e-5);
	}

	@Test
	void aPartOfARolloutIsEnough() {
		Rollout whole = random(2, 3, 3);
		Rollout part = new Rollout(2, 10, new Rollout.Sizes(1, 0, 1, 0), 1, 1);
		part.steps = 3;
		System.arraycopy(whole.rewards, 0, part.rewards, 0, 6);
		System.arraycopy(whole.values, 0, part.values, 0, 6);
		float[] valuesAfter = {1, -1};
		whole.estimateAdvantages(valuesAfter, GAMMA, LAMBDA);
		part.estimateAdvantages(valuesAfter, GAMMA, LAMBDA);
		float[] beginning = new float[6];
		System.arraycopy(part.advantages, 0, beginning, 0, 6);
		assertArrayEquals(whole.advantages, beginning);
	}

	/** As if the steps that do not count were not there, behind an early end and before the trial's. */
	@Test
	void stepsThatDoNotCountArePassedOver() {
		Rollout whole = random(1, 6, 6);
		for (int idle : new int[] {2, 3, 5}) {
			whole.idle[idle] = true;
			whole.rewards[idle] = 0;
		}
		whole.ended[5] = true;
		Rollout dense = random(1, 3, 3);
		int[] counted = {0, 1, 4};
		for (int i = 0; i < 3; i++) {
			dense.rewards[i] = whole.rewards[counted[i]];
			dense.values[i] = whole.values[counted[i]];
		}
		dense.ended[2] = true;
		whole.estimateAdvantages(new float[] {7}, GAMMA, LAMBDA);
		dense.estimateAdvantages(new float[] {8}, GAMMA, LAMBDA);
		for (int i = 0; i < 3; i++) {
			assertEquals(dense.advantages[i], whole.advantages[counted[i]]);
		}
		assertEquals(dense.explainedVariance(), whole.explainedVariance());
		int[] rows = new int[6];
		assertEquals(3, whole.sequences(rows));
		assertArrayEquals(counted, Arrays.copyOf(rows, 3));
	}

	@Test
	void sequencesAreStretchesOfALane() {
		Rollout rollout = new Rollout(2, 12, new Rollout.Sizes(1, 0, 1, 4), 5, 5);
		assertEquals(6, rollout.mostSequences());
		rollout.steps = 7;
		int[] firstRows = new int[6];
		assertEquals(4, rollout.sequences(firstRows));
		assertArrayEquals(new int[] {0, 1, 10, 11}, Arrays.copyOf(firstRows, 4));
		assertEquals(5, rollout.length(1));
		assertEquals(2, rollout.length(11));
		assertEquals(4, rollout.stateOffset(1));
		assertEquals(12, rollout.stateOffset(11));
		for (int step = 5; step < 7; step++) {
			rollout.idle[step * 2] = true;
		}
		assertEquals(3, rollout.sequences(firstRows));
		assertEquals(11, firstRows[2]);
	}

	@Test
	void explainedVarianceIsOneForAPerfectCriticAndNotANumberWithoutVariance() {
		Rollout rollout = random(1, 4, 4);
		rollout.estimateAdvantages(new float[1], GAMMA, LAMBDA);
		for (int i = 0; i < 4; i++) {
			rollout.returns[i] = i;
			rollout.advantages[i] = 0.5f; // a constant error is no unexplained variance
		}
		assertEquals(1, rollout.explainedVariance(), 1e-12);
		for (int i = 0; i < 4; i++) {
			rollout.returns[i] = 2;
		}
		assertEquals(Double.NaN, rollout.explainedVariance());
	}

	private Rollout random(int lanes, int horizon, int steps) {
		Rollout rollout = new Rollout(lanes, horizon, new Rollout.Sizes(1, 0, 1, 0), 1, 1);
		rollout.steps = steps;
		for (int row = 0; row < rollout.rows(); row++) {
			rollout.rewards[row] = (float) random.nextGaussian();
			rollout.values[row] = (float) random.nextGaussian();
		}
		return rollout;
	}
}
