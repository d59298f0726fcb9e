package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.settings.Spelling;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;
import org.headstart.engine.internal.experiment.ExperimentFormat.SourceLabels;
import org.headstart.engine.internal.experiment.ExperimentFormat.TaskKeys;

/** The tasks that the entries of {@code source} and {@code target} stand for, each with its label and what it is paired with. */
final class TaskExpansion {

	/** Sources or targets of one experiment: more are a mistake in the file. */
	private static final int MOST_TASKS = 10_000;

	private final Findings found;
	private final Map<String, List<List<String>>> labels;

	/** @param labels receives the labels of each entry, by list */
	TaskExpansion(Findings found, Map<String, List<List<String>>> labels) {
		this.found = found;
		this.labels = labels;
	}

	/** @param sources of targets: what they may be paired with */
	List<TaskEntry.Labelled> tasks(String key, List<TaskEntry> entries, List<TaskEntry.Labelled> sources) {
		long count = 0;
		for (TaskEntry entry : entries) {
			count += (long) entry.taskSets().size() * Math.max(1, entry.keys().tasks());
		}
		if (count > MOST_TASKS) {
			found.problem(List.of(key), "stands for " + count + " tasks; at most " + MOST_TASKS + " are possible");
			return List.of();
		}
		List<TaskEntry.Labelled> uses = new ArrayList<>();
		Labels made = new Labels();
		for (TaskEntry entry : entries) {
			TaskKeys keys = entry.keys();
			List<Integer> paired = key.equals("source") ? List.of() : paired(List.of(key, entry.index()), keys.sources(), sources);
			Map<String, Object> settings = SettingsSchema.of(entry.environment().settings().getClass())
					.toYaml(entry.environment().settings());
			settings.put(entry.unit().key(), entry.budget());
			if (!entry.wrappers().isEmpty()) {
				settings.put("wrap", FrozenText.shown(entry.wrappers()));
			}
			if (!keys.sources().names().isEmpty()) {
				settings.put("sources", String.join("+", keys.sources().names()));
			}
			for (String set : entry.taskSets()) {
				for (int sample = keys.tasks() == 0 ? -1 : 0; sample < keys.tasks(); sample++) {
					boolean several = entry.taskSets().size() > 1;
					String given = keys.label().text();
					String number = sample < 0 ? "" : "-" + (sample + 1);
					String kind = entry.environment().id() + "/" + set + number;
					if (given.isEmpty()) {
						made.derive(kind, settings);
					} else {
						made.give(given + (several ? "/" + set : "") + (keys.tasks() > 1 ? number : ""), kind, settings);
					}
					uses.add(new TaskEntry.Labelled(new TaskUse("", entry.environment(), entry.wrappers(), set, sample, entry.budget(),
							entry.unit(), paired), entry));
				}
			}
		}
		List<String> names = made.names();
		List<TaskEntry.Labelled> result = new ArrayList<>();
		for (int i = 0; i < uses.size(); i++) {
			TaskUse use = uses.get(i).use();
			result.add(new TaskEntry.Labelled(
					new TaskUse(names.get(i), use.environment(), use.wrappers(), use.taskSet(), use.sample(), use.steps(), use.unit(),
							use.sources()),
					uses.get(i).entry()));
		}
		List<List<String>> byEntry = new ArrayList<>();
		for (TaskEntry.Labelled each : result) {
			while (byEntry.size() <= each.entry().index()) {
				byEntry.add(new ArrayList<>());
			}
			byEntry.get(each.entry().index()).add(each.use().label());
		}
		labels.put(key, byEntry);
		checkTasks(key, result);
		return result;
	}

	/** Indices of the sources that are named, ascending; of all where none is. */
	List<Integer> paired(List<Object> at, SourceLabels labels, List<TaskEntry.Labelled> sources) {
		if (labels.names().isEmpty()) {
			return IntStream.range(0, sources.size()).boxed().toList();
		}
		SortedSet<Integer> paired = new TreeSet<>();
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < labels.names().size(); i++) {
			String name = labels.names().get(i);
			Located given = found.root().get(at.get(0).toString()).list().get((Integer) at.get(1)).get("sources");
			List<Object> where = given != null && given.isList() ? Findings.path(at, "sources", i) : Findings.path(at, "sources");
			List<Integer> meant = IntStream.range(0, sources.size()).filter(source -> name.equals(sources.get(source).use().label())
					|| name.equals(sources.get(source).entry().keys().label().text())).boxed().toList();
			if (meant.isEmpty()) {
				found.problem(where, Spelling.unknown("source", name, sources.stream().map(source -> source.use().label()).toList()));
			} else if (!seen.add(name)) {
				found.problem(where, "'" + name + "' stands twice");
			}
			paired.addAll(meant);
		}
		return List.copyOf(paired);
	}

	private void checkTasks(String key, List<TaskEntry.Labelled> tasks) {
		Map<String, TaskEntry.Labelled> byLabel = new HashMap<>();
		Map<String, TaskEntry.Labelled> byContent = new HashMap<>();
		for (TaskEntry.Labelled each : tasks) {
			TaskUse use = each.use();
			List<Object> at = List.of(key, each.entry().index());
			SettingsSchema schema = SettingsSchema.of(use.environment().settings().getClass());
			String content = use.environment().id() + " " + schema.canonical(use.environment().settings()) + " "
					+ use.wrappers().stream().map(wrapper -> FrozenText.choice("id", wrapper).toString()).toList() + " " + use.sample()
					+ " " + use.steps() + " " + use.unit() + " " + use.taskSet() + " " + each.entry().keys().sources();
			TaskEntry.Labelled same = key.equals("target") ? byContent.putIfAbsent(content, each) : null;
			if (same != null) {
				found.problem(at, "is the same as target." + same.entry().index() + "; the results would be the same too, remove one");
				continue;
			}
			TaskEntry.Labelled taken = byLabel.putIfAbsent(use.label(), each);
			if (taken != null) {
				found.problem(each.entry().keys().label().text().isEmpty() ? at : Findings.path(at, "label"),
						"the label '" + use.label() + "' is taken by " + key + "." + taken.entry().index());
			}
		}
	}
}
