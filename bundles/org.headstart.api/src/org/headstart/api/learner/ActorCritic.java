package org.headstart.api.learner;

import org.headstart.api.environment.Lanes;

/**
 * What an agent thinks beside the action that it takes: its distribution over actions, and values of states. For those that learn from
 * it, as a student from its teacher, or look into it. Thread-confined; {@code evaluate} allocates nothing.
 */
public interface ActorCritic {

	/**
	 * @return floats of the distribution's parameters in a row: a logit for each choice; in a box the mean of each component and then
	 *         the logarithm of each standard deviation
	 */
	int distributionSize();

	/**
	 * Looks at what lanes show.
	 *
	 * @param lanes        read for the observations
	 * @param distribution receives the parameters, [lanes × {@link #distributionSize()}]
	 * @param values       receives the value of each state, in the learner's units, which may be normalised; [lanes]
	 */
	void evaluate(Lanes lanes, float[] distribution, float[] values);
}
