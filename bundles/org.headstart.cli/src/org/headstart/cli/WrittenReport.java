package org.headstart.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

import org.headstart.engine.analysis.AnalysisSettings;
import org.headstart.engine.analysis.TransferAnalysis;
import org.headstart.engine.results.PlanFile;
import org.headstart.engine.results.Results;

/** Writes the report of a results folder and says what is in it. */
final class WrittenReport {

	private WrittenReport() {
	}

	/**
	 * Writes the report.
	 *
	 * @param folder the results folder
	 * @param print  where the short table and the report's path go
	 * @throws IOException when results cannot be read or the report cannot be written
	 */
	static void write(Path folder, PrintWriter print) throws IOException {
		Results results = Results.read(folder);
		PlanFile plan = results.plan();
		AnalysisSettings settings = plan.threshold() == null ? AnalysisSettings.DEFAULT
				: AnalysisSettings.DEFAULT.withThreshold(plan.threshold());
		ResultTable.print(TransferAnalysis.of(plan.strategies(), plan.strategies().get(0), plan.targets(),
				results.finished(), settings), print);
	}
}
