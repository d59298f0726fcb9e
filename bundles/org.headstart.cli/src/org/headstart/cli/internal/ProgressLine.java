package org.headstart.cli.internal;

import java.io.PrintWriter;
import java.time.Duration;

/** A line that is rewritten on a terminal; elsewhere a line every ten seconds. Thread-safe. */
final class ProgressLine {

	private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
	private final PrintWriter err;
	private final boolean interactive = Terminal.ERR.rewritable();
	private long last = System.nanoTime() - BETWEEN_LINES.toNanos();
	private boolean open;

	ProgressLine(PrintWriter err) {
		this.err = err;
	}

	/** @return whether the line is rewritten */
	boolean interactive() {
		return interactive;
	}

	/** @return how many columns the line has; the terminal's last is left to the cursor */
	int width() {
		return interactive ? Terminal.ERR.width() - 1 : Integer.MAX_VALUE;
	}

	/**
	 * Shows the progress.
	 *
	 * @param text without a line feed; what is too long for the terminal is cut
	 */
	synchronized void show(String text) {
		if (interactive) {
			err.print(Mark.REWRITE + TextLayout.shortened(text, width()) + Mark.REWRITTEN);
			err.flush();
			open = true;
		} else if (System.nanoTime() - last >= BETWEEN_LINES.toNanos()) {
			last = System.nanoTime();
			err.println(text);
		}
	}

	/**
	 * Prints a line above the progress.
	 *
	 * @param text the line
	 */
	synchronized void print(String text) {
		end();
		err.println(text);
	}

	/** Takes the line away, so that other output begins on one of its own. */
	synchronized void end() {
		if (open) {
			err.print(Mark.REWRITE + "" + Mark.REWRITTEN);
			err.flush();
			open = false;
		}
	}
}
