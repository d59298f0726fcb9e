package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.settings.Spelling;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.runtime.internal.ExampleExperiments;
import org.headstart.runtime.internal.ExampleExperiments.Example;
import org.headstart.runtime.internal.Installation;

/**
 * An experiment named on the command line: a file, a pipe, {@code -} for standard input, or an example.
 *
 * @param experiment the experiment
 * @param frozenText its file's text with defaults and overrides written out
 * @param problems   warnings
 */
record ExperimentInput(Experiment experiment, String frozenText, List<Problem> problems) {

	/** The name of standard input, as in other commands. */
	static final String STANDARD_INPUT = "-";

	/**
	 * Reads an experiment and prints all problems.
	 *
	 * @param name      a file's path or an example's name
	 * @param overrides values that replace the file's, by dotted path
	 * @param err where to print problems
	 * @return the experiment
	 * @throws CommandFailure when there is no such experiment, or it is invalid
	 * @throws IOException    when an example cannot be read
	 */
	static ExperimentInput read(String name, Map<String, String> overrides, PrintWriter err)
			throws CommandFailure, IOException {
		Reading reading = reading(name, overrides);
		print(reading, err);
		if (reading.experiment().isEmpty()) {
			throw new CommandFailure(ExitCode.INVALID_EXPERIMENT, name + " is not a valid experiment; see above");
		}
		return new ExperimentInput(reading.experiment().get(), reading.frozenText(), reading.problems());
	}

	/**
	 * Reads an experiment and does not print its problems.
	 *
	 * @param name      a file's path or an example's name
	 * @param overrides values that replace the file's, by dotted path
	 * @return the reading
	 * @throws CommandFailure when there is no such experiment
	 * @throws IOException    when an example cannot be read
	 */
	static Reading reading(String name, Map<String, String> overrides) throws CommandFailure, IOException {
		Installation installation = Installation.current();
		Catalog catalog = installation.catalog();
		if (name.equals(STANDARD_INPUT)) {
			return ExperimentReader.read(System.in, "standard input", catalog, overrides);
		}
		Path file;
		try {
			file = Path.of(name);
		} catch (InvalidPathException e) {
			throw new CommandFailure(ExitCode.NOT_FOUND, "'" + name + "' is neither a file nor an example", e);
		}
		// a folder may have an example's name, for example the folder of its results
		if (Files.exists(file) && !Files.isDirectory(file)) {
			if (!Files.isReadable(file)) {
				throw new CommandFailure(ExitCode.NOT_FOUND, file + " cannot be read: permission denied");
			}
			return ExperimentReader.read(file, catalog, overrides);
		}
		Optional<Example> example = installation.examples().find(name);
		if (example.isPresent()) {
			return ExperimentReader.read(example.get().text(), name + ExampleExperiments.SUFFIX, catalog, overrides);
		}
		List<String> known = new ArrayList<>(installation.examples().all().keySet());
		throw new CommandFailure(ExitCode.NOT_FOUND, Files.isDirectory(file) ? file + " is a folder, not an experiment file"
				: "there is no file " + file.toAbsolutePath() + " and no example '" + name + "'"
						+ Spelling.nearest(name, known).map(near -> "; did you mean '" + near + "'?")
								.orElse("; examples: " + String.join(", ", known)));
	}

	/**
	 * @param name the name on the command line
	 * @return whether it can be read again later: it is a file or an example, not a pipe
	 */
	static boolean lasts(String name) {
		if (name.equals(STANDARD_INPUT)) {
			return false;
		}
		Path file = Path.of(name);
		return !Files.exists(file) || Files.isDirectory(file) || Files.isRegularFile(file);
	}

	/**
	 * Prints problems, one a line.
	 *
	 * @param reading the reading with the problems
	 * @param err     where to print
	 */
	static void print(Reading reading, PrintWriter err) {
		for (Problem problem : reading.problems()) {
			err.println(problem.severity() == Severity.ERROR ? Terminal.ERR.red(problem.toString())
					: problem.toString());
		}
	}
}
