package org.headstart.learners.ppo;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.random.RandomStream;

/**
 * π(a | s) as a function of the policy head: what PPO has to know of it. Works on whole batches, so that the loops stay
 * inside one class; allocates nothing after a first call with the most rows.
 *
 * <p>The head of row {@code r} begins at {@code r * stride + offset} of the output block. An action is stored in
 * {@link #actionSize()} floats.
 */
sealed interface ActionDistribution extends Checkpointed permits CategoricalDistribution, GaussianDistribution {

	/** @return floats a stored action */
	int actionSize();

	/**
	 * Draws an action for each row.
	 *
	 * @param outputs          the output block
	 * @param offset           where the head begins in a row
	 * @param stride           floats from row to row
	 * @param rows             how many
	 * @param random           the source of the draws
	 * @param actions          receives the actions for the environment
	 * @param stored           receives what {@link #evaluate} wants to see again, from element {@code first × actionSize()} on
	 * @param logProbabilities receives log π(a | s), from element {@code first} on
	 * @param first            the first row in {@code stored} and {@code logProbabilities}
	 */
	void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions, float[] stored,
			float[] logProbabilities, int first);

	/** Draws actions that nobody learns from. */
	void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions);

	/** The most likely action of each row; of several, the first. */
	void mode(float[] outputs, int offset, int stride, int rows, ActionBatch actions);

	/**
	 * Looks at stored actions under the present policy.
	 *
	 * @param stored           the actions, [rows × actionSize]
	 * @param logProbabilities receives log π(a | s), [rows]
	 * @return the entropy's mean over the rows, in nat
	 */
	double evaluate(float[] outputs, int offset, int stride, int rows, float[] stored, double[] logProbabilities);

	/**
	 * After {@link #evaluate} with the same arguments: the loss's gradient with respect to the head, and to parameters of its own.
	 *
	 * @param logProbabilityGradients ∂loss / ∂ log π(a | s), [rows]
	 * @param entropyGradient         ∂loss / ∂ (entropy of a row), the same for all rows
	 * @param outputGradients         receives ∂loss / ∂ head, laid out as {@code outputs}
	 */
	void gradients(float[] outputs, int offset, int stride, int rows, float[] stored, double[] logProbabilityGradients,
			double entropyGradient, float[] outputGradients);

	/** @return the squared norm of the gradient of its own parameters */
	double gradientSquaredNorm();

	/** One step of the network's optimizer on its own parameters. */
	void update(double gradientScale, double learningRate);

	/** Forgets the optimizer's state. */
	void resetOptimizer();

	/** @return mean log standard deviation, NaN where there is none */
	double meanLogStd();
}
