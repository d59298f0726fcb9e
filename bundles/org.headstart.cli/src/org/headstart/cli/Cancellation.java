package org.headstart.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.headstart.engine.execution.CancelToken;

/**
 * Lets Ctrl-C and SIGTERM stop a command in order. On a signal the JVM runs shutdown hooks and then ends with 130 or 143 by
 * itself; the hook cancels the command and holds the JVM until the command has kept its results and said so.
 */
final class Cancellation implements AutoCloseable {

	/** Workers get their own signal and have this long to write a checkpoint. */
	private static final int GRACE_SECONDS = 30;

	private final CancelToken token;
	private final CountDownLatch ended = new CountDownLatch(1);
	private final Thread hook = new Thread(this::cancelAndWait, "cancel on signal");

	/**
	 * Begins to listen for signals.
	 *
	 * @param token what to cancel
	 */
	Cancellation(CancelToken token) {
		this.token = token;
		Runtime.getRuntime().addShutdownHook(hook);
	}

	private void cancelAndWait() {
		token.cancel();
		try {
			ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** The command has ended: the JVM may go. */
	@Override
	public void close() {
		ended.countDown();
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		} catch (IllegalStateException e) {
			// The JVM is shutting down already, and the hook has done its work.
			return;
		}
	}
}
