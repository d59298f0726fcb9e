package org.headstart.engine.internal.execution;

import org.headstart.engine.internal.results.RunStatus;

/** Follows a run. Called on the thread that runs it. */
public interface RunListener {

	/**
	 * The run's progress, about once a second and when a step ends.
	 *
	 * @param status what {@code run.json} says
	 */
	void progress(RunStatus status);

	/**
	 * Something that the user should know at once: a step failed, a worker was lost, a step starts anew.
	 *
	 * @param message for the user
	 */
	void note(String message);
}
