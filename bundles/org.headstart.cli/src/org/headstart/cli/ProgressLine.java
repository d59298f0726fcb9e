package org.headstart.cli;

import java.io.PrintWriter;
import java.time.Duration;

/** A line that is rewritten on a terminal; elsewhere a line every ten seconds. Thread-safe. */
final class ProgressLine {

	private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
	/** Carriage return, and clear to the end of the line. */
	private static final String REWRITE = "\r\033[K";

	private final PrintWriter err;
	private final boolean interactive = Terminal.ERR.interactive();
	private long last = System.nanoTime() - BETWEEN_LINES.toNanos();
	private boolean open;

	ProgressLine(PrintWriter err) {
		this.err = err;
	}

	/** @return whether the line is rewritten */
	boolean interactive() {
		return interactive;
	}

	/**
	 * Shows the progress.
	 *
	 * @param text without a line feed
	 */
	synchronized void show(String text) {
		if (interactive) {
			err.print(REWRITE + text);
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
			err.print(REWRITE);
			err.flush();
			open = false;
		}
	}
}
