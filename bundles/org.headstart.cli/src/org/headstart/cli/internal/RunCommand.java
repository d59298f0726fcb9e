package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import org.headstart.analysis.internal.Results;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.execution.CancelToken;
import org.headstart.engine.internal.execution.ExperimentRun;
import org.headstart.engine.internal.execution.RunOutcome;
import org.headstart.engine.internal.execution.RunRequest;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;
import org.headstart.engine.internal.results.RunStatus.StepStatus;
import org.headstart.runtime.internal.HeadlessCommand;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an experiment: the steps that have no result yet, then the report. */
@Command(name = "run", description = {"Runs an experiment and writes its report.",
		"Run it again to continue after a stop: steps with a result are not run again."})
final class RunCommand implements Callable<Integer> {

	@Mixin
	private ExperimentOptions input;

	@Option(names = "--jobs", paramLabel = "N",
			description = "Number of steps at once, each in a process of its own; 0: one by one in this process. Default: one for each processor.")
	private Integer jobs;

	@Option(names = "--out", paramLabel = "DIR", description = "The results folder. Default: results/NAME in the current folder.")
	private Path out;

	@Option(names = "--fresh", description = "Discard the folder's results and start from the beginning.")
	private boolean fresh;

	@Option(names = "--detach",
			description = "Submit the steps and end; the same command without this option follows them. For executors whose steps outlive the run.")
	private boolean detach;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		PrintWriter err = spec.commandLine().getErr();
		if (jobs != null && jobs < 0) {
			throw new ParameterException(spec.commandLine(), "--jobs must be at least 0, is " + jobs);
		}
		Catalog catalog = Installation.current().catalog();
		catalog.problems().forEach(problem -> err.println("headstart: left out: " + problem));
		ExperimentInput experiment = ExperimentInput.read(input.experiment(), input.overrides(), err);
		Plan plan = Planner.plan(experiment.experiment(), catalog);
		if (detach && (jobs != null && jobs == 0 || !ExperimentRun.detaches(experiment.experiment().running().executor()))) {
			throw new ParameterException(spec.commandLine(), "--detach needs an executor whose steps outlive the run; those of "
					+ (jobs != null && jobs == 0 ? "--jobs 0" : "'" + experiment.experiment().running().executor().id() + "'")
					+ " end with it");
		}
		Path folder = ResultsFolder.of(out, experiment.experiment().name()).toAbsolutePath().normalize();
		FailureLog.in(folder);
		CancelToken cancel = new CancelToken();
		ProgressDisplay display = new ProgressDisplay(err);
		RunOutcome outcome;
		try (Cancellation cancellation = new Cancellation(cancel)) {
			try {
				RunRequest request = new RunRequest(plan, experiment.frozenText(), folder, catalog,
						jobs != null ? jobs : Runtime.getRuntime().availableProcessors(),
						HeadlessCommand.of(List.of("worker", folder.toString())), fresh, cancel);
				outcome = detach ? ExperimentRun.submit(request, display) : ExperimentRun.run(request, display);
			} catch (ResultsException e) {
				throw new CommandFailure(ExitCode.FOLDER_TAKEN, e.getMessage(), e);
			} catch (IOException e) {
				throw new CommandFailure(e instanceof CannotWriteException ? ExitCode.CANNOT_WRITE : ExitCode.NOT_FOUND,
						"the run in " + folder + " cannot continue: " + Headstart.message(e), e);
			} finally {
				display.end();
			}
			if (outcome.state() == RunState.DETACHED) {
				return detached(outcome, folder, err);
			}
			if (outcome.state() == RunState.CANCELLED || cancel.isCancelled()) {
				return cancelled(outcome, folder, err);
			}
		}
		// the report can be written again, so a signal may end it at once
		return outcome.state() == RunState.FAILED ? failed(outcome, folder, print, err) : finished(outcome, folder, print, err);
	}

	private int cancelled(RunOutcome outcome, Path folder, PrintWriter err) {
		err.println("Cancelled: " + outcome.status().progress().stepsDone() + " of " + outcome.status().progress().stepsAll()
				+ " steps have a result, and running steps are kept up to their last checkpoint, in " + folder + ".");
		err.println(again("Continue with:  ", folder));
		return ExitCode.CANCELLED;
	}

	private int detached(RunOutcome outcome, Path folder, PrintWriter err) {
		List<StepStatus> failed = outcome.steps(StepState.FAILED);
		err.println("Detached: " + outcome.status().progress().stepsDone() + " of " + outcome.status().progress().stepsAll()
				+ " steps have a result, and "
				+ outcome.status().stepsUnderWay() + " continue without this run"
				+ (outcome.steps(StepState.WAITING).isEmpty() ? ""
						: "; " + outcome.steps(StepState.WAITING).size() + " more wait to be handed over by the next run")
				+ ". Results come into " + folder + ".");
		for (StepStatus step : failed) {
			err.println("  failed: " + step.label() + ": " + step.message());
		}
		err.println(again("Follow them with:  ", folder));
		err.println(TextLayout.command("Stop them with:  ", List.of(System.getProperty("headstart.called", "headstart"), "cancel",
				folder.toString()), Terminal.ERR));
		return ExitCode.DETACHED;
	}

	private int failed(RunOutcome outcome, Path folder, PrintWriter print, PrintWriter err)
			throws CommandFailure, IOException {
		if (!Results.read(folder).finished().isEmpty()) {
			WrittenReport.write(folder, print, err);
		}
		List<StepStatus> failed = outcome.steps(StepState.FAILED);
		err.println("headstart: " + failed.size() + " of " + outcome.status().progress().stepsAll() + " steps failed"
				+ (outcome.steps(StepState.NOT_RUN).isEmpty() ? ""
						: ", and " + outcome.steps(StepState.NOT_RUN).size() + " that need them were not run")
				+ "; the others' results are kept in " + folder + ".");
		for (StepStatus step : failed) {
			err.println("  " + step.label() + ": " + step.message());
		}
		err.println("The workers' log is in " + folder.resolve("workers.log") + ".");
		err.println(again("Try the failed steps again with:  ", folder));
		return ExitCode.STEPS_FAILED;
	}

	private static int finished(RunOutcome outcome, Path folder, PrintWriter print, PrintWriter err)
			throws CommandFailure, IOException {
		print.println(TextLayout.command("Finished: " + outcome.status().progress().stepsAll() + " steps, results in ",
				List.of(folder.toString()), Terminal.OUT));
		WrittenReport.write(folder, print, err);
		return ExitCode.OK;
	}

	/** The command that continues this run. */
	private String again(String lead, Path folder) {
		if (!ExperimentInput.lasts(input.experiment())) {
			// a pipe is empty now; the folder has its text with the overrides
			return again(lead, new ResultStore(folder).experimentFile().toString(), Map.of(), folder);
		}
		return again(lead, input.experiment(), input.overrides(), out);
	}

	private String again(String lead, String experiment, Map<String, String> overrides, Path out) {
		List<String> words = new ArrayList<>(
				List.of(System.getProperty("headstart.called", "headstart"), "run", experiment));
		for (Map.Entry<String, String> override : overrides.entrySet()) {
			if (override.getKey().equals("seeds")) {
				words.addAll(List.of("--seeds", override.getValue()));
			} else {
				words.addAll(List.of("--set", override.getKey() + "=" + override.getValue()));
			}
		}
		if (jobs != null) {
			words.addAll(List.of("--jobs", jobs.toString()));
		}
		if (out != null) {
			words.addAll(List.of("--out", out.toString()));
		}
		return TextLayout.command(lead, words, Terminal.ERR);
	}
}
