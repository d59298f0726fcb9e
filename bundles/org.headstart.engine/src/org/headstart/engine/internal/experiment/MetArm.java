package org.headstart.engine.internal.experiment;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.engine.internal.experiment.Experiment.Arm;

/** An arm among the tasks. */
final class MetArm {

	private final ArmEntry entry;
	private final Arm arm;
	private final ContributionReader contributions;
	/** What it meets in each entry; empty where its wrappers do not go around the entry's environment. */
	private final Map<TaskEntry, Optional<TaskFamily>> families = new IdentityHashMap<>();

	/** @param arm backbone and learner are null where they could not be read */
	MetArm(ArmEntry entry, Arm arm, ContributionReader contributions) {
		this.entry = entry;
		this.arm = arm;
		this.contributions = contributions;
	}

	ArmEntry entry() {
		return entry;
	}

	Arm arm() {
		return arm;
	}

	/** What the arm meets in an entry: the family in the arm's wrappers; empty, and told, where these refuse it. */
	Optional<TaskFamily> met(TaskEntry task) {
		return entry.wrappers().isEmpty() ? Optional.of(task.family())
				: families.computeIfAbsent(task,
						key -> contributions.wrapped(entry.at(), entry.wrappers(), task.family(), task.environment().contribution()));
	}
}
