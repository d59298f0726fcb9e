package org.headstart.engine.internal.execution;

/** The user's wish to stop. Once given it stays. Looked at in every vector step. Thread-safe. */
public class CancelToken {

	private volatile boolean cancelled;

	/** Asks whoever holds this token to stop. */
	public void cancel() {
		cancelled = true;
	}

	/** @return whether to stop */
	public boolean isCancelled() {
		return cancelled;
	}
}
