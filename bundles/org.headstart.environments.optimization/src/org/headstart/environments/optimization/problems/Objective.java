package org.headstart.environments.optimization.problems;

import java.util.List;

import org.headstart.api.environment.Outcome;

/**
 * A family of functions f(θ) with their gradients; a seed makes one of them. All that a function needs to know of itself lies in a
 * lane's state, so that implementations keep constants and scratch only. No method allocates but {@link #instance}.
 */
interface Objective {

	/** An instance with scratch of its own, for one thread. */
	Objective instance();

	/** D, how many coordinates θ has. */
	int dimension();

	/** Doubles that a function keeps in a lane's state. */
	int size();

	/** The loss from which on nothing is told apart: it bounds the reward where an optimization diverges. */
	double highestLoss();

	/**
	 * Makes the function of a seed and where its optimization begins.
	 *
	 * @param seed     the seed
	 * @param function receives {@link #size()} doubles
	 * @param at       where they begin
	 * @param theta    receives θ₀
	 * @param thetaAt  where it begins
	 */
	void draw(long seed, double[] function, int at, double[] theta, int thetaAt);

	/**
	 * The function and its gradient; for a stochastic one those of the step's minibatch.
	 *
	 * @param seed     the seed
	 * @param step     how many updates were made
	 * @param function what {@link #draw} wrote
	 * @param at       where it begins
	 * @param theta    θ
	 * @param thetaAt  where it begins
	 * @param gradient receives ∇f(θ)
	 * @param to       where it begins
	 * @return f(θ)
	 */
	double evaluate(long seed, int step, double[] function, int at, double[] theta, int thetaAt, double[] gradient, int to);

	/** What is told of the end beside the loss. */
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
