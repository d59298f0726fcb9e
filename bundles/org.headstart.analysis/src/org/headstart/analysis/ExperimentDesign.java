package org.headstart.analysis;

import java.util.List;
import java.util.Set;

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
	 * @param label of a target
	 * @return whether it is known to be held out
	 */
	public boolean heldOut(String label) {
		return targets.stream().anyMatch(target -> target.label().equals(label) && target.heldOut());
	}
}
