package org.headstart.environments.bandits;

import org.headstart.api.random.RandomStream;

/** Estimates the values of actions at the start of an episode. Allocates nothing; has scratch memory, so it is for one thread. */
interface MdpPlanner {

	/**
	 * Plans.
	 *
	 * @param record       the record of steps
	 * @param lane         the lane
	 * @param random       the lane's stream
	 * @param values       receives [step][state][action]
	 * @param valuesOffset where they begin
	 */
	void plan(MdpRecord record, int lane, RandomStream random, double[] values, int valuesOffset);
}
