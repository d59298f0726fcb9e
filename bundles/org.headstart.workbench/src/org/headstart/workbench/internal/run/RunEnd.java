package org.headstart.workbench.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import org.eclipse.core.runtime.ILog;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.headstart.engine.internal.results.RunStatus.StepState;

/**
 * How a run ended, for people.
 *
 * @param kind    the kind of end
 * @param process number of its process
 * @param message the end and its reason: a sentence, and details below it
 */
public record RunEnd(Kind kind, long process, String message) {

	/** The kinds of ends. */
	public enum Kind {
		/** Every step has a result, and the report is written. */
		FINISHED,
		/** Stopped by the user, here or in the terminal that it was started in. */
		STOPPED,
		/** Some steps failed, or the run broke off. */
		FAILED
	}

	/** The free space below which a disk counts as full, in bytes. */
	private static final long FULL = 1 << 20;
	private static final int FAILURES_SHOWN = 5;
	private static final String GO_ON = "Steps with a result are kept; Run continues from there.";
	/** An exit code of the command line, see {@code docs/cli.md}. */
	private static final int CANNOT_WRITE = 8;
	private static final int SIGNAL = 128;
	private static final int SIGINT = 2;
	private static final int SIGABRT = 6;
	private static final int SIGKILL = 9;
	private static final int SIGSEGV = 11;
	private static final int SIGTERM = 15;

	/**
	 * Finds out how a run ended that was not stopped from the workbench.
	 *
	 * @param name    the experiment's name
	 * @param results its results folder
	 * @param process number of the run's process, which has ended
	 * @param status  the process's last status; empty without one
	 * @param exit    the process's exit code; known only for a child
	 * @param said    the last messages of the run; may be empty
	 * @return how it ended
	 */
	static RunEnd of(String name, Path results, long process, Optional<RunStatus> status, OptionalInt exit, String said) {
		String cause = cause(results, exit, said);
		if (status.isEmpty()) {
			return new RunEnd(stoppedBySignal(exit) ? Kind.STOPPED : Kind.FAILED, process, name + " was not run. " + cause);
		}
		RunStatus run = status.get();
		String done = run.progress().stepsDone() + " of " + run.progress().stepsAll() + " steps have a result";
		return switch (run.state()) {
			case FINISHED -> reported(results, exit)
					? new RunEnd(Kind.FINISHED, process,
							"Finished: %d of %d steps. Open the report".formatted(run.progress().stepsDone(), run.progress().stepsAll()))
					: new RunEnd(Kind.FAILED, process,
							"The run of " + name + " is finished, but its report is not written. " + cause + "\n\nRun writes it again.");
			case CANCELLED, DETACHED -> stopped(process, status);
			case FAILED -> new RunEnd(Kind.FAILED, process, failures(name, run, cause));
			case RUNNING -> new RunEnd(Kind.FAILED, process,
					"The run of " + name + " broke off; " + done + ". " + cause + "\n\n" + GO_ON);
		};
	}

	/**
	 * The end of a run that the user stopped.
	 *
	 * @param process number of its process
	 * @param status  its last status; empty when it was stopped before it had begun
	 * @return the end
	 */
	static RunEnd stopped(long process, Optional<RunStatus> status) {
		return new RunEnd(Kind.STOPPED, process,
				status.map(run -> (run.state() == RunState.DETACHED
						? "Left: %d of %d steps have a result, and %d continue without the run. Run follows them."
						: "Stopped: %d of %d steps have a result. Run continues from there.")
						.formatted(run.progress().stepsDone(), run.progress().stepsAll(), run.stepsUnderWay()))
						.orElse("Stopped before it had begun."));
	}

	private static boolean reported(Path results, OptionalInt exit) {
		return exit.isPresent() ? exit.getAsInt() == 0
				: Files.isRegularFile(results.resolve("report").resolve("report.html"));
	}

	private static boolean stoppedBySignal(OptionalInt exit) {
		return exit.isPresent() && (exit.getAsInt() == SIGNAL + SIGINT || exit.getAsInt() == SIGNAL + SIGTERM);
	}

	private static String failures(String name, RunStatus run, String cause) {
		List<String> failed = run.steps().stream().filter(step -> step.state() == StepState.FAILED)
				.map(step -> step.label() + ": " + step.message()).toList();
		if (failed.isEmpty()) {
			return "The run of " + name + " failed. " + cause + "\n\n" + GO_ON;
		}
		return "%d of %d steps of %s failed; the others' results are kept.\n\n%s%s".formatted(failed.size(), run.progress().stepsAll(),
				name,
				String.join("\n", failed.subList(0, Math.min(FAILURES_SHOWN, failed.size()))),
				failed.size() > FAILURES_SHOWN ? "\nand %d more".formatted(failed.size() - FAILURES_SHOWN) : "");
	}

	/** The cause as far as it is known: the exit code's meaning, the run's own message, and whether the disk is full. */
	private static String cause(Path results, OptionalInt exit, String said) {
		StringBuilder cause = new StringBuilder(meaning(exit));
		boolean bySignal = exit.isPresent() && exit.getAsInt() > SIGNAL;
		if (!bySignal && (exit.isEmpty() || exit.getAsInt() == CANNOT_WRITE || said.isBlank()) && full(results)) {
			cause.append(" The disk that holds ").append(results).append(" is full.");
		}
		if (!said.isBlank()) {
			cause.append("\n\n").append(said);
		}
		return cause.toString();
	}

	private static String meaning(OptionalInt exit) {
		if (exit.isEmpty()) {
			return "Its process has ended without a message.";
		}
		int code = exit.getAsInt();
		return switch (code) {
			case 0, 1 -> "";
			case 2 -> "Its command line is wrong: the workbench does not fit the installation.";
			case 3 -> "The experiment has errors.";
			case 4 -> "An input is missing or cannot be read.";
			case 5 -> "The results folder is in use, or belongs to something else.";
			case 7 -> "A plug-in is broken.";
			case CANNOT_WRITE -> "A result cannot be written.";
			case 9 -> "It failed by a defect of Headstart.";
			case 69 -> "Something that it needs is not installed.";
			case SIGNAL + SIGINT, SIGNAL + SIGTERM -> "It was stopped from outside the workbench.";
			case SIGNAL + SIGKILL -> "Its process was killed from outside, by a person or by the system for lack of memory.";
			case SIGNAL + SIGABRT, SIGNAL + SIGSEGV -> "The Java machine crashed (signal " + (code - SIGNAL) + ").";
			default -> code > SIGNAL ? "Its process was ended by signal " + (code - SIGNAL) + "." : "Its exit code is " + code + ".";
		};
	}

	private static boolean full(Path folder) {
		Path there = folder;
		while (there != null && !Files.exists(there)) {
			there = there.getParent();
		}
		try {
			return there != null && Files.getFileStore(there).getUsableSpace() < FULL;
		} catch (IOException e) {
			ILog.of(RunEnd.class).warn("Cannot read the free space for " + folder, e);
			return false;
		}
	}
}
