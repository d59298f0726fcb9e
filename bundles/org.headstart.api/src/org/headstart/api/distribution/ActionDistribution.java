package org.headstart.api.distribution;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.random.RandomStream;

/**
 * The policy π(a | s) as a function of a policy head and, for continuous actions, of log standard deviations that do not
 * depend on the state. Works on whole batches, so that the loops stay inside one class; after a call with the largest number
 * of rows it allocates nothing. Thread-confined.
 *
 * <p>The head of row {@code r} begins at {@code r * stride + offset} of the output block. An action is stored in
 * {@link #actionSize()} floats.
 */
public interface ActionDistribution {

	/**
	 * @param space the action space
	 * @return the usual distribution in it: categorical over the actions of each choice, a diagonal Gaussian in a box
	 */
	static ActionDistribution of(ActionSpace space) {
		return switch (space) {
			case BoxSpace box -> new GaussianDistribution(box);
			case DiscreteSpace discrete -> new CategoricalDistribution(discrete.counts());
			case MultiDiscreteSpace choices -> new CategoricalDistribution(choices.counts());
		};
	}

	/** @return floats of the policy head */
	int headSize();

	/** @return floats of a stored action */
	int actionSize();

	/** @return the number of log standard deviations beside the head; 0 when the distribution has none */
	int logStdSize();

	/**
	 * Sets the standard deviations for the calls that follow; before the first call of this method their logarithms are 0.
	 *
	 * @param logStd their logarithms, {@link #logStdSize()}; copied
	 */
	void use(double[] logStd);

	/**
	 * Draws an action for each row.
	 *
	 * @param outputs          the output block
	 * @param offset           where the head begins in a row
	 * @param stride           floats from row to row
	 * @param rows             how many
	 * @param random           the source of the draws
	 * @param actions          receives the actions for the environment
	 * @param lane             the first row's lane there
	 * @param stored           receives the actions in the form that {@link #evaluate} reads, from element
	 *                         {@code first × actionSize()} on
	 * @param logProbabilities receives log π(a | s), from element {@code first} on
	 * @param first            the first row in {@code stored} and {@code logProbabilities}
	 */
	void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions, int lane, float[] stored,
			float[] logProbabilities, int first);

	/**
	 * Draws actions that are not stored for learning; the first row's action is for the first lane.
	 *
	 * @param outputs the output block
	 * @param offset  where the head begins in a row
	 * @param stride  floats from row to row
	 * @param rows    how many
	 * @param random  the source of the draws
	 * @param actions receives the actions for the environment
	 */
	void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions);

	/**
	 * The most likely action of each row; the first one if several are equally likely.
	 *
	 * @param outputs the output block
	 * @param offset  where the head begins in a row
	 * @param stride  floats from row to row
	 * @param rows    how many
	 * @param actions receives the actions for the environment
	 * @param lane    the first row's lane there
	 * @param stored  receives the actions in the form in which {@link #sample} stores them, from element
	 *                {@code first × actionSize()} on; null to store none
	 * @param first   the first row in {@code stored}
	 */
	void mode(float[] outputs, int offset, int stride, int rows, ActionBatch actions, int lane, float[] stored, int first);

	/**
	 * Computes the log-probabilities of stored actions under the present policy.
	 *
	 * @param outputs          the output block
	 * @param offset           where the head begins in a row
	 * @param stride           floats from row to row
	 * @param rows             how many
	 * @param stored           the actions, from element {@code first × actionSize()} on
	 * @param first            the first row there
	 * @param logProbabilities receives log π(a | s), [rows]
	 * @return the mean entropy over the rows, in nats
	 */
	double evaluate(float[] outputs, int offset, int stride, int rows, float[] stored, int first, double[] logProbabilities);

	/**
	 * The gradient of a loss with respect to the head and the log standard deviations. Call it after {@link #evaluate} with
	 * the same arguments.
	 *
	 * @param outputs                 as there
	 * @param offset                  as there
	 * @param stride                  as there
	 * @param rows                    as there
	 * @param stored                  as there
	 * @param first                   as there
	 * @param logProbabilityGradients ∂loss / ∂ log π(a | s), [rows]
	 * @param entropyGradient         ∂loss / ∂ (entropy of a row), the same for all rows
	 * @param outputGradients         receives ∂loss / ∂ head, laid out as {@code outputs}
	 * @param logStdGradients         receives ∂loss / ∂ log standard deviation, [logStdSize], in double precision since it is a sum over
	 *                                all rows
	 */
	void gradients(float[] outputs, int offset, int stride, int rows, float[] stored, int first, double[] logProbabilityGradients,
			double entropyGradient, float[] outputGradients, double[] logStdGradients);

	/**
	 * The divergence of distributions from their targets, KL(target ‖ π), and its gradient. A row holds all parameters of a
	 * distribution: the head, then the log standard deviations, as in {@link org.headstart.api.learner.ActorCritic}.
	 *
	 * @param targets    [rows × (headSize + logStdSize)]
	 * @param parameters of π, laid out alike
	 * @param rows       how many
	 * @param gradients  receives ∂ (mean KL) / ∂ parameters, laid out alike
	 * @return the mean over the rows, in nats
	 */
	double divergence(float[] targets, float[] parameters, int rows, float[] gradients);
}
