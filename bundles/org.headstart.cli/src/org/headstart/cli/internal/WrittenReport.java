package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.Headline;
import org.headstart.engine.internal.text.ShellCommand;
import org.headstart.report.internal.ReportWriter;
import org.headstart.report.internal.RunReport;

/**
 * A written report of a results folder.
 *
 * @param run      the reported run
 * @param analysis its figures
 * @param page     the file of its page
 */
record WrittenReport(RunReport run, TransferAnalysis analysis, Path page) {

	/**
	 * Writes the report into the folder {@code report} of the results.
	 *
	 * @param folder the results folder
	 * @param err where to print problems
	 * @return the report
	 * @throws CommandFailure when there is nothing to report
	 * @throws IOException    when results cannot be read or the report cannot be written
	 */
	static WrittenReport of(Path folder, PrintWriter err) throws CommandFailure, IOException {
		SignalNotice.advise(" before the report was complete. Write it with: headstart report " + ShellCommand.quoted(folder.toString()));
		RunReport run = ResultsFolder.report(folder, err);
		Path report = folder.resolve("report");
		TransferAnalysis analysis = run.analyse(AnalysisSettings.DEFAULT);
		ReportWriter.write(run, analysis, report).forEach(problem -> err.println("headstart: " + problem));
		SignalNotice.advise("");
		return new WrittenReport(run, analysis, report.resolve("report.html"));
	}

	/**
	 * Writes the report and prints a summary.
	 *
	 * @param folder the results folder
	 * @param print where to print the short table and the report's path
	 * @param err where to print problems
	 * @throws CommandFailure when there is nothing to report
	 * @throws IOException    when results cannot be read or the report cannot be written
	 */
	static void write(Path folder, PrintWriter print, PrintWriter err) throws CommandFailure, IOException {
		WrittenReport report = of(folder, err);
		ResultTable.print(report.analysis(), print);
		print.println();
		print.println(TextLayout.command("Report: ", List.of(report.page().toString()), Terminal.OUT));
	}

	/** @return the document for {@code --json} */
	Document document() {
		List<String> warnings = new ArrayList<>(analysis.warnings());
		warnings.addAll(run.state().warnings());
		return new Document(run.name(), page.toAbsolutePath().normalize().toString(), Headline.of(analysis), analysis.baseline(),
				analysis.settings().confidence(), warnings, run.state().incomplete(), analysis.notes(),
				FigureTables.of(analysis).stream().map(FigureDocument::of).toList());
	}

	/**
	 * The document of {@code report --json}.
	 *
	 * @param experiment the experiment's name
	 * @param page       the file of the page
	 * @param finding    the finding in a few sentences
	 * @param baseline   label of the baseline
	 * @param confidence level of all intervals
	 * @param warnings   reasons why figures are doubtful or incomplete
	 * @param incomplete missing and failed steps
	 * @param notes      how figures were computed
	 * @param tables     the figures
	 */
	record Document(String experiment, String page, String finding, String baseline, double confidence, List<String> warnings,
			List<String> incomplete, List<String> notes, List<FigureDocument> tables) {}
}
