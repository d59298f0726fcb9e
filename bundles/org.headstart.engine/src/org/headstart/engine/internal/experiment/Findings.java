package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import org.headstart.api.settings.SettingProblem;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.engine.internal.experiment.Located.Place;

/** An experiment file that is being read: its values, and what is wrong with them, each problem at its place. */
final class Findings {

	/** More problems than these help nobody. */
	private static final int MOST_PROBLEMS = 200;

	private final String source;
	private final List<Problem> problems = new ArrayList<>();
	/** A broken contribution is asked more than once, and says the same each time. */
	private final Set<Problem> said = new HashSet<>();
	private Located root;

	/** @param source names the file in problems */
	Findings(String source) {
		this.source = source;
	}

	/**
	 * Parses the file's text, before anything else.
	 *
	 * @return whether it is a map, whose values can be looked at
	 */
	boolean parse(String text) {
		try {
			root = parsed(text);
		} catch (YamlSource.Refused refused) {
			problem(Severity.ERROR, refused.place(), List.of(), refused.getMessage());
		}
		return root != null;
	}

	/** Null, and told, when the text is no map. */
	private Located parsed(String text) throws YamlSource.Refused {
		List<YamlSource.Flaw> flaws = new ArrayList<>();
		// a byte order mark is invisible to the person, so it is no mistake
		String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
		Optional<Located> value = new YamlSource(source, true, flaws).read(body);
		for (YamlSource.Flaw flaw : flaws) {
			problem(Severity.ERROR, flaw.place(), flaw.path(), flaw.message());
		}
		if (value.isEmpty()) {
			problem(Severity.ERROR, new Place(source, 0, 0), List.of(), "is empty; an experiment file begins with 'headstart: "
					+ ExperimentFormat.VERSION + "'");
		} else if (!value.get().isMap()) {
			problem(Severity.ERROR, value.get().place(), List.of(),
					"must be a map with the keys " + String.join(", ", ExperimentFormat.keys()));
		} else {
			return new Located(new Place(source, 0, 0), value.get().value());
		}
		return null;
	}

	/** The file's values; only of a text that could be parsed. */
	Located root() {
		return root;
	}

	/** Puts values of the command line in. */
	void override(Map<String, String> overrides, Map<String, List<List<String>>> labels) {
		Overrides puts = new Overrides(root, labels, problems);
		overrides.forEach(puts::apply);
	}

	/** Whether there is something for which the experiment cannot be run. */
	boolean hasErrors() {
		return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
	}

	/** What is wrong, by line and column. */
	List<Problem> sorted() {
		problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
		if (problems.size() > MOST_PROBLEMS) {
			List<Problem> first = new ArrayList<>(problems.subList(0, MOST_PROBLEMS));
			first.add(new Problem(Severity.ERROR, source, 0, 0, "", "there are " + (problems.size() - MOST_PROBLEMS)
					+ " more problems; mend these first"));
			return first;
		}
		return problems;
	}

	void problem(Severity severity, Place place, List<Object> path, String message) {
		Problem problem = new Problem(severity, place.source(), place.line(), place.column(), Overrides.dotted(path), message);
		if (said.add(problem)) {
			problems.add(problem);
		}
	}

	void problem(List<Object> path, String message) {
		add(Severity.ERROR, path, message);
	}

	void warning(List<Object> path, String message) {
		add(Severity.WARNING, path, message);
	}

	/** A problem at the place of the value to which a path leads. */
	void add(Severity severity, List<Object> path, String message) {
		problem(severity, root.place(path, false), path, message);
	}

	/** Gives problems of settings their places: an unknown key's is the key, any other's is the value. */
	void unbound(List<Object> at, SettingsSchema schema, SettingsSchema.Bound bound) {
		for (SettingProblem each : bound.problems()) {
			List<Object> path = path(at, each.path().toArray());
			problem(Severity.ERROR, root.place(path, !known(schema, each.path())), path, each.message());
		}
		for (SettingProblem each : bound.warnings()) {
			warning(path(at, each.path().toArray()), each.message());
		}
	}

	private static boolean known(SettingsSchema schema, List<Object> path) {
		Optional<SettingsSchema> here = Optional.of(schema);
		for (Object part : path) {
			if (part instanceof String key && here.isPresent()) {
				Optional<SettingsSchema> outer = here;
				var entry = outer.get().entries().stream().filter(each -> each.key().equals(key)).findFirst();
				if (entry.isEmpty()) {
					return false;
				}
				here = entry.get().nested();
			}
		}
		return true;
	}

	/** A path that leads on. */
	static List<Object> path(List<Object> at, Object... more) {
		List<Object> path = new ArrayList<>(at);
		path.addAll(List.of(more));
		return path;
	}

	/** Runs code of a contribution; what goes wrong there is a problem of the file's reader, not the end of reading. */
	<R> Optional<R> guarded(List<Object> at, Contribution<?> contribution, String what, Supplier<R> code) {
		try {
			return Optional.of(contribution.call(what, code::get));
		} catch (BrokenContributionException | RefusedException e) {
			problem(at, e.getMessage());
		}
		return Optional.empty();
	}

	/** A contribution, for people. */
	static String origin(Contribution<?> contribution) {
		return "'" + contribution.id() + "' of " + contribution.bundle();
	}

	/** The entries of a list; empty, and told where it is needed, when there are none. */
	List<Located> entries(String key, boolean needed) {
		Located list = root.get(key);
		if (list == null) {
			if (needed) {
				problem(Severity.ERROR, root.place(), List.of(key), "is missing; it needs a list with at least one entry");
			}
			return List.of();
		}
		if (!list.isList()) {
			problem(List.of(key), "must be a list: each entry begins with '- ', or all stand in [ ]");
			return List.of();
		}
		if (needed && list.list().isEmpty()) {
			problem(List.of(key), "is empty; it needs at least one entry");
		}
		return list.list();
	}
}
