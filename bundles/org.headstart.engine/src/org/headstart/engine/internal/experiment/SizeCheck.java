package org.headstart.engine.internal.experiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.experiment.ExperimentFormat.Values;

/** Whether an experiment is of a size that can be run: adaptations, episodes, environment steps and rows of trials. */
final class SizeCheck {

	/** Adaptations of one experiment: more are a mistake in the file. */
	private static final long MOST_ADAPTATIONS = 1_000_000;
	private static final long MANY_ADAPTATIONS = 50_000;
	/** Episodes in one evaluation, whose returns are all kept until it is over. */
	private static final long MOST_EVALUATED = 10_000_000;
	/** Environment steps of a whole experiment, evaluations included: more take a hundred processors a year. */
	private static final double MOST_STEPS = 3e15;
	/** Rows of judged trials in a whole experiment. */
	private static final double MANY_TRIALS = 1e7;
	/** Of such a row: what each has, and each component of ω and each outcome. */
	private static final double TRIAL_BYTES = 70;
	private static final double NUMBER_BYTES = 20;

	private final Findings found;
	private final Values values;

	SizeCheck(Findings found, Values values) {
		this.found = found;
		this.values = values;
	}

	void check(List<TaskEntry.Labelled> sources, List<TaskEntry.Labelled> targets, int arms) {
		Set<Integer> shots = new LinkedHashSet<>();
		for (int i = 0; i < values.shots().size(); i++) {
			if (!shots.add(values.shots().get(i))) {
				found.problem(List.of("shots", i), values.shots().get(i) + " stands twice");
			}
		}
		long evaluated = (long) values.evaluation().episodes() * values.trial().episodes();
		if (evaluated > MOST_EVALUATED) {
			found.problem(List.of("evaluation", "episodes"), "evaluation.episodes × trial.episodes are " + values.evaluation().episodes()
					+ " × " + values.trial().episodes() + " = " + evaluated + " episodes in one evaluation; at most "
					+ MOST_EVALUATED + " are possible");
		}
		long adaptations = (long) arms * targets.size() * values.seeds();
		if (adaptations > MOST_ADAPTATIONS) {
			found.problem(List.of("seeds"), "strategies × targets × seeds are " + arms + " × " + targets.size() + " × "
					+ values.seeds() + " = " + adaptations + " adaptations; at most " + MOST_ADAPTATIONS + " are possible");
		}
		if (adaptations > MANY_ADAPTATIONS && adaptations <= MOST_ADAPTATIONS) {
			found.warning(List.of("seeds"),
					"strategies × targets × seeds are " + adaptations + " adaptations. They can be planned; a run keeps"
							+ " a folder for each and the state of all in one file, so more than " + MANY_ADAPTATIONS
							+ " are better run as several experiments");
		}
		checkTotal(sources, targets, arms);
		checkTrials(sources, targets, arms);
		checkEvaluation("source", sources);
		checkEvaluation("target", targets);
	}

	/** Every arm is taken to have sources of its own, and to be trained and judged wherever it can be. */
	private void checkTotal(List<TaskEntry.Labelled> sources, List<TaskEntry.Labelled> targets, int arms) {
		double steps = 0;
		for (TaskEntry.Labelled task : concat(sources, targets)) {
			double evaluations = 2 + (double) task.use().steps() / values.evaluation().every() + values.shots().size();
			steps += (task.use().unit().acts() ? task.use().steps() : 0)
					+ evaluations * values.evaluation().episodes() * values.trial().episodes() * task.entry().horizon();
		}
		steps *= (double) arms * values.seeds();
		if (steps > MOST_STEPS) {
			found.warning(List.of("seeds"), String.format(Locale.ROOT, "strategies × seeds × the steps of sources and targets, with their"
					+ " evaluations, are up to %.1e environment steps; at a million a second they take %.0f years", steps,
					steps / 1e6 / 3600 / 24 / 365));
		}
	}

	/** Trials as {@link #checkTotal} counts them. Which sources a step has together is not looked at: it may have any number of them. */
	private void checkTrials(List<TaskEntry.Labelled> sources, List<TaskEntry.Labelled> targets, int arms) {
		if (!values.evaluation().trials()) {
			return;
		}
		double rows = 0;
		double all = 0;
		double most = 0;
		for (TaskEntry.Labelled task : concat(sources, targets)) {
			double trials = (2 + (double) task.use().steps() / values.evaluation().every() + values.shots().size())
					* values.evaluation().episodes();
			int numbers = task.entry().family().parameterNames().size() + task.entry().family().environment().outcomes().size();
			double bytes = trials * (TRIAL_BYTES + NUMBER_BYTES * numbers);
			rows += trials;
			all += bytes;
			most = Math.max(most, bytes);
		}
		rows *= (double) arms * values.seeds();
		all *= (double) arms * values.seeds();
		List<Object> path = List.of("evaluation", "trials");
		if (most > RegularFile.LARGEST) {
			found.problem(path,
					String.format(Locale.ROOT, "trials.csv of one step may get %.1f GB, and a file of a result has at most %.1f GB;"
							+ " judge less often (evaluation.every) or on fewer trials (evaluation.episodes)", most / 1e9,
							RegularFile.LARGEST / 1e9));
		} else if (rows > MANY_TRIALS) {
			found.warning(path,
					String.format(Locale.ROOT, "strategies × seeds × evaluations × evaluation.episodes are up to %.1e judged trials,"
							+ " each a row of trials.csv: up to %.1f GB", rows, all / 1e9));
		}
	}

	private static List<TaskEntry.Labelled> concat(List<TaskEntry.Labelled> sources, List<TaskEntry.Labelled> targets) {
		List<TaskEntry.Labelled> all = new ArrayList<>(sources);
		all.addAll(targets);
		return all;
	}

	private void checkEvaluation(String key, List<TaskEntry.Labelled> tasks) {
		Set<Integer> said = new LinkedHashSet<>();
		for (TaskEntry.Labelled task : tasks) {
			if (task.use().steps() > 0 && values.evaluation().every() > task.use().steps() && said.add(task.entry().index())) {
				BudgetUnit unit = task.use().unit();
				found.warning(task.entry().budgetAt(key), "the budget of "
						+ BudgetCheck.count(unit, task.use().steps()) + " ends before the first evaluation at "
						+ values.evaluation().every() + " " + unit.key() + " (evaluation.every), so there is no learning curve");
			}
		}
	}
}
