package org.headstart.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the report of a results folder again. */
@Command(name = "report", description = "Writes the report of a results folder: a page, charts as SVG and PNG, tables as CSV.")
final class ReportCommand implements Callable<Integer> {

	@Parameters(paramLabel = "DIR", description = "A results folder; a run may be under way in it.")
	private Path folder;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		FailureLog.in(ResultsFolder.existing(folder));
		WrittenReport.write(folder, spec.commandLine().getOut(), spec.commandLine().getErr());
		return ExitCode.OK;
	}
}
