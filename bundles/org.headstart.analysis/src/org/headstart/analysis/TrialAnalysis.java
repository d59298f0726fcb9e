package org.headstart.analysis;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.analysis.result.CurveBand;

/**
 * What the last evaluations of an experiment say: returns and outcomes with their differences from the baseline, returns by the
 * number of the episode in a trial, the generalisation gap, the share of the way to an oracle. It covers the targets that are
 * judged only, have outcomes, or have trials of several episodes. Immutable (the arrays in it are not to be changed).
 *
 * @param targets  labels of the targets that it covers, in the experiment's order
 * @param heldOut  those of them whose tasks are known to be held out
 * @param oracle   label of the arm that is shown the task, the end of the way; null without exactly one
 * @param figures  one for each arm and covered target that has results, by target, then arm
 * @param episodes by target: return of the k-th episode of a trial over k; only where a trial has several episodes
 * @param gaps     one for each arm and pair of targets of one family of which one is held out
 */
public record TrialAnalysis(List<String> targets, List<String> heldOut, String oracle, List<TrialFigures> figures,
		SortedMap<String, List<CurveBand>> episodes, List<GeneralisationGap> gaps) {

	/** Defensive copies. */
	public TrialAnalysis {
		targets = List.copyOf(targets);
		heldOut = List.copyOf(heldOut);
		figures = List.copyOf(figures);
		episodes = Collections.unmodifiableSortedMap(new TreeMap<>(episodes));
		gaps = List.copyOf(gaps);
	}

	/**
	 * @param arm    label
	 * @param target label
	 * @return the figures, or null when the arm has none there
	 */
	public TrialFigures figures(String arm, String target) {
		for (TrialFigures each : figures) {
			if (each.arm().equals(arm) && each.target().equals(target)) {
				return each;
			}
		}
		return null;
	}

	/**
	 * @param target label
	 * @return the figures of all arms there, in the experiment's order
	 */
	public List<TrialFigures> figures(String target) {
		return figures.stream().filter(each -> each.target().equals(target)).toList();
	}

	/**
	 * @param target label
	 * @return names of the outcomes that any arm has there, in the environment's order
	 */
	public List<String> outcomes(String target) {
		return figures(target).stream().flatMap(each -> each.outcomes().keySet().stream()).distinct().toList();
	}
}
