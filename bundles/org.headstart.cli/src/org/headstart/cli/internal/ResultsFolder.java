package org.headstart.cli.internal;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

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
}
