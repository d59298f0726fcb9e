package org.headstart.api.learner;

import org.headstart.api.environment.Lanes;

/**
 * An agent's distribution and values as a function of its parameters, for losses that are not its learner's own: a student that is
 * fitted to its teacher's distribution, behaviour that is cloned. {@link #evaluate}, {@link #backward}, {@link #update}: in that order,
 * on batches of any rows up to those that were asked for ({@link org.headstart.api.environment.GivenLanes} holds rows that were
 * gathered). What the agent collected itself is not touched. Thread-confined; nothing of it allocates after warm-up.
 */
public interface TrainableActorCritic extends ActorCritic {

	/**
	 * Takes what lanes show into the observation statistics by which the agent normalises, where it does: what it is fitted on has to be
	 * in them, or its network sees other numbers when it acts.
	 *
	 * @param lanes read for the observations
	 */
	void observe(Lanes lanes);

	/**
	 * Back-propagates a loss through the last {@link #evaluate}, and replaces the parameters' gradients.
	 *
	 * @param distributionGradients ∂loss / ∂ parameters of the distribution, laid out as there
	 * @param valueGradients        ∂loss / ∂ values; null where the loss does not look at them
	 */
	void backward(float[] distributionGradients, float[] valueGradients);

	/**
	 * One optimizer step on all parameters that are not frozen.
	 *
	 * @param maxGradientNorm what the gradients' norm is clipped at; 0 for not at all
	 * @param learningRate    the base rate
	 * @return the gradients' Euclidean norm before clipping
	 */
	double update(double maxGradientNorm, double learningRate);
}
