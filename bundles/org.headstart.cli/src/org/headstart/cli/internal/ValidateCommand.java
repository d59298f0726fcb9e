package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.headstart.engine.internal.experiment.ExperimentReader.Reading;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks experiment files and prints their problems with line and column. */
@Command(name = "validate", description = "Checks experiment files and prints their problems with line and column.")
final class ValidateCommand implements Callable<Integer> {

	@Parameters(arity = "1..*", paramLabel = "FILE", description = "Experiment files or names of examples; - for standard input.")
	private List<String> files;

	@Option(names = "--json", description = "Print JSON, for scripts.")
	private boolean json;

	@Spec
	private CommandSpec spec;

	/** The result for a file in the {@code --json} document. */
	private record Verdict(String file, boolean valid, List<ProblemJson> problems) {}

	@Override
	public Integer call() throws IOException {
		PrintWriter out = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		List<Verdict> verdicts = new ArrayList<>();
		int worst = ExitCode.OK;
		for (String file : files) {
			try {
				Reading reading = ExperimentInput.reading(file, Map.of());
				boolean valid = reading.experiment().isPresent();
				verdicts.add(new Verdict(file, valid, ProblemJson.of(reading.problems())));
				if (!json) {
					ExperimentInput.print(reading, err);
				}
				if (valid && !json) {
					out.println(file + ": valid" + (reading.problems().isEmpty() ? "" : ", with warnings"));
				}
				worst = Math.max(worst, valid ? ExitCode.OK : ExitCode.INVALID_EXPERIMENT);
			} catch (CommandFailure e) {
				verdicts.add(new Verdict(file, false, List.of(ProblemJson.of(file, e.getMessage()))));
				if (!json) {
					err.println("headstart: " + e.getMessage());
				}
				worst = Math.max(worst, e.exitCode());
			}
		}
		if (json) {
			JsonOutput.print(verdicts, out);
		}
		return worst;
	}
}
