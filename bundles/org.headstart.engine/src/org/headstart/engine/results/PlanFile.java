package org.headstart.engine.results;

import java.util.ArrayList;
import java.util.List;

import org.headstart.engine.experiment.Experiment;
import org.headstart.engine.plan.Plan;
import org.headstart.engine.plan.Step;

/**
 * {@code plan.json}: the plan as far as one needs it to read the results, without any contribution installed.
 *
 * @param format      {@link ResultStore#FORMAT}
 * @param experiment  the experiment's name
 * @param description for people; may be empty
 * @param strategies  the arms' labels, in the experiment's order
 * @param targets     the targets' labels, in the experiment's order
 * @param shots       after how many granted episodes agents are judged
 * @param seeds       how many seeds
 * @param rootSeed    the root of all randomness
 * @param threshold   the return that "time to threshold" waits for; null when the analysis derives it
 * @param steps       the steps, each behind those it needs
 */
public record PlanFile(int format, String experiment, String description, List<String> strategies, List<String> targets,
		List<Integer> shots, int seeds, long rootSeed, Double threshold, List<PlannedStep> steps) {

	/**
	 * A step of the plan.
	 *
	 * @param key              its key, which names its folder
	 * @param kind             {@code acquire} or {@code adapt}
	 * @param strategies       labels of the arms that use it
	 * @param target           the target's label; null for an acquisition
	 * @param seed             number of the seed, from 1
	 * @param needs            keys of the steps that it builds on
	 * @param label            for people
	 * @param environmentSteps environment steps planned
	 */
	public record PlannedStep(String key, String kind, List<String> strategies, String target, int seed, List<String> needs,
			String label, long environmentSteps) {

		/** @return whether the step makes an agent for a target */
		public boolean adapts() {
			return kind.equals(ADAPT);
		}
	}

	static final String ACQUIRE = "acquire";
	static final String ADAPT = "adapt";

	/**
	 * Takes from a plan what the file keeps.
	 *
	 * @param plan the plan
	 * @return the file's content
	 */
	public static PlanFile of(Plan plan) {
		Experiment experiment = plan.experiment();
		List<String> arms = experiment.strategies().stream().map(Experiment.Arm::label).toList();
		List<String> targets = experiment.target().stream().map(Experiment.TaskUse::label).toList();
		List<PlannedStep> steps = new ArrayList<>();
		for (Step step : plan.steps()) {
			steps.add(new PlannedStep(step.key(), step.kind() == Step.Kind.ACQUIRE ? ACQUIRE : ADAPT,
					step.arms().stream().map(arms::get).toList(), step.target() < 0 ? null : targets.get(step.target()),
					step.seed(), step.needs(), step.label(), step.envSteps()));
		}
		return new PlanFile(ResultStore.FORMAT, experiment.name(), experiment.description(), arms, targets,
				experiment.shots(), experiment.seeds(), experiment.rootSeed(),
				Double.isNaN(experiment.threshold()) ? null : experiment.threshold(), steps);
	}
}
