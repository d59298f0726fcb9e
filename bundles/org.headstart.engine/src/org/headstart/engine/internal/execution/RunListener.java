package org.headstart.engine.internal.execution;

import org.headstart.engine.internal.results.RunStatus;

/** Follows a run. Called on the thread that runs it. */
public interface RunListener {

	/**
	 * The run's progress, about once a second and when a step ends.
	 *
	 * @param status the content of {@code run.json}
	 */
	void progress(RunStatus status);

	/**
	 * A note for the user: a step failed, a worker was lost, a step starts again from the beginning.
	 *
	 * @param message for the user
	 */
	void note(String message);
}
