package org.headstart.analysis.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * One adaptation as the analysis sees it: one strategy, one target, one seed. Episodes are averaged already.
 *
 * @param strategy       the arm's label
 * @param target         the target's label
 * @param seed           the seed's number
 * @param steps          environment steps on the target at each evaluation, or units of the budget, ascending, the first 0
 * @param returns        mean return of each evaluation; of whole trials where a trial has several episodes
 * @param shotReturns    judged return after k granted episodes, by k
 * @param randomReturn   mean return of the uniformly random policy on this target
 * @param sourceSteps    environment steps spent on sources by the knowledge it builds on; 0 for none
 * @param sourceSeconds  processor seconds spent there
 * @param targetSteps    environment steps spent on the target
 * @param targetSeconds  processor seconds spent there
 * @param outcomes       the last evaluation's outcomes by name, means over trials; empty when the environment has none
 * @param episodeReturns the last evaluation's mean return of the first, second, … episode of a trial; empty when a trial is one
 *                       episode
 * @param warnings       what makes the result doubtful, or the knowledge that it builds on
 * @param counted        what the steps on sources and target are
 */
public record AdaptationResult(String strategy, String target, int seed, double[] steps, double[] returns,
		SortedMap<Integer, Double> shotReturns, double randomReturn, long sourceSteps, double sourceSeconds,
		long targetSteps, double targetSeconds, Map<String, Double> outcomes, double[] episodeReturns,
		List<String> warnings, Counted counted) {

	/** Defensive copy that keeps the order. */
	public AdaptationResult {
		warnings = List.copyOf(warnings);
		outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
	}

	/**
	 * One whose budgets count environment steps.
	 *
	 * @param strategy       the arm's label
	 * @param target         the target's label
	 * @param seed           the seed's number
	 * @param steps          environment steps on the target at each evaluation
	 * @param returns        mean return of each evaluation
	 * @param shotReturns    judged return after k granted episodes, by k
	 * @param randomReturn   mean return of the uniformly random policy on this target
	 * @param sourceSteps    environment steps spent on sources
	 * @param sourceSeconds  processor seconds spent there
	 * @param targetSteps    environment steps spent on the target
	 * @param targetSeconds  processor seconds spent there
	 * @param outcomes       the last evaluation's outcomes by name
	 * @param episodeReturns the last evaluation's mean return by episode of a trial
	 * @param warnings       what makes the result doubtful
	 */
	public AdaptationResult(String strategy, String target, int seed, double[] steps, double[] returns,
			SortedMap<Integer, Double> shotReturns, double randomReturn, long sourceSteps, double sourceSeconds,
			long targetSteps, double targetSeconds, Map<String, Double> outcomes, double[] episodeReturns, List<String> warnings) {
		this(strategy, target, seed, steps, returns, shotReturns, randomReturn, sourceSteps, sourceSeconds, targetSteps, targetSeconds,
				outcomes, episodeReturns, warnings, Counted.ENVIRONMENT_STEPS);
	}

	/**
	 * One without outcomes, of trials of one episode.
	 *
	 * @param strategy      the arm's label
	 * @param target        the target's label
	 * @param seed          the seed's number
	 * @param steps         environment steps on the target at each evaluation
	 * @param returns       mean return of each evaluation
	 * @param shotReturns   judged return after k granted episodes, by k
	 * @param randomReturn  mean return of the uniformly random policy on this target
	 * @param sourceSteps   environment steps spent on sources
	 * @param sourceSeconds processor seconds spent there
	 * @param targetSteps   environment steps spent on the target
	 * @param targetSeconds processor seconds spent there
	 */
	public AdaptationResult(String strategy, String target, int seed, double[] steps, double[] returns,
			SortedMap<Integer, Double> shotReturns, double randomReturn, long sourceSteps, double sourceSeconds,
			long targetSteps, double targetSeconds) {
		this(strategy, target, seed, steps, returns, shotReturns, randomReturn, sourceSteps, sourceSeconds, targetSteps,
				targetSeconds, Map.of(), new double[0], List.of());
	}

	/** @return mean return of the last evaluation */
	public double finalReturn() {
		return returns[returns.length - 1];
	}

	/**
	 * @param arm  another label for the strategy
	 * @return this under that label
	 */
	public AdaptationResult relabelled(String arm) {
		return new AdaptationResult(arm, target, seed, steps, returns, shotReturns, randomReturn, sourceSteps, sourceSeconds,
				targetSteps, targetSeconds, outcomes, episodeReturns, warnings, counted);
	}
}
