package org.headstart.engine.internal.plan;

import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.learner.BudgetUnit;

/**
 * What a step, or a whole plan, takes. Exact, however much it is.
 *
 * @param training   what agents learn from: the budgets, by unit; those of nothing are left out
 * @param evaluation environment steps in the agents' evaluation trials, at most: every episode may end before its limit. Trials of another
 *                   length than the experiment's, which a strategy may have of its own, are not known here; the random policy's
 *                   few, which need no network, are not counted
 */
public record CostEstimate(SortedMap<BudgetUnit, BigInteger> training, BigInteger evaluation) {

	/** The cost of nothing. */
	public static final CostEstimate NONE = new CostEstimate(new TreeMap<>(), BigInteger.ZERO);

	/** Copies. */
	public CostEstimate {
		SortedMap<BudgetUnit, BigInteger> some = new TreeMap<>(training);
		some.values().removeIf(BigInteger.ZERO::equals);
		training = Collections.unmodifiableSortedMap(some);
	}

	/**
	 * Training in one unit.
	 *
	 * @param unit       the unit
	 * @param training   how much of it
	 * @param evaluation environment steps in evaluations, at most
	 */
	public CostEstimate(BudgetUnit unit, BigInteger training, BigInteger evaluation) {
		this(new TreeMap<>(Map.of(unit, training)), evaluation);
	}

	/**
	 * @param unit a unit
	 * @return what agents learn from in it
	 */
	public BigInteger training(BudgetUnit unit) {
		return training.getOrDefault(unit, BigInteger.ZERO);
	}

	/** @return training and evaluation, an example or an update for an environment step: a measure of the work */
	public BigInteger total() {
		return training.values().stream().reduce(evaluation, BigInteger::add);
	}

	/**
	 * @param other more
	 * @return both together
	 */
	public CostEstimate plus(CostEstimate other) {
		SortedMap<BudgetUnit, BigInteger> both = new TreeMap<>(training);
		other.training.forEach((unit, more) -> both.merge(unit, more, BigInteger::add));
		return new CostEstimate(both, evaluation.add(other.evaluation));
	}

	/**
	 * @param count how many
	 * @return so many of this
	 */
	public CostEstimate times(long count) {
		BigInteger factor = BigInteger.valueOf(count);
		SortedMap<BudgetUnit, BigInteger> all = new TreeMap<>(training);
		all.replaceAll((unit, once) -> once.multiply(factor));
		return new CostEstimate(all, evaluation.multiply(factor));
	}
}
