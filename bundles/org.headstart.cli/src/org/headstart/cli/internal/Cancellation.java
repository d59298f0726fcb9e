package org.headstart.cli.internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.headstart.engine.internal.execution.CancelToken;

/**
 * Makes Ctrl-C and SIGTERM stop a command in an orderly way. On a signal the JVM runs shutdown hooks and then ends with 130
 * or 143 by itself; the hook cancels the command and delays the JVM's end until the command has saved its results and
 * printed a message.
 */
final class Cancellation implements AutoCloseable {

	/** The time for the workers, which get a signal of their own, to write a checkpoint. */
	private static final int GRACE_SECONDS = 30;

	private static final AtomicInteger ACTIVE = new AtomicInteger();

	private final CancelToken token;
	private final CountDownLatch ended = new CountDownLatch(1);
	private final Thread hook = new Thread(this::cancelAndWait, "cancel on signal");

	/**
	 * Begins to listen for signals.
	 *
	 * @param token is cancelled on a signal
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

	/** Tells that the command has ended, so that the JVM may end. */
	@Override
	public void close() {
		ACTIVE.decrementAndGet();
		ended.countDown();
		remove(hook);
	}

	/** Removes a shutdown hook, unless the JVM is already shutting down and the hook runs or has run. */
	static void remove(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		} catch (IllegalStateException e) {
			return;
		}
	}
}
