package org.headstart.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import org.headstart.engine.analysis.AnalysisSettings;
import org.headstart.engine.analysis.TransferAnalysis;
import org.headstart.report.ReportWriter;
import org.headstart.report.RunReport;

/** Writes the report of a results folder and says what is in it. */
final class WrittenReport {

	private WrittenReport() {
	}

	/**
	 * Writes the report into the folder {@code report} of the results.
	 *
	 * @param folder the results folder
	 * @param print  where the short table and the report's path go
	 * @param err    where problems go
	 * @throws CommandFailure when there is nothing to report
	 * @throws IOException    when results cannot be read or the report cannot be written
	 */
	static void write(Path folder, PrintWriter print, PrintWriter err) throws CommandFailure, IOException {
		RunReport run = RecordedRun.read(folder, err);
		Path report = folder.resolve("report");
		TransferAnalysis analysis = run.analyse(AnalysisSettings.DEFAULT);
		List<String> problems = ReportWriter.write(run, analysis, report);
		ResultTable.print(analysis, print);
		problems.forEach(problem -> err.println("headstart: " + problem));
		print.println();
		print.println("Report: " + report.resolve("report.html"));
	}
}
