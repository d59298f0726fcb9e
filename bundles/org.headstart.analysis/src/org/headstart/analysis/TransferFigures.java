package org.headstart.analysis;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.analysis.figure.Estimate;

/**
 * All figures of one arm on one target. Returns are interquartile means over seeds.
 *
 * @param arm              the arm's label
 * @param target           the target's label
 * @param runs             seeds behind the figures
 * @param paired           whether arm and baseline were resampled together, seed by seed, because both ran the same seeds
 * @param metrics          against the baseline; empty for the baseline itself and where the baseline has no run
 * @param stepZero         return before any step on the target
 * @param asymptote        mean return of the last evaluations
 * @param meanReturn       area under the curve over the common range, over that range, in units of return
 * @param timeToThreshold  median over seeds of the environment steps at the first evaluation that reaches the threshold;
 *                         infinite where half of the seeds or more do not reach it within the budget
 * @param reached          how many seeds reach the threshold
 * @param shots            judged return after k granted episodes, by k
 * @param shotDifferences  the same, arm minus baseline
 * @param sourceSteps      environment steps on sources, mean over seeds
 * @param sourceSeconds    processor seconds there, mean over seeds
 * @param targetSteps      environment steps on the target, mean over seeds
 * @param targetSeconds    processor seconds there, mean over seeds
 */
public record TransferFigures(String arm, String target, int runs, boolean paired, Map<TransferMetric, Estimate> metrics,
		Estimate stepZero, Estimate asymptote, Estimate meanReturn, Estimate timeToThreshold, int reached,
		SortedMap<Integer, Estimate> shots, SortedMap<Integer, Estimate> shotDifferences, double sourceSteps,
		double sourceSeconds, double targetSteps, double targetSeconds) {

	/** Defensive copies. */
	public TransferFigures {
		EnumMap<TransferMetric, Estimate> copy = new EnumMap<>(TransferMetric.class);
		copy.putAll(metrics);
		metrics = Collections.unmodifiableMap(copy);
		shots = Collections.unmodifiableSortedMap(new TreeMap<>(shots));
		shotDifferences = Collections.unmodifiableSortedMap(new TreeMap<>(shotDifferences));
	}

	/**
	 * @param metric which
	 * @return the figure; undefined where there is none
	 */
	public Estimate metric(TransferMetric metric) {
		return metrics.getOrDefault(metric, Estimate.UNDEFINED);
	}
}
