package org.headstart.engine.internal.execution;

/** Follows a step. Called on the step's thread, at most a few times a second. */
public interface StepListener {

	/**
	 * The step made progress.
	 *
	 * @param done environment steps done, or the step's other unit
	 * @param all  the total
	 */
	void progress(long done, long all);

	/**
	 * A note for the user.
	 *
	 * @param message for the user
	 */
	void note(String message);
}
