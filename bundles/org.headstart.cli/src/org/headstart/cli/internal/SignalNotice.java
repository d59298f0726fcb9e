package org.headstart.cli.internal;

import java.io.PrintWriter;

/**
 * Says that a command was stopped by a signal, where the command does not listen for signals itself ({@link Cancellation}). The JVM
 * ends with 130 or 143 by itself; what the command meets while it is going down is then no failure of its own.
 */
final class SignalNotice implements AutoCloseable {

	private static volatile boolean stopping;
	private static volatile boolean silent;
	private static volatile String advice = "";

	private final Thread hook;

	/**
	 * Begins to listen.
	 *
	 * @param err where to say it
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

	/** The process has a supervisor that says it. */
	static void silence() {
		silent = true;
	}

	/**
	 * Sets what to say beside.
	 *
	 * @param text follows "stopped by a signal"
	 */
	static void advise(String text) {
		advice = text;
	}

	/** The command has ended. */
	@Override
	public void close() {
		Cancellation.remove(hook);
	}
}
