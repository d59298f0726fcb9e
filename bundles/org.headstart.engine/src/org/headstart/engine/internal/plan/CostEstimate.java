package org.headstart.engine.internal.plan;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.Experiment.Arm;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;

/**
 * The cost of a step or of a whole plan, exact for any size.
 *
 * @param training   the budgets, by unit, without empty ones
 * @param evaluation upper bound of the environment steps in the agents' evaluations, since every episode may end before its
 *                   limit. A strategy's own trials of another length are unknown here; the random policy's few trials, which
 *                   need no network, are not counted
 */
public record CostEstimate(SortedMap<BudgetUnit, BigInteger> training, BigInteger evaluation) {

	/** Steps that cost the same. */
	private static final class Alike {

		private final Step one;
		private long count;

		Alike(Step one) {
			this.one = one;
		}
	}

	private record Costly(int target, long envSteps, List<Integer> sources, List<Choice<Wrapper<?>>> wrappers) {}

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
	 * The cost of one step.
	 *
	 * @param experiment the experiment
	 * @param step       a step of its plan
	 * @return the budget, and environment steps of evaluations, with all episodes lasting until their limit
	 */
	public static CostEstimate of(Experiment experiment, Step step) {
		Arm arm = experiment.strategies().get(step.arms().get(0));
		CostEstimate cost = NONE;
		if (step.kind() == Step.Kind.ADAPT) {
			TaskUse use = experiment.tasks().target().get(step.target()).in(arm);
			// 0 shots is the evaluation before training; where a budget is of no use, nothing else is judged
			boolean once = step.envSteps() == 0 && use.steps() > 0;
			long shots = once ? 0 : experiment.protocol().shots().stream().filter(count -> count > 0).count();
			cost = costOf(experiment, use, step.work().sources().isEmpty() ? step.envSteps() : use.steps(), shots);
		}
		for (int source : step.work().sources()) {
			TaskUse use = experiment.tasks().source().get(source).in(arm);
			cost = cost.plus(costOf(experiment, use, use.steps(), 0));
		}
		return new CostEstimate(step.unit(), BigInteger.valueOf(step.envSteps()), cost.evaluation());
	}

	private static CostEstimate costOf(Experiment experiment, TaskUse use, long steps, long shots) {
		long every = experiment.protocol().evaluation().every();
		// one before training, and one at the end of a budget that is not a multiple of the cadence
		BigInteger evaluation = BigInteger.valueOf(1 + steps / every + (steps % every == 0 ? 0 : 1) + shots);
		for (long factor : new long[] {experiment.protocol().evaluation().episodes(), experiment.protocol().trial().episodes(),
				use.family().environment().maxEpisodeSteps()}) {
			evaluation = evaluation.multiply(BigInteger.valueOf(factor));
		}
		return new CostEstimate(use.unit(), BigInteger.valueOf(steps), evaluation);
	}

	/**
	 * The cost of a whole plan, or of its part without results.
	 *
	 * @param experiment the experiment
	 * @param steps      steps of its plan
	 * @return the budgets, and environment steps of evaluations
	 */
	public static CostEstimate of(Experiment experiment, Iterable<Step> steps) {
		// steps that differ only in arm or seed mostly cost the same
		Map<Costly, Alike> all = new HashMap<>();
		for (Step step : steps) {
			all.computeIfAbsent(new Costly(step.target(), step.envSteps(), named(step.work().sources()),
					named(experiment.strategies().get(step.arms().get(0)).wrappers())), key -> new Alike(step)).count++;
		}
		CostEstimate sum = NONE;
		for (Alike each : all.values()) {
			sum = sum.plus(of(experiment, each.one).times(each.count));
		}
		return sum;
	}

	/** Null instead of an empty list: that of a million steps is compared. */
	private static <T> List<T> named(List<T> list) {
		return list.isEmpty() ? null : list;
	}

	/**
	 * @param unit a unit
	 * @return the training in this unit
	 */
	public BigInteger training(BudgetUnit unit) {
		return training.getOrDefault(unit, BigInteger.ZERO);
	}

	/** @return the sum of training and evaluation, with each example or update counted as one environment step: a measure of the work */
	public BigInteger total() {
		return training.values().stream().reduce(evaluation, BigInteger::add);
	}

	/**
	 * @param other another cost
	 * @return the sum
	 */
	public CostEstimate plus(CostEstimate other) {
		SortedMap<BudgetUnit, BigInteger> both = new TreeMap<>(training);
		other.training.forEach((unit, more) -> both.merge(unit, more, BigInteger::add));
		return new CostEstimate(both, evaluation.add(other.evaluation));
	}

	/**
	 * @param count a factor
	 * @return the product
	 */
	public CostEstimate times(long count) {
		BigInteger factor = BigInteger.valueOf(count);
		SortedMap<BudgetUnit, BigInteger> all = new TreeMap<>(training);
		all.replaceAll((unit, once) -> once.multiply(factor));
		return new CostEstimate(all, evaluation.multiply(factor));
	}
}
