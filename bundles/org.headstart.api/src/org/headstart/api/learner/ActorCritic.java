package org.headstart.api.learner;

import org.headstart.api.environment.Lanes;

/**
 * An agent's distribution over actions and its values of states, for code that learns from the agent (a student from its
 * teacher) or inspects it. Thread-confined; {@code evaluate} allocates nothing.
 */
public interface ActorCritic {

	/**
	 * @return the number of floats of the distribution's parameters in a row: the logits of all choices; in a box the mean
	 *         of each component and then the logarithm of each standard deviation
	 */
	int distributionSize();

	/**
	 * Evaluates the lanes' observations.
	 *
	 * @param lanes        read for the observations
	 * @param distribution receives the parameters, [lanes × {@link #distributionSize()}]
	 * @param values       receives the value of each state, in the learner's units, which may be normalised; [lanes]
	 */
	void evaluate(Lanes lanes, float[] distribution, float[] values);
}
