package org.headstart.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.headstart.engine.analysis.AnalysisSettings;
import org.headstart.report.CompareWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two runs. */
@Command(name = "compare", description = "Compares two runs, strategy by strategy on the targets that both have, with intervals.")
final class CompareCommand implements Callable<Integer> {

	@Parameters(index = "0", paramLabel = "FIRST", description = "The results folder that is compared against.")
	private Path first;

	@Parameters(index = "1", paramLabel = "SECOND", description = "The results folder that is compared.")
	private Path second;

	@Option(names = "--html", paramLabel = "FILE", description = "Write a page too.")
	private Path html;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		CompareWriter writer = new CompareWriter(RecordedRun.read(first, err), RecordedRun.read(second, err),
				AnalysisSettings.DEFAULT);
		print.print(writer.text());
		if (html != null) {
			try {
				Files.writeString(html, writer.html(), StandardCharsets.UTF_8);
			} catch (IOException e) {
				throw new CommandFailure(ExitCode.CANNOT_WRITE, html + " cannot be written: "
						+ (Files.isDirectory(html) ? "it is a folder" : e instanceof NoSuchFileException ? "there is no such folder"
								: Headstart.message(e)), e);
			}
			print.println("Page: " + html);
		}
		return ExitCode.OK;
	}
}
