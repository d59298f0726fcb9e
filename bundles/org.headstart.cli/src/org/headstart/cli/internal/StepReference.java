package org.headstart.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;

/**
 * A finished step named on the command line.
 *
 * @param store its results folder
 * @param key   its key
 * @param label the step, for people
 */
record StepReference(ResultStore store, String key, String label) {

	/**
	 * Finds a step.
	 *
	 * @param step its folder, its key, the beginning of its key, or its label
	 * @param in   the results folder; null: the current folder, or else all folders in {@code results}
	 * @return the step
	 * @throws CommandFailure when no step or several steps match, or when the step is not finished
	 * @throws IOException    when folders cannot be read
	 */
	static StepReference find(String step, Path in) throws CommandFailure, IOException {
		Path named = Path.of(step);
		if (Files.isRegularFile(named.resolve(ResultStore.PROVENANCE), LinkOption.NOFOLLOW_LINKS)) {
			// It may belong to an earlier version of the experiment; its user reports that.
			Path folder = named.toRealPath();
			if (folder.getNameCount() < 2) {
				throw new CommandFailure(ExitCode.NOT_FOUND, folder + " is not a step of a results folder");
			}
			String key = folder.getFileName().toString();
			ResultStore store = new ResultStore(folder.getParent().getParent());
			List<StepReference> planned = matches(store, key);
			return planned.isEmpty() ? new StepReference(store, key, "step " + key) : planned.get(0);
		}
		List<Path> folders = in != null ? List.of(ResultsFolder.existing(in)) : folders();
		List<StepReference> found = new ArrayList<>();
		List<String> unread = new ArrayList<>();
		for (Path folder : folders) {
			try {
				found.addAll(matches(new ResultStore(folder), step));
			} catch (CommandFailure e) {
				unread.add(e.getMessage());
			}
		}
		if (found.isEmpty() && !unread.isEmpty()) {
			throw new CommandFailure(ExitCode.NOT_FOUND, String.join("\n", unread));
		}
		if (found.isEmpty()) {
			throw new CommandFailure(ExitCode.NOT_FOUND, "no step '" + step + "' in "
					+ (folders.isEmpty() ? "a results folder here; name it with --in DIR"
							: String.join(", ", folders.stream().map(Path::toString).toList()) + "; 'headstart plan' lists the steps"));
		}
		if (found.size() > 1) {
			throw new CommandFailure(ExitCode.USAGE, "several steps match '" + step + "': " + String.join("; ", found.stream()
					.map(each -> each.key() + " in " + each.store().folder() + " (" + each.label() + ")").toList()));
		}
		StepReference only = found.get(0);
		if (!only.store().finished(only.key())) {
			throw new CommandFailure(ExitCode.NOT_FOUND,
					"step '" + only.label() + "' is not finished in " + only.store().folder() + "; run the experiment first");
		}
		return only;
	}

	private static List<Path> folders() throws IOException {
		if (Files.isRegularFile(Path.of("plan.json"))) {
			return List.of(Path.of("").toAbsolutePath());
		}
		Path results = Path.of("results");
		if (!Files.isDirectory(results)) {
			return List.of();
		}
		try (Stream<Path> entries = Files.list(results)) {
			return entries.filter(entry -> Files.isRegularFile(entry.resolve("plan.json"))).sorted().toList();
		}
	}

	private static List<StepReference> matches(ResultStore store, String wanted) throws CommandFailure, IOException {
		List<StepReference> found = new ArrayList<>();
		try {
			for (PlannedStep step : store.plan().stream().flatMap(plan -> plan.steps().stream()).toList()) {
				if (step.key().startsWith(wanted) || step.label().equals(wanted)) {
					found.add(new StepReference(store, step.key(), step.label()));
				}
			}
		} catch (ResultsException e) {
			throw new CommandFailure(ExitCode.NOT_FOUND, e.getMessage(), e);
		}
		return found;
	}
}
