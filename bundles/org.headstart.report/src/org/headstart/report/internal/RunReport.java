package org.headstart.report.internal;

import java.util.List;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.internal.TransferAnalyser;
import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.TraceResult;

/**
 * What a report is made from. Immutable. All texts are plain; the report escapes them.
 *
 * @param name           the experiment's name
 * @param description    for people; may be empty
 * @param experimentText the experiment file as frozen with the run
 * @param arms           the strategies compared, in order
 * @param baseline       label of the arm to measure against; null: the first
 * @param targets        labels, in order
 * @param seeds          how many were planned
 * @param threshold      return that time to threshold waits for; NaN: derived
 * @param design         which targets are held out, which arms are oracles; {@link ExperimentDesign#UNKNOWN} where the
 *                       experiment's plug-ins are not at hand
 * @param results        finished adaptations
 * @param acquisitions   curves of training on the sources
 * @param traces         single episodes to draw
 * @param outcomes       what each outcome means, by its name
 * @param provenance     what ran: versions of bundles, network backend, Java, processor …
 * @param incomplete     one line for each step that is missing or failed
 * @param warnings       from the run, for example of a warm start
 * @param reproduce      the command that runs it again; may be empty
 * @param created        when, as text; empty to leave it out. The only thing that may differ between reports of equal results
 */
public record RunReport(String name, String description, String experimentText, List<Arm> arms, String baseline,
		List<String> targets, int seeds, double threshold, ExperimentDesign design, List<AdaptationResult> results,
		List<AcquisitionResult> acquisitions, List<TraceResult> traces, List<Row> outcomes, List<Row> provenance,
		List<String> incomplete, List<String> warnings, String reproduce, String created) {

	/** What {@code incomplete} says of a step that has not failed. */
	public static final String NO_RESULT_YET = "no result yet";

	/** Defensive copies; sets the default baseline. */
	public RunReport {
		arms = List.copyOf(arms);
		if (arms.isEmpty()) {
			throw new IllegalArgumentException("a report needs at least one arm");
		}
		if (baseline == null) {
			baseline = arms.get(0).label();
		}
		targets = List.copyOf(targets);
		results = List.copyOf(results);
		acquisitions = List.copyOf(acquisitions);
		traces = List.copyOf(traces);
		outcomes = List.copyOf(outcomes);
		provenance = List.copyOf(provenance);
		incomplete = List.copyOf(incomplete);
		warnings = List.copyOf(warnings);
	}

	/**
	 * One strategy of the comparison.
	 *
	 * @param label    names it in curves and tables
	 * @param strategy the strategy's id
	 */
	public record Arm(String label, String strategy) {}

	/**
	 * One line of a table of two columns.
	 *
	 * @param name  what
	 * @param value which
	 */
	public record Row(String name, String value) {}

	/** @return the arms' labels, in order */
	public List<String> labels() {
		return arms.stream().map(Arm::label).toList();
	}

	/**
	 * @param settings how to analyse; the report's threshold goes before theirs when it has one
	 * @return the analysis
	 */
	public TransferAnalysis analyse(AnalysisSettings settings) {
		return TransferAnalyser.analyse(labels(), baseline, targets, design, results,
				Double.isNaN(threshold) ? settings : settings.withThreshold(threshold));
	}
}
