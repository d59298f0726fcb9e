package org.headstart.api.execution;

import java.io.IOException;

/**
 * An executor at work. {@link #submit} returns at once; what becomes of a step is told to {@link ExecutionSite#listener()}.
 * Thread-safe.
 */
public interface Execution extends AutoCloseable {

	/** @return how many steps may be under way at once */
	int capacity();

	/**
	 * Starts a step.
	 *
	 * @param stepKey the step's key in the frozen plan
	 * @throws IOException when it cannot be handed over
	 */
	void submit(String stepKey) throws IOException;

	/**
	 * Stops: steps under way write a checkpoint, then end. Returns within a second, even if some of them are still writing; those
	 * must end on their own soon after. Nothing is told to the listener about steps that this stopped.
	 */
	@Override
	void close();
}
