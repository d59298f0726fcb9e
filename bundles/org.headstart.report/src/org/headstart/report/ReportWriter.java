package org.headstart.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.headstart.engine.analysis.AdaptationResult;
import org.headstart.engine.analysis.AnalysisSettings;
import org.headstart.engine.analysis.ChartModel;
import org.headstart.engine.analysis.CurveBand;
import org.headstart.engine.analysis.Estimate;
import org.headstart.engine.analysis.OverallFigures;
import org.headstart.engine.analysis.TargetFacts;
import org.headstart.engine.analysis.TransferAnalysis;
import org.headstart.engine.analysis.TransferCharts;
import org.headstart.engine.analysis.TransferFigures;
import org.headstart.engine.analysis.TransferMetric;

/**
 * Writes the report of an experiment into a folder: {@code report.html} (self-contained), tables as CSV, and {@code charts/} with
 * every chart as SVG and PNG.
 *
 * <p>Equal input gives equal bytes (PNG: on machines with the same fonts). Numbers in CSV are not rounded.
 */
public final class ReportWriter {

	private static final int WIDTH = 900;
	/** Pixels of a PNG a pixel of the layout, sharp in print. */
	private static final double SCALE = 2;

	private final AnalysisSettings settings;

	/** @param settings how to analyse; {@link AnalysisSettings#DEFAULT} for final figures */
	public ReportWriter(AnalysisSettings settings) {
		this.settings = settings;
	}

	/**
	 * Writes everything, over what is there.
	 *
	 * @param report what to report
	 * @param folder made when missing
	 * @return what could not be written and why, for the person who asked for it: PNG on a machine without fonts. Empty when all
	 *         is there.
	 * @throws IOException when the folder cannot be written
	 */
	public List<String> write(RunReport report, Path folder) throws IOException {
		return write(report, report.analyse(settings), folder);
	}

	/**
	 * Writes everything, over what is there, for a caller that needs the analysis itself too: it takes seconds.
	 *
	 * @param report   what to report
	 * @param analysis the report's analysis
	 * @param folder   made when missing
	 * @return what could not be written, as {@link #write(RunReport, Path)}
	 * @throws IOException when the folder cannot be written
	 */
	public static List<String> write(RunReport report, TransferAnalysis analysis, Path folder) throws IOException {
		Path charts = Files.createDirectories(folder.resolve("charts"));
		List<String> problems = new ArrayList<>();
		ChartRenderer renderer = new ChartRenderer(ChartTheme.LIGHT);
		for (ChartModel chart : TransferCharts.of(analysis)) {
			int height = ChartRenderer.height(chart, WIDTH);
			text(charts.resolve(chart.id() + ".svg"), renderer.svg(chart, WIDTH, height));
			if (problems.isEmpty()) {
				try {
					Files.write(charts.resolve(chart.id() + ".png"), renderer.png(chart, WIDTH, height, SCALE));
				} catch (NoFontsException e) {
					problems.add(e.getMessage());
				}
			}
		}
		for (Map.Entry<String, CsvTable> table : Map.of("evaluations.csv", evaluations(report), "learning-curves.csv",
				learningCurves(analysis), "transfer-metrics.csv", transferMetrics(analysis), "shots.csv", shots(analysis),
				"cost.csv", cost(analysis), "performance-profile.csv", profile(analysis)).entrySet()) {
			text(folder.resolve(table.getKey()), table.getValue().toString());
		}
		// last, so that a page that is there has all that stands beside it
		text(folder.resolve("report.html"), new ReportPage(report, analysis).html());
		return problems;
	}

	private static void text(Path file, String text) throws IOException {
		Files.writeString(file, text, StandardCharsets.UTF_8);
	}

	private static CsvTable evaluations(RunReport report) {
		CsvTable table = new CsvTable("target", "arm", "seed", "steps", "return");
		for (String target : report.targets()) {
			for (RunReport.Arm arm : report.arms()) {
				report.results().stream().filter(each -> each.target().equals(target) && each.strategy().equals(arm.label()))
						.sorted(Comparator.comparingInt(AdaptationResult::seed)).forEach(each -> {
							for (int i = 0; i < each.steps().length; i++) {
								table.row(target, arm.label(), each.seed(), each.steps()[i], each.returns()[i]);
							}
						});
			}
		}
		return table;
	}

	private static CsvTable learningCurves(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("target", "arm", "x", "unit of x", "interquartile mean", "low", "high", "runs");
		for (TargetFacts facts : analysis.facts()) {
			analysis.curves().get(facts.target()).forEach(band -> band(table, facts.target(), band, "env steps"));
		}
		analysis.overallCurves().forEach(band -> band(table, "all targets (normalised)", band,
				analysis.overallInSteps() ? "env steps" : "share of budget"));
		return table;
	}

	private static void band(CsvTable table, String target, CurveBand band, String unit) {
		for (int i = 0; i < band.x().length; i++) {
			table.row(target, band.arm(), band.x()[i], unit, band.value()[i], band.low()[i], band.high()[i], band.runs());
		}
	}

	private static CsvTable transferMetrics(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("target", "arm", "baseline", "metric", "unit", "estimate", "low", "high", "runs",
				"resampling");
		for (TransferFigures each : analysis.figures()) {
			for (TransferMetric metric : each.metrics().keySet()) {
				row(table, each.target(), each.arm(), analysis.baseline(), metric.label(), metric.unit(), each.metric(metric),
						each.runs(), each.paired() ? "paired by seed" : "independent");
			}
			row(table, each.target(), each.arm(), "", "return at step 0", "return", each.stepZero(), each.runs(), "");
			row(table, each.target(), each.arm(), "", "asymptote", "return", each.asymptote(), each.runs(), "");
			row(table, each.target(), each.arm(), "", "mean return", "return", each.meanReturn(), each.runs(), "");
			row(table, each.target(), each.arm(), "", "time to threshold", "env steps", each.timeToThreshold(), each.runs(), "");
		}
		for (OverallFigures each : analysis.overall()) {
			String target = "all targets";
			for (TransferMetric metric : each.metrics().keySet()) {
				row(table, target, each.arm(), analysis.baseline(), metric.label(), metric.overallUnit(), each.metric(metric),
						each.runs(), "");
			}
			if (each.probabilityOfImprovement().isDefined()) {
				row(table, target, each.arm(), analysis.baseline(), "probability of improvement", "",
						each.probabilityOfImprovement(), each.runs(), "independent");
			}
			each.scores().forEach((aggregate, estimate) -> row(table, target, each.arm(), "", aggregate.label(),
					"normalised return", estimate, each.runs(), ""));
		}
		return table;
	}

	private static void row(CsvTable table, String target, String arm, String baseline, String metric, String unit,
			Estimate estimate, int runs, String resampling) {
		table.row(target, arm, baseline, metric, unit, estimate.value(), estimate.low(), estimate.high(), runs, resampling);
	}

	private static CsvTable shots(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("target", "arm", "shots", "judged return", "low", "high", "difference from baseline",
				"difference low", "difference high", "runs");
		for (TransferFigures each : analysis.figures()) {
			each.shots().forEach((k, estimate) -> {
				Estimate difference = each.shotDifferences().getOrDefault(k, Estimate.UNDEFINED);
				table.row(each.target(), each.arm(), k, estimate.value(), estimate.low(), estimate.high(), difference.value(),
						difference.low(), difference.high(), each.runs());
			});
		}
		return table;
	}

	private static CsvTable cost(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("target", "arm", "runs", "source steps", "source processor seconds", "target steps",
				"target processor seconds");
		for (TransferFigures each : analysis.figures()) {
			table.row(each.target(), each.arm(), each.runs(), each.sourceSteps(), each.sourceSeconds(), each.targetSteps(),
					each.targetSeconds());
		}
		return table;
	}

	private static CsvTable profile(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("arm", "normalised return", "share of runs above", "low", "high", "runs");
		for (CurveBand band : analysis.profiles()) {
			for (int i = 0; i < band.x().length; i++) {
				table.row(band.arm(), band.x()[i], band.value()[i], band.low()[i], band.high()[i], band.runs());
			}
		}
		return table;
	}
}
