package org.headstart.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

import org.headstart.engine.analysis.Estimate;
import org.headstart.engine.analysis.TransferAnalysis;
import org.headstart.engine.analysis.TransferFigures;
import org.headstart.engine.analysis.TransferMetric;

/** The short table of transfer metrics that a run ends with. The report has all figures and says how they are made. */
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
			List<List<String>> rows = new ArrayList<>();
			rows.add(header());
			for (String arm : analysis.arms()) {
				TransferFigures figures = analysis.figures(arm, target);
				if (figures != null) {
					rows.add(row(figures));
				}
			}
			if (rows.size() > 1) {
				print.println();
				print.println(Terminal.OUT.bold(target) + "  (" + seeds(analysis.fewestRuns()) + ", against "
						+ analysis.baseline() + ", " + Math.round(100 * analysis.settings().confidence()) + " % intervals)");
				Table.of(rows, column -> false).forEach(print::println);
			}
		}
		analysis.warnings().forEach(warning -> print.println(Terminal.OUT.red("! ") + warning));
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
