package org.headstart.cli.internal;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Where results are, as the command line says it. */
final class ResultsFolder {

	private ResultsFolder() {}

	/**
	 * @param out  what the user gave, or null
	 * @param name the experiment's name
	 * @return where its results are: {@code results/NAME} under the current folder unless the user says otherwise
	 */
	static Path of(Path out, String name) {
		return out != null ? out : Path.of("results", name);
	}

	/**
	 * @param folder a folder that should hold results
	 * @return the folder
	 * @throws CommandFailure when it is not there or holds no results
	 */
	static Path existing(Path folder) throws CommandFailure {
		if (!Files.isDirectory(folder)) {
			throw new CommandFailure(ExitCode.NOT_FOUND, folder + (Files.exists(folder) ? " is no folder" : " is not there")
					+ ". Name the folder that 'headstart run' wrote its results into.");
		}
		if (!Files.exists(folder.resolve("plan.json"), LinkOption.NOFOLLOW_LINKS)) {
			throw new CommandFailure(ExitCode.NOT_FOUND, folder
					+ " is not a results folder: it has no plan.json. Name the folder that 'headstart run' wrote its results into.");
		}
		return folder;
	}
}
