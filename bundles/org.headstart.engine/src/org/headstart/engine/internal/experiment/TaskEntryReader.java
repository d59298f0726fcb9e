package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.settings.Spelling;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.catalog.TaskFamilies;
import org.headstart.engine.internal.experiment.ExperimentFormat.TaskKeys;

/** Reads the entries of {@code source} and {@code target}. */
final class TaskEntryReader {

	private final Findings found;
	private final ContributionReader contributions;
	private final Catalog catalog;

	TaskEntryReader(Findings found, ContributionReader contributions, Catalog catalog) {
		this.found = found;
		this.contributions = contributions;
		this.catalog = catalog;
	}

	/**
	 * Reads one of the lists.
	 *
	 * @param judged whether its tasks are judged, as targets are
	 */
	List<TaskEntry> entries(String key, boolean judged) {
		List<TaskEntry> result = new ArrayList<>();
		List<Located> list = found.entries(key, judged);
		for (int i = 0; i < list.size(); i++) {
			List<Object> at = List.of(key, i);
			Located map = list.get(i);
			if (!map.isMap()) {
				found.problem(at, "must be a map like {environment: "
						+ (catalog.environments().isEmpty() ? "…" : catalog.environments().firstKey()) + ", task: …, steps: 1e5}");
				continue;
			}
			Set<BudgetUnit> possible = budgets(map);
			List<String> format = new ArrayList<>(ExperimentFormat.TASKS.keys());
			format.removeIf(name -> Stream.of(BudgetUnit.values()).anyMatch(unit -> unit.key().equals(name) && !possible.contains(unit)));
			Record keys = contributions.formatKeys(at, map, ExperimentFormat.TASKS, format, "environment");
			Optional<BudgetUnit> unit = unit(at, map, possible);
			Optional<Choice<Environment<?>>> environment =
					contributions.chosen("environment", at, map, "environment", format, catalog.environments());
			if (environment.isEmpty()) {
				continue;
			}
			Optional<List<Choice<Wrapper<?>>>> wrappers = contributions.wrappers(at, map.get("wrap"));
			Optional<TaskFamily> family = wrappers.isEmpty() ? Optional.empty()
					: family(at, environment.get())
							.flatMap(bare -> contributions.wrapped(at, wrappers.get(), bare, environment.get().contribution()));
			if (!judged && keys instanceof TaskKeys taskKeys && !taskKeys.sources().names().isEmpty()) {
				found.problem(Findings.path(at, "sources"),
						"belongs into a target, where it names the sources that are learned on for it; leave it out");
			}
			if (!judged && keys instanceof TaskKeys taskKeys && unit.isPresent() && ExperimentFormat.budget(taskKeys, unit.get()) == 0) {
				found.problem(Findings.path(at, unit.get().key()),
						"must be at least 1: nothing is learned on a source without " + unit.get().key()
								+ "; only a target may have 0, which means that it is judged and not trained on");
			}
			if (family.isPresent() && unit.isPresent() && keys instanceof TaskKeys taskKeys) {
				Optional<List<String>> taskSets = taskSets(at, taskKeys, family.get(), judged);
				int index = i;
				taskSets.ifPresent(sets -> result.add(new TaskEntry(index, taskKeys, environment.get(), wrappers.get(), family.get(), sets,
						unit.get())));
			}
		}
		return result;
	}

	/**
	 * The units that a budget may have: an environment with a setting of its own that is called {@code examples} or {@code updates} is
	 * read as ever, and has no budgets of these.
	 */
	private Set<BudgetUnit> budgets(Located map) {
		Set<BudgetUnit> possible = EnumSet.allOf(BudgetUnit.class);
		if (map.get("environment") instanceof Located id && id.value() instanceof String name && catalog.environments().containsKey(name)) {
			try {
				List<String> own = catalog.environments().get(name).schema().keys();
				possible.removeIf(unit -> unit != BudgetUnit.ENVIRONMENT_STEPS && own.contains(unit.key()));
			} catch (BrokenContributionException e) {
				return possible; // told where it is looked up
			}
		}
		return possible;
	}

	/** By the budget's key, of which there is exactly one. */
	private Optional<BudgetUnit> unit(List<Object> at, Located map, Set<BudgetUnit> possible) {
		List<BudgetUnit> given = possible.stream().filter(unit -> map.get(unit.key()) != null).toList();
		if (given.isEmpty()) {
			found.problem(Findings.path(at, BudgetUnit.ENVIRONMENT_STEPS.key()), "is missing; it is the budget in environment steps, and"
					+ " 'examples' or 'updates' stands in its place for a learner that counts these");
		}
		if (given.size() > 1) {
			found.problem(Findings.path(at, given.get(1).key()),
					"the budget stands twice, as '" + given.get(0).key() + "' and as '" + given.get(1).key()
							+ "': one of them has to go");
		}
		return given.size() == 1 ? Optional.of(given.get(0)) : Optional.empty();
	}

	private Optional<TaskFamily> family(List<Object> at, Choice<Environment<?>> environment) {
		try {
			return Optional.of(TaskFamilies.of(environment.contribution(), environment.settings()));
		} catch (RefusedException e) {
			found.problem(at, e.reason());
		} catch (BrokenContributionException e) {
			found.problem(at, e.getMessage());
		}
		return Optional.empty();
	}

	private Optional<List<String>> taskSets(List<Object> at, TaskKeys keys, TaskFamily family, boolean judged) {
		List<String> known = family.taskSets().stream().map(TaskSet::name).toList();
		List<String> names = keys.task().names();
		if (names.isEmpty() && judged) {
			found.problem(Findings.path(at, "task"), "is missing; it names the tasks to adapt to; there are: " + String.join(", ", known));
			return Optional.empty();
		}
		if (names.isEmpty()) {
			names = known.subList(0, 1);
		}
		boolean complete = true;
		Set<String> seen = new LinkedHashSet<>();
		for (int i = 0; i < names.size(); i++) {
			String name = names.get(i);
			List<Object> where = found.root().get(at.get(0).toString()).list().get((Integer) at.get(1)).get("task") instanceof Located task
					&& task.isList() ? Findings.path(at, "task", i) : Findings.path(at, "task");
			if (!known.contains(name)) {
				found.problem(where, Spelling.unknown("task", name, known));
				complete = false;
			} else if (!seen.add(name)) {
				found.problem(where, "'" + name + "' stands twice");
				complete = false;
			} else if (!judged && family.taskSet(name).role().heldOut()) {
				found.warning(where, "the tasks of '" + name + "' are held out for judging, and this trains on them");
			}
		}
		return complete ? Optional.of(List.copyOf(names)) : Optional.empty();
	}
}
