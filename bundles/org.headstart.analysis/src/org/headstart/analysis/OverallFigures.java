package org.headstart.analysis;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.analysis.figure.Estimate;

/**
 * All figures of one arm over all targets on which returns can be normalised: score = (return − random policy's return) /
 * (baseline's asymptote − random policy's return), so 0 is the random policy and 1 the baseline's asymptote.
 *
 * @param arm                      the arm's label
 * @param targets                  how many targets are in the figures
 * @param runs                     runs on them, all targets together
 * @param metrics                  mean over targets of each metric, normalised; empty for the baseline
 * @param scores                   aggregates of the normalised asymptotes
 * @param shots                    interquartile mean of the normalised judged returns after k granted episodes, by k
 * @param probabilityOfImprovement that a run of the arm ends above one of the baseline, over all targets where both ran;
 *                                 undefined for the baseline
 */
public record OverallFigures(String arm, int targets, int runs, Map<TransferMetric, Estimate> metrics,
		Map<Aggregate, Estimate> scores, SortedMap<Integer, Estimate> shots, Estimate probabilityOfImprovement) {

	/** Defensive copies. */
	public OverallFigures {
		EnumMap<TransferMetric, Estimate> copy = new EnumMap<>(TransferMetric.class);
		copy.putAll(metrics);
		metrics = Collections.unmodifiableMap(copy);
		EnumMap<Aggregate, Estimate> scoreCopy = new EnumMap<>(Aggregate.class);
		scoreCopy.putAll(scores);
		scores = Collections.unmodifiableMap(scoreCopy);
		shots = Collections.unmodifiableSortedMap(new TreeMap<>(shots));
	}

	/**
	 * @param metric which
	 * @return the figure; undefined where there is none
	 */
	public Estimate metric(TransferMetric metric) {
		return metrics.getOrDefault(metric, Estimate.UNDEFINED);
	}
}
