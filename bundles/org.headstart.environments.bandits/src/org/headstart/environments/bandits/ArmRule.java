package org.headstart.environments.bandits;

import org.headstart.api.random.RandomStream;

/** A rule to choose an arm. Allocates nothing. */
interface ArmRule {

	/**
	 * Chooses an arm.
	 *
	 * @param record the record of pulls
	 * @param lane   the lane
	 * @param random the lane's stream
	 * @return the arm, from 0
	 */
	int choose(ArmRecord record, int lane, RandomStream random);

	/** The worth of an arm, for a rule that pulls the arm of the greatest worth. */
	interface Worth {

		/**
		 * Computes the worth.
		 *
		 * @param successes pulls of the arm that paid
		 * @param failures  its other pulls
		 * @param pull      index of the pull in the trial, from 0
		 * @param random    the lane's stream
		 * @return higher is better
		 */
		double of(int successes, int failures, int pull, RandomStream random);
	}

	/**
	 * A rule that pulls the arm of the greatest worth; the first of equal ones.
	 *
	 * @param worth the worth of an arm
	 * @return the rule
	 */
	static ArmRule most(Worth worth) {
		return (record, lane, random) -> {
			int arms = record.arms();
			int pull = record.pull(lane);
			int best = 0;
			double most = Double.NEGATIVE_INFINITY;
			for (int arm = 0; arm < arms; arm++) {
				double value = worth.of(record.successes(lane, arm), record.failures(lane, arm), pull, random);
				if (value > most) {
					most = value;
					best = arm;
				}
			}
			return best;
		};
	}
}
