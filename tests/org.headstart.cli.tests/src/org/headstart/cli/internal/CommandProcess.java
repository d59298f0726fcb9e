package org.headstart.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command said, executed in this process, and its exit code. Standard output is a terminal of 80 columns without styles,
 * standard error a file: read once, so that all tests of the command line share it.
 */
record CommandProcess(int code, String out, String err) {

	static final int COLUMNS = 80;

	static {
		System.setProperty("headstart.tty", "1");
		System.setProperty("headstart.columns", Integer.toString(COLUMNS));
	}

	/** Loads this class, and so sets the terminal. */
	static void terminal() {
		assertTrue(Terminal.OUT.interactive());
		assertFalse(Terminal.ERR.interactive());
		assertEquals(COLUMNS, Terminal.OUT.width());
	}

	static CommandProcess headstart(String... arguments) {
		terminal();
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ByteArrayOutputStream err = new ByteArrayOutputStream();
		PrintStream systemOut = System.out;
		PrintStream systemErr = System.err;
		try {
			int code = Headstart.execute(out, err, arguments);
			return new CommandProcess(code, text(out), text(err));
		} finally {
			System.setOut(systemOut);
			System.setErr(systemErr);
		}
	}

	private static String text(ByteArrayOutputStream bytes) {
		return bytes.toString(StandardCharsets.UTF_8).replaceAll("\033\\[[0-9;]*m", "");
	}

	CommandProcess endsWith(int expected) {
		assertEquals(expected, code, toString());
		assertFalse(err.contains("\tat "), () -> "a stack trace is not for users: " + this);
		return this;
	}

	CommandProcess prints(String... texts) {
		for (String text : texts) {
			assertTrue(out.contains(text), () -> "'" + text + "' is missing: " + this);
		}
		return this;
	}

	CommandProcess complains(String... texts) {
		for (String text : texts) {
			assertTrue(err.contains(text), () -> "'" + text + "' is missing: " + this);
		}
		return this;
	}
}
