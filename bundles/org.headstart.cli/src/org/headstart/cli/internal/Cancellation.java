package org.headstart.cli.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.headstart.engine.internal.execution.CancelToken;

/**
 * Lets Ctrl-C and SIGTERM stop a command in order. On a signal the JVM runs shutdown hooks and then ends with 130 or 143 by
 * itself; the hook cancels the command and holds the JVM until the command has kept its results and said so.
 */
final class Cancellation implements AutoCloseable {

	/** Workers get their own signal and have this long to write a checkpoint. */
	private static final int GRACE_SECONDS = 30;

	private static final AtomicInteger ACTIVE = new AtomicInteger();

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
		ACTIVE.incrementAndGet();
		Runtime.getRuntime().addShutdownHook(hook);
	}

	/** @return whether a command listens for signals itself */
	static boolean active() {
		return ACTIVE.get() > 0;
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
		ACTIVE.decrementAndGet();
		ended.countDown();
		remove(hook);
	}

	/** Takes back a shutdown hook, unless the JVM is shutting down already, so that it does its work or has done it. */
	static void remove(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		} catch (IllegalStateException e) {
			return;
		}
	}
}
