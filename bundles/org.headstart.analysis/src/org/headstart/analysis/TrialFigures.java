package org.headstart.analysis;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.analysis.figure.Estimate;

/**
 * What the last evaluation of one arm on one target says. All figures are interquartile means over seeds; a difference or ratio
 * is taken in each resample of both arms.
 *
 * @param arm                the arm's label
 * @param target             the target's label
 * @param runs               seeds behind the figures
 * @param paired             whether arm and baseline were resampled together, seed by seed
 * @param finalReturn        mean return of the last evaluation; of whole trials where a trial has several episodes
 * @param difference         of it from the baseline's; undefined for the baseline itself and without it
 * @param ratio              of it to the baseline's, where the returns of both have one sign in every seed; else undefined
 * @param shareOfTheWay      (arm − baseline) / (oracle − baseline); undefined without exactly one oracle, for baseline and
 *                           oracle themselves, where the oracle does not return more than the baseline, and where an arm
 *                           returns less than it: then it is no lower end
 * @param outcomes           the outcomes by name
 * @param outcomeDifferences the same, arm minus baseline; empty for the baseline
 * @param episodes           return of chosen episodes of a trial, by their number from 1; empty when a trial is one episode
 * @param gain               return of a trial's last episode minus that of its first; undefined when a trial is one episode
 */
public record TrialFigures(String arm, String target, int runs, boolean paired, Estimate finalReturn, Estimate difference,
		Estimate ratio, Estimate shareOfTheWay, Map<String, Estimate> outcomes, Map<String, Estimate> outcomeDifferences,
		SortedMap<Integer, Estimate> episodes, Estimate gain) {

	/** Defensive copies that keep the order. */
	public TrialFigures {
		outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
		outcomeDifferences = Collections.unmodifiableMap(new LinkedHashMap<>(outcomeDifferences));
		episodes = Collections.unmodifiableSortedMap(new TreeMap<>(episodes));
	}

	/** @return the same without a share of the way */
	public TrialFigures withoutShare() {
		return new TrialFigures(arm, target, runs, paired, finalReturn, difference, ratio, Estimate.UNDEFINED, outcomes,
				outcomeDifferences, episodes, gain);
	}

	/**
	 * @param name of an outcome
	 * @return the figure; undefined where there is none
	 */
	public Estimate outcome(String name) {
		return outcomes.getOrDefault(name, Estimate.UNDEFINED);
	}

	/**
	 * @param name of an outcome
	 * @return its difference from the baseline's; undefined where there is none
	 */
	public Estimate outcomeDifference(String name) {
		return outcomeDifferences.getOrDefault(name, Estimate.UNDEFINED);
	}
}
