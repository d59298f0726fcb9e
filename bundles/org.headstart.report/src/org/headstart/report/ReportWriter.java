package org.headstart.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.engine.analysis.AcquisitionResult;
import org.headstart.engine.analysis.AdaptationResult;
import org.headstart.engine.analysis.AnalysisSettings;
import org.headstart.engine.analysis.ChartModel;
import org.headstart.engine.analysis.CurveBand;
import org.headstart.engine.analysis.Estimate;
import org.headstart.engine.analysis.GeneralisationGap;
import org.headstart.engine.analysis.OverallFigures;
import org.headstart.engine.analysis.TargetFacts;
import org.headstart.engine.analysis.TraceCharts;
import org.headstart.engine.analysis.TraceResult;
import org.headstart.engine.analysis.TrainingCurves;
import org.headstart.engine.analysis.TransferAnalysis;
import org.headstart.engine.analysis.TransferCharts;
import org.headstart.engine.analysis.TransferFigures;
import org.headstart.engine.analysis.TransferMetric;
import org.headstart.engine.analysis.TrialCharts;
import org.headstart.engine.analysis.TrialFigures;

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
		for (ChartModel chart : charts(report, analysis)) {
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
		Map<String, CsvTable> tables = new LinkedHashMap<>();
		tables.put("evaluations.csv", evaluations(report));
		tables.put("learning-curves.csv", learningCurves(analysis));
		tables.put("transfer-metrics.csv", transferMetrics(analysis));
		tables.put("shots.csv", shots(analysis));
		tables.put("cost.csv", cost(analysis));
		tables.put("performance-profile.csv", profile(analysis));
		tables.put("returns.csv", returns(analysis));
		tables.put("episodes-of-trials.csv", episodes(analysis));
		tables.put("generalisation.csv", generalisation(analysis));
		tables.put("training.csv", training(report));
		tables.put("traces.csv", traces(report));
		for (Map.Entry<String, CsvTable> table : tables.entrySet()) {
			text(folder.resolve(table.getKey()), table.getValue().toString());
		}
		// last, so that a page that is there has all that stands beside it
		text(folder.resolve("report.html"), new ReportPage(report, analysis).html());
		return problems;
	}

	private static List<ChartModel> charts(RunReport report, TransferAnalysis analysis) {
		List<ChartModel> charts = new ArrayList<>(TransferCharts.of(analysis));
		charts.addAll(TrialCharts.of(analysis));
		charts.addAll(TraceCharts.of(report.labels(), report.targets(), report.traces()));
		charts.addAll(TrainingCurves.of(report.labels(), report.acquisitions(), analysis.settings()));
		return charts;
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
			if (facts.judgedOnly()) {
				continue;
			}
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
			if (analysis.facts(each.target()).judgedOnly()) {
				continue;
			}
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
			if (analysis.facts(each.target()).judgedOnly()) {
				continue;
			}
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

	private static CsvTable returns(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("target", "arm", "baseline", "figure", "estimate", "low", "high", "difference from baseline",
				"difference low", "difference high", "runs", "resampling");
		for (TrialFigures each : analysis.trials().figures()) {
			figure(table, analysis, each, "return", each.finalReturn(), each.difference());
			if (each.ratio().isDefined()) {
				figure(table, analysis, each, "return, ratio to baseline", each.ratio(), Estimate.UNDEFINED);
			}
			if (each.shareOfTheWay().isDefined()) {
				figure(table, analysis, each, "share of the way to " + analysis.trials().oracle(), each.shareOfTheWay(),
						Estimate.UNDEFINED);
			}
			each.outcomes().forEach((name, outcome) -> figure(table, analysis, each, name, outcome, each.outcomeDifference(name)));
		}
		return table;
	}

	private static void figure(CsvTable table, TransferAnalysis analysis, TrialFigures of, String figure, Estimate estimate,
			Estimate difference) {
		table.row(of.target(), of.arm(), analysis.baseline(), figure, estimate.value(), estimate.low(), estimate.high(),
				difference.value(), difference.low(), difference.high(), of.runs(),
				!of.difference().isDefined() ? "" : of.paired() ? "paired by seed" : "independent");
	}

	private static CsvTable episodes(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("target", "arm", "episode", "return", "low", "high", "runs");
		analysis.trials().episodes().forEach((target, bands) -> bands.forEach(band -> {
			for (int i = 0; i < band.x().length; i++) {
				table.row(target, band.arm(), band.x()[i], band.value()[i], band.low()[i], band.high()[i], band.runs());
			}
		}));
		return table;
	}

	private static CsvTable generalisation(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("arm", "seen", "held out", "return on seen", "low on seen", "high on seen",
				"return on held out", "low on held out", "high on held out", "gap", "gap low", "gap high", "runs", "resampling");
		for (GeneralisationGap each : analysis.trials().gaps()) {
			table.row(each.arm(), each.seen(), each.heldOut(), each.seenReturn().value(), each.seenReturn().low(),
					each.seenReturn().high(), each.heldOutReturn().value(), each.heldOutReturn().low(), each.heldOutReturn().high(),
					each.gap().value(), each.gap().low(), each.gap().high(), each.runs(),
					each.paired() ? "paired by seed" : "independent");
		}
		return table;
	}

	private static CsvTable training(RunReport report) {
		CsvTable table = new CsvTable("source", "arms", "seed", "steps", "return");
		for (AcquisitionResult each : report.acquisitions()) {
			for (int i = 0; i < each.steps().length; i++) {
				table.row(each.source(), String.join("; ", each.strategies()), each.seed(), each.steps()[i], each.returns()[i]);
			}
		}
		return table;
	}

	private static CsvTable traces(RunReport report) {
		CsvTable table = new CsvTable("target", "arm", "seed", "trial", "episode", "step", "number", "value");
		for (TraceResult each : report.traces()) {
			for (TraceResult.Episode episode : each.episodes()) {
				for (int name = 0; name < each.trace().names().size(); name++) {
					for (int i = 0; i < episode.steps().length; i++) {
						table.row(each.target(), each.strategy(), each.seed(), episode.trial(), episode.number(), episode.steps()[i],
								each.trace().names().get(name), episode.values()[name][i]);
					}
				}
			}
		}
		return table;
	}
}
