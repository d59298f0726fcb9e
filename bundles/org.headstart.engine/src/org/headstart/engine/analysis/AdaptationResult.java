package org.headstart.engine.analysis;

import java.util.SortedMap;

/**
 * One adaptation as the analysis sees it: one strategy, one target, one seed. Episodes are averaged already.
 *
 * @param strategy      the arm's label
 * @param target        the target's label
 * @param seed          the seed's number
 * @param steps         environment steps on the target at each evaluation, ascending, the first 0
 * @param returns       mean return of each evaluation
 * @param shotReturns   judged return after k granted episodes, by k
 * @param randomReturn  mean return of the uniformly random policy on this target
 * @param sourceSteps   environment steps spent on sources by the knowledge it builds on; 0 for none
 * @param sourceSeconds processor seconds spent there
 * @param targetSteps   environment steps spent on the target
 * @param targetSeconds processor seconds spent there
 */
public record AdaptationResult(String strategy, String target, int seed, double[] steps, double[] returns,
		SortedMap<Integer, Double> shotReturns, double randomReturn, long sourceSteps, double sourceSeconds,
		long targetSteps, double targetSeconds) {
}
