package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.ExperimentDesign.Target;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment;

/** Reads the design of a comparison off an experiment. */
public final class PlannedDesign {

	private PlannedDesign() {}

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
}
