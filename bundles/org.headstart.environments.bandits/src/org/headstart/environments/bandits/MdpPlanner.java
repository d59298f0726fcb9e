package org.headstart.environments.bandits;

import org.headstart.api.random.RandomStream;

/** Says at the start of an episode what each action is worth. Allocates nothing; keeps scratch memory: for one thread. */
interface MdpPlanner {

	/**
	 * Plans.
	 *
	 * @param record       what is known
	 * @param lane         of which lane
	 * @param random       the lane's stream
	 * @param values       receives [step][state][action]
	 * @param valuesOffset where they begin
	 */
	void plan(MdpRecord record, int lane, RandomStream random, double[] values, int valuesOffset);
}
