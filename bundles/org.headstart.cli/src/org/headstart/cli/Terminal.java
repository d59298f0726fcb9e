package org.headstart.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether an output stream goes to a person's terminal, and what may be written there. */
enum Terminal {

	/** Standard output. */
	OUT("1"),
	/** Standard error. */
	ERR("2");

	/** Set by the script: the numbers of the streams that are terminals, for example {@code "12"}; the JVM cannot tell. */
	private static final String PROPERTY = "headstart.tty";

	private final String descriptor;

	Terminal(String descriptor) {
		this.descriptor = descriptor;
	}

	/** @return whether a person watches */
	boolean interactive() {
		String property = System.getProperty(PROPERTY);
		if (property != null) {
			return property.contains(descriptor);
		}
		try {
			String target = Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor)).toString();
			return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
		} catch (IOException | UnsupportedOperationException e) {
			// No such file system here: plain output is right everywhere.
			return false;
		}
	}

	/** @return whether colours are wanted: on a terminal that has them, unless {@code NO_COLOR} is set (no-color.org) */
	boolean colours() {
		String none = System.getenv("NO_COLOR");
		return interactive() && (none == null || none.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
	}

	String bold(String text) {
		return styled("1", text);
	}

	String red(String text) {
		return styled("31", text);
	}

	String faint(String text) {
		return styled("2", text);
	}

	private String styled(String code, String text) {
		return colours() ? "\033[" + code + "m" + text + "\033[0m" : text;
	}
}
