package org.headstart.cli.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether an output stream goes to a person's terminal, how wide that is, and what may be written there. Styles are marks in
 * the text, which {@link TerminalWriter} turns into the terminal's sequences or leaves out.
 */
enum Terminal {

	/** Standard output. */
	OUT("1"),
	/** Standard error. */
	ERR("2");

	/** Set by the script: the numbers of the streams that are terminals, for example {@code "12"}; the JVM cannot tell. */
	private static final String PROPERTY = "headstart.tty";
	/** Set by the script where it is known: the terminal's columns. */
	private static final String COLUMNS = "headstart.columns";
	private static final int COLUMNS_IF_UNKNOWN = 80;
	/** Below, lines could not be read any more: the terminal breaks them. */
	private static final int COLUMNS_AT_LEAST = 20;

	private final String descriptor;
	private final boolean interactive;
	private final int width;

	Terminal(String descriptor) {
		this.descriptor = descriptor;
		interactive = isTerminal();
		width = interactive ? columns() : Integer.MAX_VALUE;
	}

	/** @return whether a person watches */
	boolean interactive() {
		return interactive;
	}

	/** @return how many columns a line may take; without bound where nobody watches */
	int width() {
		return width;
	}

	/** @return whether a line can be rewritten */
	boolean rewritable() {
		return interactive && !"dumb".equals(System.getenv("TERM"));
	}

	/** @return whether somebody reads who may go before the end: a terminal, or a command after this one */
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
	 * Text whose lines are the reader's to copy, so none is broken: JSON, a command.
	 *
	 * @param text one line or several
	 * @return the text, marked
	 */
	static String unbroken(String text) {
		return Mark.UNBROKEN + text.replace("\n", "\n" + Mark.UNBROKEN);
	}

	/**
	 * A file's text, which reaches another file with the same bytes; on a terminal it is {@linkplain #unbroken unbroken}.
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

	/** What the stream is, as Linux says it. */
	private String target() {
		try {
			return Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
		} catch (IOException | UnsupportedOperationException e) {
			// No such file system here: plain output is right everywhere.
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
