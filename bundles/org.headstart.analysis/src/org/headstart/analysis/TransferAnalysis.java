package org.headstart.analysis;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.analysis.result.Counted;
import org.headstart.analysis.result.CurveBand;

/**
 * The analysis of an experiment's results: every figure that tables, charts, CSV files and reports show. Immutable (the arrays
 * in it are not to be changed).
 *
 * @param settings            how it was made
 * @param arms                labels of the arms, in the experiment's order
 * @param baseline            label of the arm that the others are measured against
 * @param targets             labels of the targets, in the experiment's order
 * @param facts               one for each target that has results, in order
 * @param figures             one for each arm and target that has results, by target, then arm
 * @param overall             one for each arm that has results on a normalised target
 * @param curves              learning curves by target: mean return of each evaluation over environment steps
 * @param overallCurves       learning curves of normalised return over all normalised targets
 * @param overallInSteps      whether {@code overallCurves} run over environment steps, or the other unit of all targets; false: over the share of the budget,
 *                            because budgets differ
 * @param profiles            performance profiles: share of runs whose normalised asymptote exceeds x
 * @param trials              what the last evaluations say, and how agents get better within a trial
 * @param warnings            what makes the figures doubtful or incomplete; to be shown before them
 * @param notes               choices in the computation of the figures, and limitations of the figures
 * @param counted             what steps on sources and targets are
 */
public record TransferAnalysis(AnalysisSettings settings, List<String> arms, String baseline, List<String> targets,
		List<TargetFacts> facts, List<TransferFigures> figures, List<OverallFigures> overall,
		SortedMap<String, List<CurveBand>> curves, List<CurveBand> overallCurves, boolean overallInSteps,
		List<CurveBand> profiles, TrialAnalysis trials, List<String> warnings, List<String> notes, Counted counted) {

	/** Fewest seeds that bear a claim (Agarwal et al. 2021 show how unsteady intervals of fewer are). */
	public static final int SEEDS_FOR_A_CLAIM = 10;

	/** Defensive copies. */
	public TransferAnalysis {
		arms = List.copyOf(arms);
		targets = List.copyOf(targets);
		facts = List.copyOf(facts);
		figures = List.copyOf(figures);
		overall = List.copyOf(overall);
		curves = Collections.unmodifiableSortedMap(new TreeMap<>(curves));
		overallCurves = List.copyOf(overallCurves);
		profiles = List.copyOf(profiles);
		warnings = List.copyOf(warnings);
		notes = List.copyOf(notes);
	}

	/**
	 * @param arm    label
	 * @param target label
	 * @return the figures, or null when the arm has no result there
	 */
	public TransferFigures figures(String arm, String target) {
		for (TransferFigures each : figures) {
			if (each.arm().equals(arm) && each.target().equals(target)) {
				return each;
			}
		}
		return null;
	}

	/**
	 * @param target label
	 * @return the facts, or null when the target has no result
	 */
	public TargetFacts facts(String target) {
		for (TargetFacts each : facts) {
			if (each.target().equals(target)) {
				return each;
			}
		}
		return null;
	}

	/**
	 * @param arm label
	 * @return the figures over all targets, or null when there are none
	 */
	public OverallFigures overall(String arm) {
		for (OverallFigures each : overall) {
			if (each.arm().equals(arm)) {
				return each;
			}
		}
		return null;
	}

	/** @return whether no target was trained on, so that there is no transfer figure at all */
	public boolean judgedOnly() {
		return !facts.isEmpty() && facts.stream().allMatch(TargetFacts::judgedOnly);
	}

	/** @return the fewest runs behind any figure of one arm on one target; 0 without results */
	public int fewestRuns() {
		return figures.stream().mapToInt(TransferFigures::runs).min().orElse(0);
	}
}
