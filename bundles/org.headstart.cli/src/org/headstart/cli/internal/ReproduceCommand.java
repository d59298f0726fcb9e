package org.headstart.cli.internal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;

import org.headstart.engine.internal.execution.CancelToken;
import org.headstart.engine.internal.execution.Reproduction;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.runtime.internal.Installation;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs a finished step again and compares byte by byte. */
@Command(name = "reproduce",
		description = {"Runs a finished step again, outside of the results folder, and compares the outcomes byte by byte.",
				"Exit code 6 when the outcomes differ; then differences in code or machine are listed as well."})
final class ReproduceCommand implements Callable<Integer> {

	@Mixin
	private StepOption step;

	@Spec
	private CommandSpec spec;

	@Override
	public Integer call() throws CommandFailure, IOException {
		PrintWriter print = spec.commandLine().getOut();
		StepReference reference = step.find();
		CancelToken cancel = new CancelToken();
		StepProgress progress = new StepProgress(spec.commandLine().getErr(), reference.label(),
				reference.store().provenance(reference.key()).counted());
		Reproduction reproduction;
		try (Cancellation cancellation = new Cancellation(cancel)) {
			reproduction = Reproduction.of(reference.store(), reference.key(), Installation.current().catalog(), progress, cancel);
		} catch (CancellationException e) {
			throw new CommandFailure(ExitCode.CANCELLED, "cancelled; the results folder is unchanged", e);
		} catch (ResultsException e) {
			throw new CommandFailure(ExitCode.NOT_FOUND, e.getMessage(), e);
		} finally {
			progress.end();
		}
		if (reproduction.same()) {
			print.println("Reproduced: " + reproduction.label() + " gives the same bytes.");
		} else {
			print.println(Terminal.OUT.red("Differs: ") + reproduction.label());
			reproduction.differences().forEach(line -> print.println("  " + line));
			reproduction.random().forEach(task -> print.println("A difference is expected: " + task + " is not deterministic."));
		}
		if (!reproduction.circumstances().isEmpty()) {
			print.println("Different from the recorded run:");
			reproduction.circumstances().forEach(line -> print.println("  " + line));
		}
		return reproduction.same() ? ExitCode.OK : ExitCode.DIFFERS;
	}
}
