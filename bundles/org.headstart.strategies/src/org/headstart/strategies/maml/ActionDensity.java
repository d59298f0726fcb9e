package org.headstart.strategies.maml;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.random.RandomStream;

/**
 * π(a | s) from a row of the network's output and the log standard deviations: how actions are drawn, and what the gradient of
 * log π is. {@link #use} comes first. Allocates nothing.
 */
sealed interface ActionDensity permits GaussianDensity, CategoricalDensity {

	/**
	 * @param space the action space
	 * @return the density for it: Gaussian in a box, else categorical
	 */
	static ActionDensity of(ActionSpace space) {
		return switch (space) {
			case BoxSpace box -> new GaussianDensity(box);
			case DiscreteSpace discrete -> new CategoricalDensity(discrete.count());
		};
	}

	/** @return floats of a stored action */
	int actionSize();

	/** @return how many log standard deviations it has */
	int logStdSize();

	/**
	 * Says which standard deviations the following calls are about.
	 *
	 * @param logStd their logarithms
	 */
	void use(double[] logStd);

	/**
	 * Draws an action.
	 *
	 * @param outputs  the network's output block
	 * @param at       where the row's output begins
	 * @param random   the randomness
	 * @param stored   receives the action as it is remembered
	 * @param storedAt where it begins
	 * @param actions  receives the action as the environment takes it
	 * @param lane     whose action it is
	 */
	void sample(float[] outputs, int at, RandomStream random, float[] stored, int storedAt, ActionBatch actions, int lane);

	/**
	 * The most likely action; parameters as in {@link #sample}.
	 *
	 * @param outputs  the network's output block
	 * @param at       where the row's output begins
	 * @param stored   receives the action as it is remembered
	 * @param storedAt where it begins
	 * @param actions  receives the action as the environment takes it
	 * @param lane     whose action it is
	 */
	void mode(float[] outputs, int at, float[] stored, int storedAt, ActionBatch actions, int lane);

	/** @return log π(a | s) of a stored action */
	double logProbability(float[] outputs, int at, float[] stored, int storedAt);

	/**
	 * Adds the gradient of weight · log π(a | s): sets it with respect to the outputs, adds it with respect to the log standard
	 * deviations.
	 *
	 * @param outputs         the network's output block
	 * @param at              where the row's output begins, in {@code outputGradients} too
	 * @param stored          the action
	 * @param storedAt        where it begins
	 * @param weight          what log π is multiplied by
	 * @param outputGradients receives the gradient with respect to the outputs
	 * @param logStdGradient  is added to
	 */
	void gradient(float[] outputs, int at, float[] stored, int storedAt, double weight, float[] outputGradients,
			double[] logStdGradient);
}
