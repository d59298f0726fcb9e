package org.headstart.engine.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One evaluation: a row of {@code metrics.csv}. Immutable.
 *
 * @param phase              the strategy's name for the stretch of training
 * @param task               the task, for example {@code point-goal/test}
 * @param steps              environment steps done on the task
 * @param episodes           training episodes finished on the task
 * @param shots              granted episodes learned from so far when this judges them, otherwise −1
 * @param returnMean         mean return of the evaluation's episodes
 * @param returnStd          their standard deviation, with divisor n
 * @param returnMin          the lowest
 * @param returnMax          the highest
 * @param lengthMean         mean length of the episodes in steps
 * @param evaluationEpisodes how many episodes were played
 * @param trainingReturn     mean return of the training episodes that ended since the last evaluation; NaN when none did
 * @param learner            what the learner reported last, by name
 */
public record MetricsRow(String phase, String task, long steps, long episodes, int shots, double returnMean,
		double returnStd, double returnMin, double returnMax, double lengthMean, int evaluationEpisodes,
		double trainingReturn, Map<String, Double> learner) {

	/** Defensive copy that keeps the order. */
	public MetricsRow {
		learner = Collections.unmodifiableMap(new LinkedHashMap<>(learner));
	}
}
