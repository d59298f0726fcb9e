package org.headstart.engine.internal.execution;

/** A request to stop, which cannot be withdrawn. It is checked in every vector step. Thread-safe. */
public class CancelToken {

	private volatile boolean cancelled;

	/** Requests the stop. */
	public void cancel() {
		cancelled = true;
	}

	/** @return whether to stop */
	public boolean isCancelled() {
		return cancelled;
	}
}
