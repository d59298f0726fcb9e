package org.headstart.report.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.figure.FigureTable.Scope;
import org.headstart.analysis.figure.Qualification;
import org.headstart.analysis.internal.section.ReportSections;
import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.Counted;
import org.headstart.analysis.result.CurveBand;
import org.headstart.analysis.result.TraceResult;
import org.headstart.analysis.section.AnalysedRun;
import org.headstart.analysis.section.Section;
import org.headstart.engine.internal.results.DurableFiles;

/**
 * Writes the report of an experiment into a folder: {@code report.html} (self-contained), tables as CSV, and {@code charts/} with
 * every chart as SVG and PNG.
 *
 * <p>Equal input gives equal bytes (PNG: on machines with the same fonts). Numbers in CSV are not rounded.
 */
public final class ReportWriter {

	private final AnalysisSettings settings;

	/** @param settings how to analyse; {@link AnalysisSettings#DEFAULT} for final figures */
	public ReportWriter(AnalysisSettings settings) {
		this.settings = settings;
	}

	/**
	 * Writes everything, over what is there. Charts that are there already, by the same code and of the same data, are kept.
	 *
	 * @param report what to report
	 * @param folder made when missing, in a folder that is there
	 * @return what is missing and why, for the person who asked for it: pictures that could not be drawn, for example on a machine
	 *         without fonts. Empty when all is there.
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
	 * @param folder   made when missing, in a folder that is there
	 * @return what is missing, as {@link #write(RunReport, Path)}
	 * @throws IOException when the folder cannot be written
	 */
	public static List<String> write(RunReport report, TransferAnalysis analysis, Path folder) throws IOException {
		return write(report, analysis, folder, ChartFiles.thisCode());
	}

	/** @param drawer see {@link ChartFiles} */
	static List<String> write(RunReport report, TransferAnalysis analysis, Path folder, Optional<String> drawer)
			throws IOException {
		Path charts = DurableFiles.folder(DurableFiles.folder(folder).resolve("charts"));
		List<String> problems = new ArrayList<>();
		boolean fonts = true;
		ChartFiles drawings = new ChartFiles(charts, drawer);
		List<Section> sections = ReportSections.of(new AnalysedRun(analysis, report.results(), report.origin()));
		for (ChartModel chart : sections.stream().map(Section::charts).flatMap(List::stream).toList()) {
			try {
				drawings.put(chart, fonts);
			} catch (NoFontsException e) {
				fonts = false;
				problems.add(e.getMessage());
			} catch (UndrawnException e) {
				problems.add(e.getMessage());
			}
		}
		Map<String, CsvTable> tables = new LinkedHashMap<>();
		tables.put("evaluations.csv", evaluations(report));
		tables.put("learning-curves.csv", learningCurves(analysis));
		tables.put("performance-profile.csv", profile(analysis));
		tables.put("episodes-of-trials.csv", episodes(analysis));
		tables.putAll(figures(sections, analysis));
		tables.put("training.csv", training(report));
		tables.put("traces.csv", traces(report));
		for (Map.Entry<String, CsvTable> table : tables.entrySet()) {
			text(folder.resolve(table.getKey()), table.getValue().toString());
		}
		// last, so that a page that is there has all that stands beside it
		text(folder.resolve("report.html"), new ReportPage(report, analysis, drawings).html(sections));
		return problems;
	}

	private static void text(Path file, String text) throws IOException {
		DurableFiles.publish(file, text);
	}

	private static CsvTable evaluations(RunReport report) {
		CsvTable table = new CsvTable("target", "arm", "seed",
				Counted.column(Counted.together(report.results().adaptations().stream().map(AdaptationResult::counted).toList()).target()),
				"return");
		for (String target : report.comparison().targets()) {
			for (String arm : report.comparison().arms()) {
				report.results().adaptations().stream().filter(each -> each.target().equals(target) && each.strategy().equals(arm))
						.sorted(Comparator.comparingInt(AdaptationResult::seed)).forEach(each -> {
							for (int i = 0; i < each.steps().length; i++) {
								table.row(target, arm, each.seed(), each.steps()[i], each.returns()[i]);
							}
						});
			}
		}
		return table;
	}

	private static CsvTable learningCurves(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("scope", "target", "arm", "x", "unit of x", "interquartile mean", "unit", "low", "high", "runs");
		for (TargetFacts facts : analysis.facts()) {
			if (facts.judgedOnly()) {
				continue;
			}
			analysis.curves().get(facts.target()).forEach(band -> band(table, Scope.TARGET, facts.target(), band, facts.unit().brief(),
					"return"));
		}
		analysis.overallCurves().forEach(band -> band(table, Scope.ALL_TARGETS, "", band,
				analysis.overallInSteps() ? analysis.counted().onTargets() : "share of budget", "normalised return"));
		return table;
	}

	private static void band(CsvTable table, Scope scope, String target, CurveBand band, String unitOfX, String unit) {
		for (int i = 0; i < band.x().length; i++) {
			table.row(scope.word(), target, band.arm(), band.x()[i], unitOfX, band.value()[i], unit, band.low()[i], band.high()[i],
					band.runs());
		}
	}

	/** The file that holds the figures of a table. */
	private static String file(FigureTable.Kind kind) {
		return switch (kind) {
			case TRANSFER_OVERALL, TRANSFER, PARTS, AGGREGATES -> "transfer-metrics.csv";
			case SHOTS, SHOT_DIFFERENCES -> "shots.csv";
			case RETURNS, RETURN_DIFFERENCES, EPISODES -> "returns.csv";
			case GENERALISATION -> "generalisation.csv";
			case COST -> "cost.csv";
			case SUMMARY, COMPARISON -> throw new IllegalArgumentException("a report's folder has no table of " + kind);
		};
	}

	/** The tables of the page, a row for each figure, of all kinds that a report has; those without figures are only a header. */
	private static Map<String, CsvTable> figures(List<Section> sections, TransferAnalysis analysis) {
		Map<String, CsvTable> files = new LinkedHashMap<>();
		for (FigureTable.Kind kind : EnumSet.complementOf(EnumSet.of(FigureTable.Kind.SUMMARY, FigureTable.Kind.COMPARISON))) {
			files.computeIfAbsent(file(kind), key -> new CsvTable("scope", "target", "against target", "arm", "baseline", "metric",
					"at", "unit", "estimate", "low", "high", "bound", "low bound", "high bound", "runs", "resampling", "note"));
		}
		for (FigureTable table : sections.stream().map(Section::tables).flatMap(List::stream).toList()) {
			for (FigureTable.Row row : table.rows()) {
				for (int i = 0; i < table.columns().size(); i++) {
					if (row.cells().get(i).says()) {
						figure(files.get(file(table.kind())), row, table.columns().get(i), row.cells().get(i).estimate(), analysis);
					}
				}
			}
		}
		return files;
	}

	private static void figure(CsvTable to, FigureTable.Row row, FigureTable.Column column, Estimate estimate,
			TransferAnalysis analysis) {
		Qualification said = estimate.qualification();
		to.row(row.key().scope().word(), row.key().target(), row.key().against(), row.key().arm(),
				column.compared() ? analysis.baseline() : "", column.key(), column.at() < 0 ? Double.NaN : column.at(), column.unit(),
				estimate.value(), estimate.low(), estimate.high(), said.value().ascii(), said.low().ascii(), said.high().ascii(),
				row.runs(), row.resampling(), said.note());
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

	private static CsvTable episodes(TransferAnalysis analysis) {
		CsvTable table = new CsvTable("target", "arm", "episode", "return", "low", "high", "runs");
		analysis.trials().episodes().forEach((target, bands) -> bands.forEach(band -> {
			for (int i = 0; i < band.x().length; i++) {
				table.row(target, band.arm(), band.x()[i], band.value()[i], band.low()[i], band.high()[i], band.runs());
			}
		}));
		return table;
	}

	private static CsvTable training(RunReport report) {
		CsvTable table = new CsvTable("source", "arms", "seed",
				Counted.column(report.results().acquisitions().stream().map(AcquisitionResult::unit).toList()), "return");
		for (AcquisitionResult each : report.results().acquisitions()) {
			for (int i = 0; i < each.steps().length; i++) {
				table.row(each.source(), listed(each.strategies()), each.seed(), each.steps()[i], each.returns()[i]);
			}
		}
		return table;
	}

	/** Labels that hold the separator are quoted, so that they do not read like two. */
	private static String listed(List<String> labels) {
		return String.join("; ", labels.stream()
				.map(label -> label.matches("[^;\"]*") ? label : '"' + label.replace("\"", "\"\"") + '"').toList());
	}

	private static CsvTable traces(RunReport report) {
		CsvTable table = new CsvTable("target", "arm", "seed", "trial", "episode", "step", "number", "value");
		for (TraceResult each : report.results().traces()) {
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
