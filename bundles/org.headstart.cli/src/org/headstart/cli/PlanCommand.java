package org.headstart.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.headstart.engine.plan.CostEstimate;
import org.headstart.engine.plan.Plan;
import org.headstart.engine.plan.Planner;
import org.headstart.engine.plan.Step;
import org.headstart.engine.results.ResultStore;
import org.headstart.runtime.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints an experiment's steps, what they cost, and which have a result. */
@Command(name = "plan", description = "Prints an experiment's steps, what they cost, and which are done already.")
final class PlanCommand implements Callable<Integer> {

	/** Enough of a key to name the step, as with commits. */
	private static final int SHORT_KEY = 10;

	@Mixin
	private ExperimentOptions input;

	@Option(names = "--out", paramLabel = "DIR", description = "The results folder to look into; otherwise results/NAME.")
	private Path out;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		ExperimentInput experiment = ExperimentInput.read(input.experiment(), input.overrides(), spec.commandLine().getErr());
		Plan plan = Planner.plan(experiment.experiment(), Installation.current().catalog());
		Path folder = ResultsFolder.of(out, experiment.experiment().name());
		ResultStore store = new ResultStore(folder);
		List<List<String>> rows = new ArrayList<>();
		List<Step> open = new ArrayList<>();
		for (Step step : plan.steps()) {
			boolean done = store.finished(step.key()) && store.damage(step.key()).isEmpty();
			if (!done) {
				open.add(step);
			}
			rows.add(List.of(step.key().substring(0, SHORT_KEY), done ? "done" : "open",
					Quantity.count(step.envSteps()), step.label()));
		}
		for (String line : Table.ofProse(rows, column -> column == 2)) {
			print.println(line);
		}
		CostEstimate all = Planner.estimate(experiment.experiment(), plan.steps());
		CostEstimate left = Planner.estimate(experiment.experiment(), open);
		print.println();
		print.println(count(plan.steps().size()) + ", " + (plan.steps().size() - open.size()) + " done in " + folder);
		print.println("all:  " + cost(all));
		print.println("open: " + cost(left));
		return ExitCode.OK;
	}

	private static String count(int steps) {
		return steps == 1 ? "1 step" : steps + " steps";
	}

	private static String cost(CostEstimate cost) {
		return Quantity.count(cost.training()) + " env steps of training, at most " + Quantity.count(cost.evaluation())
				+ " of evaluation";
	}
}
