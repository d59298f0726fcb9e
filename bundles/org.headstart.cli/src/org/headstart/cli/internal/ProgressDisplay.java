package org.headstart.cli.internal;

import java.io.PrintWriter;
import java.util.Locale;

import org.headstart.engine.internal.execution.RunListener;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.StepState;

/** A run's progress on standard error: units done, rate and time left; notes on lines of their own. */
final class ProgressDisplay implements RunListener {

	private static final int BAR = 24;
	/** The shortest useful bar; a shorter one would say no more than the percentage. */
	private static final int LEAST_BAR = 8;

	private final ProgressLine line;
	/** The bar's length; it does not grow again. */
	private int longest = BAR;

	ProgressDisplay(PrintWriter err) {
		line = new ProgressLine(err);
	}

	@Override
	public void progress(RunStatus status) {
		line.show(text(status));
	}

	@Override
	public void note(String message) {
		line.print(message);
	}

	/** Ends the line. */
	void end() {
		line.end();
	}

	private String text(RunStatus status) {
		StringBuilder text = new StringBuilder();
		double share = status.progress().environmentStepsAll() == 0 ? 1
				: (double) status.progress().environmentStepsDone() / status.progress().environmentStepsAll();
		text.append(String.format(Locale.ROOT, "%3.0f %%", Math.floor(share * 100)));
		text.append("  ").append(status.progress().stepsDone()).append(" of ").append(status.progress().stepsAll()).append(" steps");
		text.append(", ").append(Quantity.count(status.progress().environmentStepsDone())).append(" of ")
				.append(Quantity.count(status.progress().environmentStepsAll())).append(' ').append(status.progress().counted());
		if (status.progress().stepsPerSecond() != null) {
			text.append(", ").append(Quantity.count(status.progress().stepsPerSecond().longValue())).append("/s");
		}
		if (status.progress().secondsLeft() != null) {
			text.append(", ").append(Quantity.time(status.progress().secondsLeft())).append(" left");
		}
		long waiting = status.steps().stream().filter(step -> step.state() == StepState.SUBMITTED && step.message() != null).count();
		if (waiting > 0) {
			text.append(", ").append(waiting).append(" submitted");
		}
		long failed = status.steps().stream().filter(step -> step.state() == StepState.FAILED).count();
		if (failed > 0) {
			text.append(", ").append(failed).append(" failed");
		}
		if (!line.interactive()) {
			return text.toString();
		}
		longest = Math.min(longest, line.width() - text.length() - 1);
		if (longest < LEAST_BAR) {
			return text.toString();
		}
		int full = (int) (share * longest);
		return "█".repeat(full) + "░".repeat(longest - full) + " " + text;
	}
}
