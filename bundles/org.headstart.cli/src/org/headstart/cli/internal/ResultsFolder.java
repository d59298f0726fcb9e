package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.headstart.report.internal.RecordedRun;
import org.headstart.report.internal.RunReport;
import org.headstart.runtime.internal.Installation;

/** The results folder of a command. */
final class ResultsFolder {

	private ResultsFolder() {}

	/**
	 * @param out  the folder given by the user, or null
	 * @param name the experiment's name
	 * @return the results folder; by default {@code results/NAME} in the current folder
	 */
	static Path of(Path out, String name) {
		return out != null ? out : Path.of("results", name);
	}

	/**
	 * @param folder a folder that should hold results
	 * @return the folder
	 * @throws CommandFailure when it does not exist or contains no results
	 */
	static Path existing(Path folder) throws CommandFailure {
		if (!Files.isDirectory(folder)) {
			throw new CommandFailure(ExitCode.NOT_FOUND, folder + (Files.exists(folder) ? " is not a folder" : " does not exist")
					+ ". Name a results folder of 'headstart run'.");
		}
		if (!Files.exists(folder.resolve("plan.json"), LinkOption.NOFOLLOW_LINKS)) {
			throw new CommandFailure(ExitCode.NOT_FOUND, folder
					+ " is not a results folder: it has no plan.json. Name a results folder of 'headstart run'.");
		}
		return folder;
	}

	/**
	 * @param folder a folder that should hold results; a run may be under way in it
	 * @param err    where steps are named whose results are damaged; the report goes without them
	 * @return what the report is made from
	 * @throws CommandFailure when it does not exist or contains no results
	 * @throws IOException    when it cannot be read or has nothing to report
	 */
	static RunReport report(Path folder, PrintWriter err) throws CommandFailure, IOException {
		return RecordedRun.read(existing(folder), () -> Installation.current().catalog(),
				problem -> err.println("headstart: left out: " + problem));
	}
}
