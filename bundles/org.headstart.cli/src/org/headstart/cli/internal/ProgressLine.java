package org.headstart.cli.internal;

import java.io.PrintWriter;
import java.time.Duration;

/** A line that is rewritten on a terminal; on other outputs a new line every ten seconds. Thread-safe. */
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

	/** @return the number of columns of the line; the terminal's last column is for the cursor */
	int width() {
		return interactive ? Terminal.ERR.width() - 1 : Integer.MAX_VALUE;
	}

	/**
	 * Shows the progress.
	 *
	 * @param text one line; the part beyond the terminal's width is cut
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

	/** Removes the line, so that other output begins on a new line. */
	synchronized void end() {
		if (open) {
			err.print(Mark.REWRITE + "" + Mark.REWRITTEN);
			err.flush();
			open = false;
		}
	}
}
