package org.headstart.analysis.result;

import java.util.List;

import org.headstart.api.learner.BudgetUnit;

/**
 * How the agents of one acquisition were judged on one source while they learned there: the curve of pre-training or
 * meta-training.
 *
 * @param strategies labels of the arms that build on it
 * @param source     the source, for example {@code point-goal/train}
 * @param seed       the seed's number
 * @param steps      environment steps on the source at each evaluation, or units of the budget, ascending, the first 0
 * @param returns    mean return of each evaluation; of whole trials where a trial has several episodes
 * @param unit       what the steps are
 */
public record AcquisitionResult(List<String> strategies, String source, int seed, double[] steps, double[] returns,
		BudgetUnit unit) {

	/** Defensive copy. */
	public AcquisitionResult {
		strategies = List.copyOf(strategies);
	}

	/**
	 * One whose budget counts environment steps.
	 *
	 * @param strategies labels of the arms that build on it
	 * @param source     the source
	 * @param seed       the seed's number
	 * @param steps      environment steps on the source at each evaluation
	 * @param returns    mean return of each evaluation
	 */
	public AcquisitionResult(List<String> strategies, String source, int seed, double[] steps, double[] returns) {
		this(strategies, source, seed, steps, returns, BudgetUnit.ENVIRONMENT_STEPS);
	}
}
