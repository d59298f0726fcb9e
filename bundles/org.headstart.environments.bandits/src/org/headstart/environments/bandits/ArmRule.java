package org.headstart.environments.bandits;

import org.headstart.api.random.RandomStream;

/** How an arm is chosen. Allocates nothing. */
interface ArmRule {

	/**
	 * Chooses.
	 *
	 * @param record what is known of the arms
	 * @param lane   in which lane
	 * @param random the lane's stream
	 * @return the arm, from 0
	 */
	int choose(ArmRecord record, int lane, RandomStream random);

	/** What an arm is worth to a rule that pulls the one that is worth most. */
	interface Worth {

		/**
		 * The worth.
		 *
		 * @param successes pulls of the arm that paid
		 * @param failures  its other pulls
		 * @param pull      which pull of the trial this is, from 0
		 * @param random    the lane's stream
		 * @return higher is better
		 */
		double of(int successes, int failures, int pull, RandomStream random);
	}

	/**
	 * Pulls the arm that is worth most; of several, the first.
	 *
	 * @param worth what an arm is worth
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
