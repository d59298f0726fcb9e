package org.headstart.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.headstart.engine.experiment.ExperimentReader.Reading;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says of experiment files what is wrong with them, with line and column. */
@Command(name = "validate", description = "Says of experiment files what is wrong with them, with line and column.")
final class ValidateCommand implements Callable<Integer> {

	@Parameters(arity = "1..*", paramLabel = "FILE", description = "Experiment files or names of examples.")
	private List<String> files;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		PrintWriter out = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		int worst = ExitCode.OK;
		for (String file : files) {
			try {
				Reading reading = ExperimentInput.reading(file, Map.of());
				ExperimentInput.print(reading, err);
				if (reading.experiment().isPresent()) {
					out.println(file + ": valid" + (reading.problems().isEmpty() ? "" : ", with warnings"));
				} else {
					worst = Math.max(worst, ExitCode.INVALID_EXPERIMENT);
				}
			} catch (CommandFailure e) {
				err.println("headstart: " + e.getMessage());
				worst = Math.max(worst, e.exitCode());
			}
		}
		return worst;
	}
}
