package org.headstart.cli.internal;

import java.io.PrintWriter;

/**
 * Reports that a signal stopped a command that does not listen for signals itself ({@link Cancellation}). The JVM ends with
 * 130 or 143 by itself; exceptions of the command during the shutdown are then not failures.
 */
final class SignalNotice implements AutoCloseable {

	private static volatile boolean stopping;
	private static volatile boolean silent;
	private static volatile String advice = "";

	private final Thread hook;

	/**
	 * Begins to listen.
	 *
	 * @param err where to print the notice
	 */
	SignalNotice(PrintWriter err) {
		hook = new Thread(() -> {
			stopping = true;
			if (!silent && !Cancellation.active()) {
				err.println("headstart: stopped by a signal" + advice);
				err.flush();
			}
		}, "notice of a signal");
		Runtime.getRuntime().addShutdownHook(hook);
	}

	/** @return whether a signal is ending this process */
	static boolean stopping() {
		return stopping;
	}

	/** Prints no notice, since the process has a supervisor that does. */
	static void silence() {
		silent = true;
	}

	/**
	 * Sets an additional text.
	 *
	 * @param text follows "stopped by a signal"
	 */
	static void advise(String text) {
		advice = text;
	}

	/** Tells that the command has ended. */
	@Override
	public void close() {
		Cancellation.remove(hook);
	}
}
