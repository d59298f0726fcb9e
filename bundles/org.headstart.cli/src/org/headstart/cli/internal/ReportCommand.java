package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the report of a results folder again. */
@Command(name = "report", description = "Writes the report of a results folder: a page, charts as SVG and PNG, tables as CSV.")
final class ReportCommand implements Callable<Integer> {

	@Parameters(paramLabel = "DIR", description = "A results folder; its run may still be running.")
	private Path folder;

	@Option(names = "--json", description = "Print the tables as JSON, for scripts.")
	private boolean json;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		FailureLog.in(ResultsFolder.existing(folder));
		PrintWriter print = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		if (json) {
			JsonOutput.print(WrittenReport.of(folder, err).document(), print);
		} else {
			WrittenReport.write(folder, print, err);
		}
		return ExitCode.OK;
	}
}
