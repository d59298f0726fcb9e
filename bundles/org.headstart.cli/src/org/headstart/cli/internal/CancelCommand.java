package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import org.headstart.engine.internal.execution.SubmittedSteps;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops steps that outlive their run. */
@Command(name = "cancel", description = {"Stops the steps of a run that its executor continues without it.",
		"They write a checkpoint and end; the command waits for that. Results are kept. A running run must first be stopped with Ctrl-C or SIGTERM."})
final class CancelCommand implements Callable<Integer> {

	@Parameters(index = "0", paramLabel = "DIR", description = "The results folder.")
	private Path results;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		Path folder = ResultsFolder.existing(results).toAbsolutePath().normalize();
		SubmittedSteps.Cancelled cancelled;
		try {
			cancelled = SubmittedSteps.cancel(new ResultStore(folder), Installation.current().catalog());
		} catch (ResultsException e) {
			throw new CommandFailure(ExitCode.FOLDER_TAKEN, e.getMessage(), e);
		}
		if (cancelled.steps() > 0 || cancelled.problems().isEmpty()) {
			print.println(cancelled.steps() == 0 ? "No step is submitted in " + folder + "."
					: TextLayout.command("Cancelled: " + steps(cancelled) + ", with what is done up to the last checkpoint, in ",
							List.of(folder.toString()), Terminal.OUT));
		}
		for (String atWork : cancelled.atWork()) {
			spec.commandLine().getErr().println("headstart: told to stop, and still running: " + atWork);
		}
		for (String problem : cancelled.problems()) {
			spec.commandLine().getErr().println("headstart: not cancelled: " + problem);
		}
		return cancelled.problems().isEmpty() ? ExitCode.OK : ExitCode.STEPS_FAILED;
	}

	private static String steps(SubmittedSteps.Cancelled cancelled) {
		String steps = cancelled.steps() == 1 ? "1 step" : cancelled.steps() + " steps";
		if (cancelled.atWork().isEmpty()) {
			return steps + (cancelled.steps() == 1 ? " has stopped" : " have stopped");
		}
		return steps + (cancelled.steps() == 1 ? " stops" : " stop");
	}
}
