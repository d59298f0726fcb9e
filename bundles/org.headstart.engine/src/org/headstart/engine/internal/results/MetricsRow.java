package org.headstart.engine.internal.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One evaluation: a row of {@code metrics.csv}. Immutable.
 *
 * @param phase              the strategy's name of the training phase
 * @param task               the task, for example {@code point-goal/test}; in a separate row also the agent, for example
 *                           {@code agent helper: point-goal/test}
 * @param steps              environment steps on the task, or its other unit; in a separate row, those of the run on all
 *                           tasks
 * @param episodes           training trials finished on the task; in a separate row, those of the run on all tasks
 * @param shots              granted trials learned from so far when this judges them, otherwise −1
 * @param returnMean         mean return of the evaluation's trials; a trial is an episode unless the experiment says otherwise
 * @param returnStd          their standard deviation, with divisor n
 * @param returnMin          the lowest
 * @param returnMax          the highest
 * @param lengthMean         mean length of the trials in steps, without those in which a lane idled
 * @param evaluationEpisodes how many trials were played
 * @param trainingReturn     mean return of the training trials that ended since the last evaluation; NaN when none did
 * @param outcomes           mean of each of the environment's outcomes over the trials, by name, in the environment's order
 * @param episodeReturns     mean return of the first, second, … episode of a trial; empty when a trial is one episode
 * @param learner the learner's last reports, by name
 */
public record MetricsRow(String phase, String task, long steps, long episodes, int shots, double returnMean,
		double returnStd, double returnMin, double returnMax, double lengthMean, int evaluationEpisodes,
		double trainingReturn, Map<String, Double> outcomes, List<Double> episodeReturns, Map<String, Double> learner) {

	/** Defensive copies that keep the order. */
	public MetricsRow {
		outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
		episodeReturns = List.copyOf(episodeReturns);
		learner = Collections.unmodifiableMap(new LinkedHashMap<>(learner));
	}

	/**
	 * @return whether it is a separate row, which judges another agent and is not part of the curve. No environment's id
	 *         contains a space
	 */
	public boolean aside() {
		int space = task.indexOf(' ');
		return space >= 0 && space < task.indexOf('/');
	}
}
