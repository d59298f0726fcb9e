package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import org.headstart.engine.internal.results.DurableFiles;

/** Writes the stack traces of defects into the command's results folder, or into the user's folder for such files. */
final class FailureLog {

	private static volatile Path folder;

	private FailureLog() {}

	/**
	 * Sets the folder for this process's traces.
	 *
	 * @param results the command's results folder
	 */
	static void in(Path results) {
		folder = results;
	}

	/**
	 * Appends a trace.
	 *
	 * @param failure the exception
	 * @return the location of the trace, for the user
	 */
	static String write(Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		Path file = (folder != null && Files.isDirectory(folder) ? folder : stateFolder()).resolve("headstart-errors.log");
		try {
			Files.createDirectories(file.getParent());
			DurableFiles.clear(file);
			Files.writeString(file, Instant.now() + " " + trace, StandardOpenOption.CREATE, StandardOpenOption.APPEND,
					LinkOption.NOFOLLOW_LINKS);
			return file.toString();
		} catch (IOException e) {
			// without a file the message contains the trace itself
			return "no file, because " + file + " cannot be written:\n" + trace;
		}
	}

	private static Path stateFolder() {
		String xdg = System.getenv("XDG_STATE_HOME");
		return (xdg != null && Path.of(xdg).isAbsolute() ? Path.of(xdg)
				: Path.of(System.getProperty("user.home"), ".local", "state")).resolve("headstart");
	}
}
