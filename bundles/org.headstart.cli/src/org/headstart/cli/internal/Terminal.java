package org.headstart.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The terminal of an output stream: whether there is one, its width and its abilities. Styles are marks in the text, which
 * {@link TerminalWriter} replaces by the terminal's sequences or removes.
 */
enum Terminal {

	/** Standard output. */
	OUT("1"),
	/** Standard error. */
	ERR("2");

	/** Set by the script: the numbers of the streams that are terminals, for example {@code "12"}, which the JVM cannot determine. */
	private static final String PROPERTY = "headstart.tty";
	/** Set by the script, if known: the terminal's columns. */
	private static final String COLUMNS = "headstart.columns";
	private static final int COLUMNS_IF_UNKNOWN = 80;
	/** The narrowest width for wrapping; on narrower terminals lines are not wrapped. */
	private static final int COLUMNS_AT_LEAST = 20;

	private final String descriptor;
	private final boolean interactive;
	private final int width;

	Terminal(String descriptor) {
		this.descriptor = descriptor;
		interactive = isTerminal();
		width = interactive ? columns() : Integer.MAX_VALUE;
	}

	/** @return whether the stream goes to a terminal */
	boolean interactive() {
		return interactive;
	}

	/** @return the number of columns of a line; unbounded without a terminal */
	int width() {
		return width;
	}

	/** @return whether a line can be rewritten */
	boolean rewritable() {
		return interactive && !"dumb".equals(System.getenv("TERM"));
	}

	/** @return whether the reader may stop before the end: a terminal, or the next command of a pipe */
	boolean mayBeLeft() {
		String target = target();
		return interactive || target.startsWith("pipe:") || target.startsWith("socket:");
	}

	/** @return whether colours are wanted: on a terminal that has them, unless {@code NO_COLOR} is set (no-color.org) */
	boolean colours() {
		String none = System.getenv("NO_COLOR");
		return rewritable() && (none == null || none.isEmpty());
	}

	String bold(String text) {
		return Mark.BOLD + text + Mark.PLAIN;
	}

	String red(String text) {
		return Mark.RED + text + Mark.PLAIN;
	}

	String faint(String text) {
		return Mark.FAINT + text + Mark.PLAIN;
	}

	/**
	 * Marks text that is not wrapped, so that it can be copied: JSON, a command.
	 *
	 * @param text one line or several
	 * @return the text, marked
	 */
	static String unbroken(String text) {
		return Mark.UNBROKEN + text.replace("\n", "\n" + Mark.UNBROKEN);
	}

	/**
	 * Marks a file's text, which is written to another file with the same bytes; on a terminal it is
	 * {@linkplain #unbroken not wrapped}.
	 *
	 * @param text the file's text
	 * @return the text, marked
	 */
	static String exact(String text) {
		return Mark.EXACT + text.replace("\n", "\n" + Mark.EXACT);
	}

	private boolean isTerminal() {
		String property = System.getProperty(PROPERTY);
		if (property != null) {
			return property.contains(descriptor);
		}
		String target = target();
		return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
	}

	/** The stream's target, from Linux's file system of processes. */
	private String target() {
		try {
			return Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
		} catch (IOException | UnsupportedOperationException e) {
			// without that file system: plain output, which is right everywhere
			return "";
		}
	}

	private static int columns() {
		for (String columns : new String[] {System.getProperty(COLUMNS), System.getenv("COLUMNS")}) {
			if (columns != null && columns.matches("[1-9][0-9]{0,5}")) {
				return Math.max(COLUMNS_AT_LEAST, Integer.parseInt(columns));
			}
		}
		return COLUMNS_IF_UNKNOWN;
	}
}
