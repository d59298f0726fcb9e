package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;

/**
 * What budgets, granted episodes and the cadence of evaluation come to for the learners that are to use them. That a budget
 * trains nothing although it was meant to is an error when it does so for every arm, otherwise a warning.
 */
final class BudgetCheck {

	/**
	 * An arm and how it learns on the tasks at hand.
	 *
	 * @param index    its place in {@code strategies}
	 * @param label    its label
	 * @param training how it learns
	 * @param backbone its networks' backbone, where that could be read
	 * @param at       the path of the backbone in the file
	 */
	record Learning(int index, String label, ArmTraining training, Optional<Choice<Backbone<?>>> backbone, List<Object> at) {}

	/**
	 * An update that takes longer than the time between evaluations.
	 *
	 * @param text what it takes
	 * @param unit what that is counted in
	 */
	private record Update(String text, BudgetUnit unit) {}

	private final ExperimentFormat.Values values;
	private final int mostShots;
	private final Findings findings;
	/** Said of an arm on one target, it need not be said for every other. */
	private final Set<List<Object>> said = new HashSet<>();
	/** By what an update takes, the arms that are judged more seldom than asked, by index. */
	private final Map<Update, SortedMap<Integer, String>> coarser = new LinkedHashMap<>();
	private final Set<Integer> trained = new HashSet<>();

	BudgetCheck(ExperimentFormat.Values values, Findings findings) {
		this.values = values;
		this.findings = findings;
		mostShots = values.shots().stream().mapToInt(Integer::intValue).max().orElse(0);
	}

	/** The arms that use a source; {@code horizon} is the most steps of an episode. */
	void source(List<Object> at, BudgetUnit unit, long steps, int horizon, List<Learning> arms) {
		budget(at, unit, steps, horizon, arms, false);
	}

	/** All arms that train on a target; their learners count in the budget's unit. */
	void target(List<Object> at, BudgetUnit unit, long steps, int horizon, List<Learning> arms) {
		for (Learning arm : arms) {
			shots(arm);
			phases(arm, at, steps);
		}
		if (mostShots > 0 && steps > 0 && !arms.isEmpty() && unit.acts()) {
			double most = (double) mostShots * values.trial().episodes() * horizon;
			if (most > steps) {
				add(Severity.WARNING, budget(at, unit), "the granted episodes (shots), " + mostShots + " of up to "
						+ (long) values.trial().episodes() * horizon + " steps, may take more than the budget of " + steps
						+ " steps: they are all played, and nothing may be left to learn on after them");
			}
		}
		if (steps > 0) {
			budget(at, unit, steps, horizon, arms, true);
		}
	}

	/** Says what {@link #source} and {@link #target} found of the cadence. */
	void finish() {
		coarser.forEach((update, arms) -> findings.add(Severity.WARNING, List.of("evaluation", "every"),
				"agents are judged between updates only, and an update of " + update.text()
						+ ", so that is the time between evaluations, not " + count(update.unit(), values.evaluation().every())
						+ (arms.size() == trained.size() ? "" : " (" + String.join(", ", arms.values()) + ")")));
	}

	private void budget(List<Object> at, BudgetUnit unit, long steps, int horizon, List<Learning> arms, boolean target) {
		Map<String, List<String>> nothing = new LinkedHashMap<>();
		Map<String, List<String>> little = new LinkedHashMap<>();
		for (Learning arm : arms) {
			ArmTraining training = arm.training();
			trained.add(arm.index());
			long update = training.experience().steps();
			boolean shots = target && mostShots > 0;
			if (steps < training.least() && !unit.acts()) {
				nothing.computeIfAbsent("the budget of " + count(unit, steps) + " is less than the " + update + " that an update of "
						+ training.learner() + " takes, so nothing is learned"
						+ (target ? "; 0 says that the target is only to be judged" : ""), key -> new ArrayList<>()).add(arm.label());
				continue;
			}
			if (steps < training.lanes()) {
				String why = "the budget of " + count(unit, steps) + " is less than what the " + training.lanes() + " lanes of "
						+ training.learner() + " take at once";
				(shots ? little : nothing).computeIfAbsent(why + (shots
						? ": only the granted episodes (shots) are learned from; 0 says so"
						: ", so nothing is learned; it needs " + atLeast(training)
								+ (target ? ", or 0 if the target is only to be judged" : "")),
						key -> new ArrayList<>()).add(arm.label());
				continue;
			}
			if (steps < update && unit.acts()) {
				little.computeIfAbsent("the budget of " + count(unit, steps) + " is less than what an update of "
						+ training.learner() + " takes: " + (training.experience().whole()
								? "it learns from whole trials, which take up to " + update + " steps; if none ends before the budget"
										+ " does, nothing is learned"
								: count(unit, update) + "; there is one update, from fewer steps"),
						key -> new ArrayList<>()).add(arm.label());
			} else if ((unit.acts() ? update : training.least()) > values.evaluation().every()) {
				coarser.computeIfAbsent(new Update(training.learner() + " takes "
						+ (unit.acts() && training.experience().whole() ? "up to " : "") + count(unit, update), unit),
						key -> new TreeMap<>()).put(arm.index(), arm.label());
			}
			int episodes = training.training().view().training().trial().episodes();
			if (unit.acts() && episodes > 1 && !training.experience().whole() && steps / training.lanes() < (long) episodes * horizon) {
				little.computeIfAbsent("a trial of " + episodes + " episodes has up to " + (long) episodes * horizon
						+ " steps, and the budget gives each of the " + training.lanes() + " lanes "
						+ steps / training.lanes() + ": none may come to its end", key -> new ArrayList<>()).add(arm.label());
			}
		}
		nothing.forEach((message, labels) -> add(labels.size() == arms.size() ? Severity.ERROR : Severity.WARNING, budget(at, unit),
				message + of(labels, arms)));
		little.forEach((message, labels) -> add(Severity.WARNING, budget(at, unit), message + of(labels, arms)));
	}

	private static String atLeast(ArmTraining training) {
		long update = training.experience().steps();
		return "at least " + training.lanes()
				+ (update > training.lanes() ? ", better the " + update + " of an update" : "");
	}

	private void shots(Learning arm) {
		if (mostShots > 0 && !arm.training().unit().acts() && arm.training().training().phases().stream().anyMatch(TrainingPhase::shots)) {
			add(Severity.ERROR, List.of("shots"),
					"granted episodes (shots) are played, but " + arm.training().learner() + " of '" + arm.label() + "' counts in "
							+ arm.training().unit().many() + " and plays nothing: write 'shots: [0]', or leave the strategy out");
		}
		int side = arm.training().training().view().training().trial().lanesPerTask();
		if (mostShots > 0 && side > 1 && arm.training().training().phases().stream().anyMatch(TrainingPhase::shots)) {
			add(Severity.ERROR, List.of("shots"), "granted episodes (shots) are played one after the other, but '" + arm.label()
					+ "' learns from " + side + " lanes of a task side by side: write 'shots: [0]', or leave the strategy out");
		}
	}

	/** What each phase leaves to those behind it. */
	private void phases(Learning arm, List<Object> at, long steps) {
		BudgetUnit unit = arm.training().unit();
		List<TrainingPhase> phases = arm.training().training().phases();
		long left = arm.training().taken(steps);
		boolean granted = mostShots > 0;
		for (TrainingPhase phase : phases.subList(0, Math.max(0, phases.size() - 1))) {
			if (phase.steps() == TrainingPhase.REMAINING) {
				continue;
			}
			List<Object> where = List.of("strategies", arm.index(), phase.name());
			boolean shots = granted && phase.shots();
			granted &= !shots;
			long taken = arm.training().taken(Math.min(phase.steps(), left));
			if (taken == 0 && !shots && left > 0) {
				add(Severity.WARNING, where, "'" + phase.name() + "' of " + count(unit, phase.steps()) + " trains nothing: "
						+ (unit.acts() ? "the " + arm.training().lanes() + " lanes of " + arm.training().learner() + " take more at once"
								: "an update of " + arm.training().learner() + " takes more"));
			}
			if (left > 0 && phase.steps() >= left) {
				add(Severity.WARNING, where, "'" + phase.name() + "' takes all of the budget of " + steps + " " + unit.key() + " of "
						+ at.get(0) + "." + at.get(1) + ", so nothing is left for what follows it");
			}
			left -= taken;
		}
	}

	private void add(Severity severity, List<Object> path, String message) {
		if (said.add(List.of(path, message))) {
			findings.add(severity, path, message);
		}
	}

	private static List<Object> budget(List<Object> at, BudgetUnit unit) {
		List<Object> path = new ArrayList<>(at);
		path.add(unit.key());
		return path;
	}

	static String of(List<String> labels, List<Learning> all) {
		return labels.size() == all.size() ? "" : " (" + String.join(", ", labels) + ")";
	}

	/** Environment steps are steps here, as in the file. */
	static String count(BudgetUnit unit, long count) {
		return !unit.acts() ? unit.count(count) : count == 1 ? "1 step" : count + " steps";
	}
}
