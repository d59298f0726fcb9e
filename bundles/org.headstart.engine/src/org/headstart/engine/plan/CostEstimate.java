package org.headstart.engine.plan;

/**
 * How many environment steps a step, or a whole plan, takes.
 *
 * @param training   steps that agents learn from: the budget
 * @param evaluation steps in the agents' evaluation trials, at most: every episode may end before its limit. Trials of another
 *                   length than the experiment's, which a strategy may have of its own, are not known here; the random policy's
 *                   few, which need no network, are not counted
 */
public record CostEstimate(long training, long evaluation) {

	/** The cost of nothing. */
	public static final CostEstimate NONE = new CostEstimate(0, 0);

	/** @return training and evaluation */
	public long total() {
		return plus(training, evaluation);
	}

	/**
	 * @param other more
	 * @return both together; {@link Long#MAX_VALUE} when they are more than that
	 */
	public CostEstimate plus(CostEstimate other) {
		return new CostEstimate(plus(training, other.training), plus(evaluation, other.evaluation));
	}

	private static long plus(long a, long b) {
		return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
	}
}
