package org.headstart.cli.internal;

import java.util.List;
import java.util.Locale;

import org.headstart.engine.internal.experiment.ExperimentReader.Problem;

/**
 * A problem of an experiment in {@code --json} documents.
 *
 * @param severity {@code error} or {@code warning}
 * @param source   the file, or the option of the command line
 * @param line     from 1; null for the whole source
 * @param column   from 1; null for the whole source
 * @param key      the path of the setting with dots; empty for the whole
 * @param message the problem and the right form
 */
record ProblemJson(String severity, String source, Integer line, Integer column, String key, String message) {

	static List<ProblemJson> of(List<Problem> problems) {
		return problems.stream().map(problem -> new ProblemJson(problem.severity().name().toLowerCase(Locale.ROOT),
				problem.source(), known(problem.line()), known(problem.column()), problem.key(), problem.message())).toList();
	}

	/** Makes a problem without a place in the text. */
	static ProblemJson of(String source, String message) {
		return new ProblemJson("error", source, null, null, "", message);
	}

	private static Integer known(int place) {
		return place == 0 ? null : place;
	}
}
