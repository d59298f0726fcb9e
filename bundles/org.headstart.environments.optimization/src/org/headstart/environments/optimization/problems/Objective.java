package org.headstart.environments.optimization.problems;

import java.util.List;

import org.headstart.api.environment.Outcome;

/**
 * A family of functions f(θ) with their gradients; a seed determines one of them. All data of a function is in a lane's
 * state, so that implementations have only constants and scratch memory. Only {@link #instance} allocates.
 */
interface Objective {

	/** An instance with scratch of its own, for one thread. */
	Objective instance();

	/** D, the number of θ's coordinates. */
	int dimension();

	/** Doubles that a function keeps in a lane's state. */
	int size();

	/** The loss at which losses are clipped; it bounds the reward of an optimization that diverges. */
	double highestLoss();

	/**
	 * Makes the function of a seed and the starting point of its optimization.
	 *
	 * @param seed     the seed
	 * @param function receives {@link #size()} doubles
	 * @param at       where they begin
	 * @param theta    receives θ₀
	 * @param thetaAt  where it begins
	 */
	void draw(long seed, double[] function, int at, double[] theta, int thetaAt);

	/**
	 * Computes the function and its gradient; for a stochastic function those of the step's minibatch.
	 *
	 * @param seed     the seed
	 * @param step     number of updates so far
	 * @param function the function, written by {@link #draw}
	 * @param at       where it begins
	 * @param theta    θ
	 * @param thetaAt  where it begins
	 * @param gradient receives ∇f(θ)
	 * @param to       where it begins
	 * @return f(θ)
	 */
	double evaluate(long seed, int step, double[] function, int at, double[] theta, int thetaAt, double[] gradient, int to);

	/** The outcomes of an episode beside the loss. */
	List<Outcome> outcomes();

	/**
	 * Reads {@link #outcomes()}.
	 *
	 * @param theta      the last θ
	 * @param thetaAt    where it begins
	 * @param outcomes   receives them
	 * @param outcomesAt where they begin
	 */
	void outcomes(double[] theta, int thetaAt, double[] outcomes, int outcomesAt);
}
