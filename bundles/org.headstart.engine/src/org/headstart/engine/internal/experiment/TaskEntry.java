package org.headstart.engine.internal.experiment;

import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;
import org.headstart.engine.internal.experiment.ExperimentFormat.TaskKeys;

/**
 * One entry of {@code source} or {@code target}, which may stand for several tasks.
 *
 * @param index       its place in the list
 * @param keys        the format's own keys
 * @param environment the environment
 * @param wrappers    what is around it, the innermost first
 * @param family      the family, wrapped
 * @param taskSets    names of its task sets
 * @param unit        what its budget is counted in
 */
record TaskEntry(int index, TaskKeys keys, Choice<Environment<?>> environment, List<Choice<Wrapper<?>>> wrappers, TaskFamily family,
		List<String> taskSets, BudgetUnit unit) {

	/** A task of the experiment, and the entry that it comes from. */
	record Labelled(TaskUse use, TaskEntry entry) {}

	long budget() {
		return ExperimentFormat.budget(keys, unit);
	}

	/** The path of the budget. */
	List<Object> budgetAt(String list) {
		return List.of(list, index, unit.key());
	}

	/** The most steps of an episode. */
	int horizon() {
		return family.environment().maxEpisodeSteps();
	}
}
