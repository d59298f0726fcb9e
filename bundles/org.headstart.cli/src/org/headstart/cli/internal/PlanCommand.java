package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.engine.internal.plan.CostEstimate;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints an experiment's steps, what they cost, and which have a result. */
@Command(name = "plan", description = "Prints an experiment's steps, their costs, and which of them are done.")
final class PlanCommand implements Callable<Integer> {

	/** Characters of a key that identify the step, as with commits. */
	private static final int SHORT_KEY = 10;

	/** The number of rows that are aligned together. A plan may have a million rows, and is printed incrementally. */
	private static final int ALIGNED = 10_000;

	@Mixin
	private ExperimentOptions input;

	@Option(names = "--out", paramLabel = "DIR", description = "The results folder to check for results. Default: results/NAME.")
	private Path out;

	@Option(names = "--json", description = "Print JSON, for scripts.")
	private boolean json;

	@Spec
	private CommandSpec spec;

	/**
	 * A step in the {@code --json} document; the unit of its cost is {@code steps} of environments, {@code examples} or
	 * {@code updates}.
	 */
	private record StepJson(String key, String label, String kind, String state, long environmentSteps, String unit, List<String> needs) {}

	/** A cost in the {@code --json} document. */
	private record CostJson(int steps, BigInteger training, BigInteger examples, BigInteger updates, BigInteger evaluation) {}

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		if (json) {
			Reading reading = ExperimentInput.reading(input.experiment(), input.overrides());
			if (reading.experiment().isEmpty()) {
				JsonOutput.print(head(null, null, reading.problems()), "steps", Collections.emptyIterator(), () -> totals(null, null),
						print);
				return ExitCode.INVALID_EXPERIMENT;
			}
			new Look(reading.experiment().get()).json(reading.problems(), print);
		} else {
			new Look(ExperimentInput.read(input.experiment(), input.overrides(), spec.commandLine().getErr()).experiment())
					.table(print);
		}
		return ExitCode.OK;
	}

	private static Map<String, Object> head(String experiment, Path folder, List<Problem> problems) {
		Map<String, Object> head = new LinkedHashMap<>();
		head.put("experiment", experiment);
		head.put("folder", folder == null ? null : folder.toString());
		head.put("problems", ProblemJson.of(problems));
		return head;
	}

	private static Map<String, Object> totals(CostJson all, CostJson open) {
		Map<String, Object> totals = new LinkedHashMap<>();
		totals.put("all", all);
		totals.put("open", open);
		return totals;
	}

	/** Checks which steps of the plan are done. */
	private final class Look {

		private final Plan plan;
		private final Path folder;
		private final ResultStore store;
		private final boolean any;
		private final Set<String> submitted;
		private final List<Step> open = new ArrayList<>();

		Look(Experiment experiment) throws IOException {
			plan = Planner.plan(experiment, Installation.current().catalog());
			folder = ResultsFolder.of(out, experiment.name());
			store = new ResultStore(folder);
			any = Files.exists(store.planFile());
			submitted = any ? store.submitted().keySet() : Set.of();
		}

		private String state(Step step) throws IOException {
			if (any && store.finished(step.key()) && store.damage(step.key()).isEmpty()) {
				return "done";
			}
			open.add(step);
			return submitted.contains(step.key()) ? "submitted" : "open";
		}

		private CostEstimate cost(List<Step> steps) {
			return CostEstimate.of(plan.experiment(), steps);
		}

		void table(PrintWriter print) throws IOException {
			List<List<String>> rows = new ArrayList<>();
			for (Step step : plan.steps()) {
				rows.add(List.of(step.key().substring(0, SHORT_KEY), state(step),
						Quantity.count(step.envSteps()) + (step.unit().acts() ? "" : " " + step.unit().brief()), step.label()));
				if (rows.size() == ALIGNED) {
					print(rows, print);
				}
			}
			print(rows, print);
			print.println();
			print.println(count(plan.steps().size()) + ", " + (plan.steps().size() - open.size()) + " done in " + folder);
			print.println("all:  " + text(cost(plan.steps())));
			print.println("open: " + text(cost(open)));
		}

		/** Prints without println's flush for every line. */
		private static void print(List<List<String>> rows, PrintWriter print) {
			for (String line : Table.ofProse(rows, column -> column == 2)) {
				print.print(line + "\n");
			}
			rows.clear();
		}

		void json(List<Problem> problems, PrintWriter print) {
			Iterator<Step> steps = plan.steps().iterator();
			JsonOutput.print(head(plan.experiment().name(), folder, problems), "steps", new Iterator<StepJson>() {
				@Override
				public boolean hasNext() {
					return steps.hasNext();
				}

				@Override
				public StepJson next() {
					Step step = steps.next();
					try {
						return new StepJson(step.key(), step.label(), step.kind().name().toLowerCase(Locale.ROOT), state(step),
								step.envSteps(), step.unit().key(), step.needs());
					} catch (IOException e) {
						throw new UncheckedIOException(e);
					}
				}
			}, () -> totals(json(plan.steps()), json(open)), print);
		}

		private CostJson json(List<Step> steps) {
			CostEstimate cost = cost(steps);
			return new CostJson(steps.size(), cost.training(BudgetUnit.ENVIRONMENT_STEPS), cost.training(BudgetUnit.EXAMPLES),
					cost.training(BudgetUnit.UPDATES), cost.evaluation());
		}
	}

	private static String count(int steps) {
		return steps == 1 ? "1 step" : steps + " steps";
	}

	private static String text(CostEstimate cost) {
		Set<BudgetUnit> units = cost.training().isEmpty() ? Set.of(BudgetUnit.ENVIRONMENT_STEPS) : cost.training().keySet();
		return units.stream().map(unit -> Quantity.count(cost.training(unit)) + " " + unit.brief()).collect(Collectors.joining(" and "))
				+ " of training, at most " + Quantity.count(cost.evaluation())
				+ (units.equals(Set.of(BudgetUnit.ENVIRONMENT_STEPS)) ? "" : " env steps") + " of evaluation";
	}
}
