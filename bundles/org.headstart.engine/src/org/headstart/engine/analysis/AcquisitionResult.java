package org.headstart.engine.analysis;

import java.util.List;

/**
 * How the agents of one acquisition were judged on one source while they learned there: the curve of pre-training or
 * meta-training.
 *
 * @param strategies labels of the arms that build on it
 * @param source     the source, for example {@code point-goal/train}
 * @param seed       the seed's number
 * @param steps      environment steps on the source at each evaluation, ascending, the first 0
 * @param returns    mean return of each evaluation; of whole trials where a trial has several episodes
 */
public record AcquisitionResult(List<String> strategies, String source, int seed, double[] steps, double[] returns) {

	/** Defensive copy. */
	public AcquisitionResult {
		strategies = List.copyOf(strategies);
	}
}
