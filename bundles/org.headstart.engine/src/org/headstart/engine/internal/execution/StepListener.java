package org.headstart.engine.internal.execution;

/** Follows a step. Called on the step's thread, at most a few times a second. */
public interface StepListener {

	/**
	 * The step moved on.
	 *
	 * @param done environment steps done, or units of the step's other budget
	 * @param all  of them in all
	 */
	void progress(long done, long all);

	/**
	 * Something that the user should know.
	 *
	 * @param message for the user
	 */
	void note(String message);
}
