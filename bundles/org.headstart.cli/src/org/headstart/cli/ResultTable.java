package org.headstart.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import org.headstart.engine.analysis.Estimate;
import org.headstart.engine.analysis.Figures;
import org.headstart.engine.analysis.TransferAnalysis;
import org.headstart.engine.analysis.TransferFigures;
import org.headstart.engine.analysis.TransferMetric;
import org.headstart.engine.analysis.TrialFigures;

/** The short table of figures that a run ends with. The report has all figures and says how they are made. */
final class ResultTable {

	private ResultTable() {
	}

	/**
	 * Prints the figures of every target.
	 *
	 * @param analysis the analysis
	 * @param print    where to
	 */
	static void print(TransferAnalysis analysis, PrintWriter print) {
		for (String target : analysis.targets()) {
			boolean judgedOnly = analysis.facts(target) != null && analysis.facts(target).judgedOnly();
			List<List<String>> rows = judgedOnly ? judged(analysis, target) : trained(analysis, target);
			if (rows.size() > 1) {
				print.println();
				print.println(Terminal.OUT.bold(target) + "  (" + seeds(analysis.fewestRuns()) + ", against "
						+ analysis.baseline() + ", " + Math.round(100 * analysis.settings().confidence()) + " % intervals)");
				Table.of(rows, column -> false).forEach(print::println);
			}
		}
		analysis.warnings().forEach(warning -> print.println(Terminal.OUT.red("! ") + warning));
	}

	private static List<List<String>> trained(TransferAnalysis analysis, String target) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(header());
		for (String arm : analysis.arms()) {
			TransferFigures figures = analysis.figures(arm, target);
			if (figures != null) {
				rows.add(row(figures));
			}
		}
		return rows;
	}

	/** Where nothing was trained: the return, its difference from the baseline's, the share of the way to an oracle, outcomes. */
	private static List<List<String>> judged(TransferAnalysis analysis, String target) {
		List<TrialFigures> figures = analysis.trials().figures(target);
		List<String> outcomes = analysis.trials().outcomes(target);
		boolean share = figures.stream().anyMatch(each -> each.shareOfTheWay().isDefined());
		List<List<String>> rows = new ArrayList<>();
		List<String> header = new ArrayList<>(List.of("strategy", "return", "difference"));
		if (share) {
			header.add("of the way to " + analysis.trials().oracle());
		}
		outcomes.forEach(name -> header.add(name.replace('-', ' ')));
		rows.add(header);
		for (TrialFigures each : figures) {
			List<String> cells = new ArrayList<>(List.of(each.arm(), text(each.finalReturn()), textOrNone(each.difference())));
			if (share) {
				cells.add(each.shareOfTheWay().isDefined() ? Figures.share(each.shareOfTheWay()) : "");
			}
			outcomes.forEach(name -> cells.add(textOrNone(each.outcome(name))));
			rows.add(cells);
		}
		return rows;
	}

	private static String textOrNone(Estimate estimate) {
		return estimate.isDefined() ? text(estimate) : "";
	}

	private static String seeds(int runs) {
		return runs == 1 ? "1 seed" : runs + " seeds";
	}

	private static List<String> header() {
		List<String> cells = new ArrayList<>(List.of("strategy", "step 0", "asymptote"));
		for (TransferMetric metric : TransferMetric.values()) {
			cells.add(metric.label());
		}
		return cells;
	}

	private static List<String> row(TransferFigures figures) {
		List<String> cells = new ArrayList<>(
				List.of(figures.arm(), text(figures.stepZero()), text(figures.asymptote())));
		for (TransferMetric metric : TransferMetric.values()) {
			cells.add(text(figures.metric(metric)));
		}
		return cells;
	}

	private static String text(Estimate estimate) {
		String value = Quantity.figure(estimate.value());
		return estimate.hasInterval()
				? value + " [" + Quantity.figure(estimate.low()) + ", " + Quantity.figure(estimate.high()) + "]"
				: value;
	}
}
