package org.headstart.api.learner;

import org.headstart.api.environment.Lanes;

/**
 * An agent's distribution and values as a function of its parameters, for losses other than its learner's: fitting a student
 * to its teacher's distribution, behaviour cloning. Call {@link #evaluate}, {@link #backward} and {@link #update} in this
 * order, on batches of at most the number of rows that was asked for ({@link org.headstart.api.environment.GivenLanes} can
 * hold gathered rows). The experience that the agent collected itself stays as it is. Thread-confined; allocates nothing
 * after warm-up.
 */
public interface TrainableActorCritic extends ActorCritic {

	/**
	 * Adds the lanes' observations to the statistics by which the agent normalises, if it does. Call it for all observations
	 * on which the agent is fitted; otherwise its network would read differently scaled numbers when the agent acts.
	 *
	 * @param lanes read for the observations
	 */
	void observe(Lanes lanes);

	/**
	 * Back-propagates a loss through the last {@link #evaluate}, and replaces the parameters' gradients.
	 *
	 * @param distributionGradients ∂loss / ∂ parameters of the distribution, in the layout of {@link #evaluate}
	 * @param valueGradients        ∂loss / ∂ values; null where the loss does not look at them
	 */
	void backward(float[] distributionGradients, float[] valueGradients);

	/**
	 * One optimizer step on all parameters that are not frozen.
	 *
	 * @param maxGradientNorm the norm to which gradients are clipped; 0 for no clipping
	 * @param learningRate    the base rate
	 * @return the gradients' Euclidean norm before clipping
	 */
	double update(double maxGradientNorm, double learningRate);
}
