package org.headstart.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment;

/**
 * What of an experiment decides which figures make sense, beyond the labels.
 *
 * @param targets one for each target
 * @param oracles labels of the arms whose agent is shown the task: what others can reach at best
 */
public record ExperimentDesign(List<Target> targets, Set<String> oracles) {

	/** Nothing is known: no figure that needs the design. */
	public static final ExperimentDesign UNKNOWN = new ExperimentDesign(List.of(), Set.of());

	/** Defensive copies. */
	public ExperimentDesign {
		targets = List.copyOf(targets);
		oracles = Set.copyOf(oracles);
	}

	/**
	 * Where the tasks of a target come from.
	 *
	 * @param label   the target's label
	 * @param family  environment and settings as text; equal for targets of one family
	 * @param taskSet the name of the task set
	 * @param whole   whether tasks are drawn from the whole set; false: the target is one task of it
	 * @param heldOut whether the set shares no task with those to learn on
	 */
	public record Target(String label, String family, String taskSet, boolean whole, boolean heldOut) {}

	/**
	 * Reads the design off an experiment.
	 *
	 * @param experiment the experiment
	 * @return its design
	 */
	public static ExperimentDesign of(Experiment experiment) {
		List<TaskFamily> families = experiment.tasks().target().stream().map(Experiment.TaskUse::family).toList();
		List<Target> targets = new ArrayList<>();
		for (int i = 0; i < families.size(); i++) {
			Experiment.TaskUse use = experiment.tasks().target().get(i);
			List<Choice<?>> choices = new ArrayList<>(List.of(use.environment()));
			choices.addAll(use.wrappers());
			targets.add(new Target(use.label(),
					choices.stream().map(choice -> choice.id() + " "
							+ SettingsSchema.of(choice.settings().getClass()).canonical(choice.settings()))
							.collect(Collectors.joining(" in ")),
					use.taskSet(), use.sample() < 0, families.get(i).taskSet(use.taskSet()).role().heldOut()));
		}
		Set<String> oracles = experiment.strategies().stream().filter(arm -> arm.role(experiment.tasks().target()) == StrategyRole.ORACLE)
				.map(Experiment.Arm::label).collect(Collectors.toSet());
		return new ExperimentDesign(targets, oracles);
	}

	/**
	 * @param label of a target
	 * @return whether it is known to be held out
	 */
	public boolean heldOut(String label) {
		return targets.stream().anyMatch(target -> target.label().equals(label) && target.heldOut());
	}
}
