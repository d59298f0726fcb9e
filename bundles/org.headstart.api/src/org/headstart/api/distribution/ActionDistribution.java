package org.headstart.api.distribution;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.random.RandomStream;

/**
 * π(a | s) as a function of a policy head, and of log standard deviations that do not depend on the state where it has some. Works on
 * whole batches, so that the loops stay inside one class; allocates nothing after a first call with the most rows. Thread-confined.
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

	/** @return how many log standard deviations it has beside the head; 0 when the head is all there is */
	int logStdSize();

	/**
	 * Says which standard deviations the calls that follow are about; zero logarithms before.
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
	 * @param stored           receives what {@link #evaluate} wants to see again, from element {@code first × actionSize()} on
	 * @param logProbabilities receives log π(a | s), from element {@code first} on
	 * @param first            the first row in {@code stored} and {@code logProbabilities}
	 */
	void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions, int lane, float[] stored,
			float[] logProbabilities, int first);

	/**
	 * Draws actions that nobody learns from; the first row's for the first lane.
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
	 * The most likely action of each row; of several, the first.
	 *
	 * @param outputs the output block
	 * @param offset  where the head begins in a row
	 * @param stride  floats from row to row
	 * @param rows    how many
	 * @param actions receives the actions for the environment
	 * @param lane    the first row's lane there
	 * @param stored  receives them as {@link #sample} would store them, from element {@code first × actionSize()} on; null for nobody
	 * @param first   the first row in {@code stored}
	 */
	void mode(float[] outputs, int offset, int stride, int rows, ActionBatch actions, int lane, float[] stored, int first);

	/**
	 * Looks at stored actions under the present policy.
	 *
	 * @param outputs          the output block
	 * @param offset           where the head begins in a row
	 * @param stride           floats from row to row
	 * @param rows             how many
	 * @param stored           the actions, from element {@code first × actionSize()} on
	 * @param first            the first row there
	 * @param logProbabilities receives log π(a | s), [rows]
	 * @return the entropy's mean over the rows, in nat
	 */
	double evaluate(float[] outputs, int offset, int stride, int rows, float[] stored, int first, double[] logProbabilities);

	/**
	 * After {@link #evaluate} with the same arguments: a loss's gradient with respect to the head and to the log standard deviations.
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
	 * How far distributions are from those that they are to become: KL(target ‖ π), and its gradient. Both are given by all of their
	 * parameters, a row the head and then the log standard deviations, as {@link org.headstart.api.learner.ActorCritic} gives them.
	 *
	 * @param targets    [rows × (headSize + logStdSize)]
	 * @param parameters of π, laid out alike
	 * @param rows       how many
	 * @param gradients  receives ∂ (mean KL) / ∂ parameters, laid out alike
	 * @return the mean over the rows, in nat
	 */
	double divergence(float[] targets, float[] parameters, int rows, float[] gradients);
}
