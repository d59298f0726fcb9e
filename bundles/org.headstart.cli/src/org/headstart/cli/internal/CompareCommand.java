package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.report.internal.CompareWriter;
import org.headstart.report.internal.RunReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares two runs. */
@Command(name = "compare", description = "Compares two runs, strategy by strategy on their common targets, with intervals.")
final class CompareCommand implements Callable<Integer> {

	@Parameters(index = "0", paramLabel = "FIRST", description = "The results folder of the first run, the reference.")
	private Path first;

	@Parameters(index = "1", paramLabel = "SECOND", description = "The results folder of the second run.")
	private Path second;

	@Option(names = "--html", paramLabel = "FILE", description = "Also write an HTML page into this file.")
	private Path html;

	@Option(names = "--json", description = "Print the table as JSON, for scripts.")
	private boolean json;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		RunReport one = ResultsFolder.report(first, err);
		RunReport two = ResultsFolder.report(second, err);
		CompareWriter writer = new CompareWriter(one, two, AnalysisSettings.DEFAULT);
		if (html != null) {
			try {
				Files.writeString(html, writer.html(), StandardCharsets.UTF_8);
			} catch (IOException e) {
				throw new CommandFailure(ExitCode.CANNOT_WRITE, html + " cannot be written: "
						+ (Files.isDirectory(html) ? "it is a folder" : e instanceof NoSuchFileException ? "there is no such folder"
								: Headstart.message(e)),
						e);
			}
		}
		String page = html == null ? null : html.toAbsolutePath().normalize().toString();
		if (json) {
			JsonOutput.print(new Document(one.name(), two.name(), page, AnalysisSettings.DEFAULT.confidence(), writer.notes(),
					FigureDocument.of(writer.table())), print);
			return ExitCode.OK;
		}
		print.println("first:  " + one.name());
		print.println("second: " + two.name());
		print.println(writer.table().caption());
		if (!writer.table().rows().isEmpty()) {
			ResultTable.groups(writer.table(), print);
		}
		writer.notes().forEach(print::println);
		if (page != null) {
			print.println(TextLayout.command("Page: ", List.of(html.toString()), Terminal.OUT));
		}
		return ExitCode.OK;
	}

	/**
	 * The document of {@code compare --json}.
	 *
	 * @param first      name of the first experiment, the reference
	 * @param second     name of the second experiment
	 * @param page       the page's file; null without a page
	 * @param confidence level of all intervals
	 * @param notes      limitations of the comparison
	 * @param comparison the figures, a row for each
	 */
	private record Document(String first, String second, String page, double confidence, List<String> notes,
			FigureDocument comparison) {}
}
