package org.headstart.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

import org.headstart.engine.results.RunStatus;
import org.headstart.engine.results.RunStatus.StepState;

/**
 * A run's progress on standard error: units done, rate and time left. On a terminal one line that is rewritten, otherwise a
 * line every ten seconds. Notes and failures get lines of their own. Thread-safe.
 */
final class ProgressDisplay {

	private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
	private static final int BAR = 24;
	/** Carriage return, and clear to the end of the line. */
	private static final String REWRITE = "\r\033[K";

	private final PrintWriter err;
	private final boolean interactive;
	private long lastLine;
	private boolean lineOpen;

	ProgressDisplay(PrintWriter err) {
		this.err = err;
		interactive = Terminal.ERR.interactive();
		lastLine = System.nanoTime() - BETWEEN_LINES.toNanos();
	}

	/**
	 * Shows the progress.
	 *
	 * @param status what there is to show
	 */
	synchronized void show(RunStatus status) {
		String text = text(status);
		if (interactive) {
			err.print(REWRITE + text);
			err.flush();
			lineOpen = true;
		} else if (System.nanoTime() - lastLine >= BETWEEN_LINES.toNanos()) {
			lastLine = System.nanoTime();
			err.println(text);
		}
	}

	/**
	 * Prints a line above the progress.
	 *
	 * @param text the line
	 */
	synchronized void line(String text) {
		end();
		err.println(text);
	}

	/** Ends the line that is being rewritten, so that other output begins on one of its own. */
	synchronized void end() {
		if (lineOpen) {
			err.print(REWRITE);
			err.flush();
			lineOpen = false;
		}
	}

	private String text(RunStatus status) {
		StringBuilder text = new StringBuilder();
		double share = status.environmentStepsAll() == 0 ? 1
				: (double) status.environmentStepsDone() / status.environmentStepsAll();
		if (interactive) {
			int full = (int) (share * BAR);
			text.append("█".repeat(full)).append("░".repeat(BAR - full)).append(' ');
		}
		text.append(String.format(Locale.ROOT, "%3.0f %%", Math.floor(share * 100)));
		text.append("  step ").append(status.stepsDone()).append(" of ").append(status.stepsAll());
		text.append(", ").append(Quantity.count(status.environmentStepsDone())).append(" of ")
				.append(Quantity.count(status.environmentStepsAll())).append(" env steps");
		if (status.stepsPerSecond() != null) {
			text.append(", ").append(Quantity.count(status.stepsPerSecond().longValue())).append("/s");
		}
		if (status.secondsLeft() != null) {
			text.append(", ").append(Quantity.time(status.secondsLeft())).append(" left");
		}
		long failed = status.steps().stream().filter(step -> step.state() == StepState.FAILED).count();
		if (failed > 0) {
			text.append(", ").append(failed).append(" failed");
		}
		return text.toString();
	}
}
