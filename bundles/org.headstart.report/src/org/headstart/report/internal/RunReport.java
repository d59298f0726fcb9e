package org.headstart.report.internal;

import java.util.List;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.internal.TransferAnalyser;
import org.headstart.analysis.section.AnalysedRun;

/**
 * What a report is made from. Immutable. All texts are plain; the report escapes them.
 *
 * @param name        the experiment's name
 * @param description for people; may be empty
 * @param comparison  what is compared
 * @param results     what the finished steps have left
 * @param origin      where the results come from
 * @param state       how far the run is
 */
public record RunReport(String name, String description, Comparison comparison, AnalysedRun.Results results,
		AnalysedRun.Origin origin, State state) {

	/** What {@link State#incomplete()} says of a step that has not failed. */
	public static final String NO_RESULT_YET = "no result yet";

	/**
	 * What is compared.
	 *
	 * @param arms      labels of the strategies, in order; at least one
	 * @param baseline  label of the arm to measure against; null: the first
	 * @param targets   labels, in order
	 * @param seeds     how many were planned
	 * @param threshold return that time to threshold waits for; NaN: derived
	 * @param design    which targets are held out, which arms are oracles; {@link ExperimentDesign#UNKNOWN} where the
	 *                  experiment's plug-ins are not installed
	 */
	public record Comparison(List<String> arms, String baseline, List<String> targets, int seeds, double threshold,
			ExperimentDesign design) {

		/** Defensive copies; sets the default baseline. */
		public Comparison {
			arms = List.copyOf(arms);
			if (arms.isEmpty()) {
				throw new IllegalArgumentException("a report needs at least one arm");
			}
			if (baseline == null) {
				baseline = arms.get(0);
			}
			targets = List.copyOf(targets);
		}
	}

	/**
	 * How far a run is.
	 *
	 * @param incomplete one line for each step that is missing or failed
	 * @param warnings   from the run, for example of a warm start
	 * @param created    when the report was made, as text; empty to leave it out. The only thing that may differ between reports
	 *                   of equal results
	 */
	public record State(List<String> incomplete, List<String> warnings, String created) {

		/** Defensive copies. */
		public State {
			incomplete = List.copyOf(incomplete);
			warnings = List.copyOf(warnings);
		}
	}

	/**
	 * @param settings how to analyse; the report's threshold goes before theirs when it has one
	 * @return the analysis
	 */
	public TransferAnalysis analyse(AnalysisSettings settings) {
		return TransferAnalyser.analyse(comparison.arms(), comparison.baseline(), comparison.targets(), comparison.design(),
				results.adaptations(), Double.isNaN(comparison.threshold()) ? settings : settings.withThreshold(comparison.threshold()));
	}
}
