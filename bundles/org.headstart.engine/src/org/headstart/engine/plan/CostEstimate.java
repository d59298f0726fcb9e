package org.headstart.engine.plan;

import java.math.BigInteger;

/**
 * How many environment steps a step, or a whole plan, takes. Exact, however many they are.
 *
 * @param training   steps that agents learn from: the budget
 * @param evaluation steps in the agents' evaluation trials, at most: every episode may end before its limit. Trials of another
 *                   length than the experiment's, which a strategy may have of its own, are not known here; the random policy's
 *                   few, which need no network, are not counted
 */
public record CostEstimate(BigInteger training, BigInteger evaluation) {

	/** The cost of nothing. */
	public static final CostEstimate NONE = new CostEstimate(BigInteger.ZERO, BigInteger.ZERO);

	/** @return training and evaluation */
	public BigInteger total() {
		return training.add(evaluation);
	}

	/**
	 * @param other more
	 * @return both together
	 */
	public CostEstimate plus(CostEstimate other) {
		return new CostEstimate(training.add(other.training), evaluation.add(other.evaluation));
	}

	/**
	 * @param count how many
	 * @return so many of this
	 */
	public CostEstimate times(long count) {
		BigInteger factor = BigInteger.valueOf(count);
		return new CostEstimate(training.multiply(factor), evaluation.multiply(factor));
	}
}
