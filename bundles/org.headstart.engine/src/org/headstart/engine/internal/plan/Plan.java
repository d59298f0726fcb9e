package org.headstart.engine.internal.plan;

import java.util.List;

import org.headstart.engine.internal.experiment.Experiment;

/**
 * The steps of an experiment: a directed acyclic graph, listed so that every step follows the steps that it needs. Steps are
 * ordered by seed first, so that a run that is stopped early has complete seeds. Immutable.
 *
 * @param experiment the experiment
 * @param steps      the steps
 */
public record Plan(Experiment experiment, List<Step> steps) {

	/** Defensive copy. */
	public Plan {
		steps = List.copyOf(steps);
	}

	/**
	 * @param key a step's key
	 * @return the step
	 * @throws IllegalArgumentException when there is none
	 */
	public Step step(String key) {
		for (Step step : steps) {
			if (step.key().equals(key)) {
				return step;
			}
		}
		throw new IllegalArgumentException("the plan has no step " + key);
	}
}
