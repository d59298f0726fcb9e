package org.headstart.engine.internal.results;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;

/**
 * {@code plan.json}: the part of the plan that is needed to read the results without any contribution installed.
 *
 * @param format      {@link ResultStore#FORMAT}
 * @param experiment  the experiment's name
 * @param description for people; may be empty
 * @param comparison  the arms and the tasks
 * @param protocol    the way of comparison
 * @param steps       the steps, each behind those it needs
 */
public record PlanFile(int format, String experiment, String description, @Inlined Comparison comparison, @Inlined Protocol protocol,
		List<PlannedStep> steps) implements Json.Checked {

	/**
	 * The arms and the tasks of the comparison.
	 *
	 * @param strategies the arms' labels, in the experiment's order
	 * @param baseline   label of the arm that others are compared with
	 * @param targets    the targets' labels, in the experiment's order
	 */
	public record Comparison(List<String> strategies, String baseline, List<String> targets) {

		private boolean whole() {
			return Json.whole(strategies) && strategies.contains(baseline) && Json.whole(targets);
		}
	}

	/**
	 * The way of comparison.
	 *
	 * @param shots     after how many granted episodes agents are judged
	 * @param seeds     how many seeds
	 * @param rootSeed  the root of all randomness
	 * @param threshold the return that "time to threshold" waits for; null when the analysis derives it
	 */
	public record Protocol(List<Integer> shots, int seeds, long rootSeed, Double threshold) {}

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
	 * @param environmentSteps environment steps planned, or as many of the other unit
	 * @param unit             {@code examples} or {@code updates} where these are counted; null where it is environment steps
	 */
	public record PlannedStep(String key, String kind, List<String> strategies, String target, int seed, List<String> needs,
			String label, long environmentSteps, String unit) {

		/** @return the unit */
		public BudgetUnit counted() {
			return Units.of(unit);
		}

		private boolean whole() {
			return ResultStore.isKey(key) && kind != null && label != null && seed > 0 && environmentSteps >= 0 && Units.isOne(unit)
					&& Json.whole(strategies) && !strategies.isEmpty() && Json.whole(needs)
					&& (adapts() ? target != null : kind.equals(ACQUIRE));
		}

		/** @return whether the step makes an agent for a target */
		public boolean adapts() {
			return kind.equals(ADAPT);
		}
	}

	public static final String ACQUIRE = "acquire";
	public static final String ADAPT = "adapt";

	/** A later format is not checked, since this version does not know it. */
	@Override
	public Optional<String> flaw() {
		if (format > ResultStore.FORMAT) {
			return Optional.empty();
		}
		if (format != ResultStore.FORMAT || experiment == null || description == null || !comparison.whole()
				|| !Json.whole(protocol.shots()) || !Json.whole(steps)) {
			return Optional.of("parts of the plan are missing");
		}
		Set<String> before = new HashSet<>();
		for (int i = 0; i < steps.size(); i++) {
			PlannedStep step = steps.get(i);
			if (!step.whole()) {
				return Optional.of("step " + (i + 1) + " is not whole");
			}
			if (!comparison.strategies().containsAll(step.strategies())
					|| step.adapts() && !comparison.targets().contains(step.target())
					|| step.seed() > protocol.seeds() || !before.containsAll(step.needs()) || !before.add(step.key())) {
				return Optional.of("step " + (i + 1) + " does not fit the plan");
			}
		}
		return Optional.empty();
	}

	/**
	 * Makes the file's content from a plan.
	 *
	 * @param plan the plan
	 * @return the file's content
	 */
	public static PlanFile of(Plan plan) {
		Experiment experiment = plan.experiment();
		List<String> arms = experiment.strategies().stream().map(Experiment.Arm::label).toList();
		List<String> targets = experiment.tasks().target().stream().map(Experiment.TaskUse::label).toList();
		List<PlannedStep> steps = new ArrayList<>();
		for (Step step : plan.steps()) {
			steps.add(new PlannedStep(step.key(), step.kind() == Step.Kind.ACQUIRE ? ACQUIRE : ADAPT,
					step.arms().stream().map(arms::get).toList(), step.target() < 0 ? null : targets.get(step.target()),
					step.seed(), step.needs(), step.label(), step.envSteps(), Units.named(step.unit())));
		}
		Experiment.Protocol protocol = experiment.protocol();
		return new PlanFile(ResultStore.FORMAT, experiment.name(), experiment.description(),
				new Comparison(arms, experiment.baseline(), targets), new Protocol(protocol.shots(), protocol.seeds(), protocol.rootSeed(),
						Double.isNaN(protocol.threshold()) ? null : protocol.threshold()),
				steps);
	}
}
