package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
		float[] valuesAfter = { 1, 2, 3 };

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
		rollout.estimateAdvantages(new float[] { 10 }, GAMMA, 1);
		float[] r = rollout.rewards;
		assertEquals(r[0] + GAMMA * (r[1] + GAMMA * (r[2] + GAMMA * 10)), rollout.returns[0], 1e-5);
	}

	@Test
	void aPartOfARolloutIsEnough() {
		Rollout whole = random(2, 3, 3);
		Rollout part = new Rollout(2, 10, 1, 1);
		part.steps = 3;
		System.arraycopy(whole.rewards, 0, part.rewards, 0, 6);
		System.arraycopy(whole.values, 0, part.values, 0, 6);
		float[] valuesAfter = { 1, -1 };
		whole.estimateAdvantages(valuesAfter, GAMMA, LAMBDA);
		part.estimateAdvantages(valuesAfter, GAMMA, LAMBDA);
		float[] beginning = new float[6];
		System.arraycopy(part.advantages, 0, beginning, 0, 6);
		assertArrayEquals(whole.advantages, beginning);
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
		Rollout rollout = new Rollout(lanes, horizon, 1, 1);
		rollout.steps = steps;
		for (int row = 0; row < rollout.rows(); row++) {
			rollout.rewards[row] = (float) random.nextGaussian();
			rollout.values[row] = (float) random.nextGaussian();
		}
		return rollout;
	}
}
