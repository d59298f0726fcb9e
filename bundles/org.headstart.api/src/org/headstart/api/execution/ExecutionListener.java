package org.headstart.api.execution;

/** Receives the events of submitted steps. Implementations are thread-safe. */
public interface ExecutionListener {

	/** The largest number of characters of a handle. */
	int LONGEST_HANDLE = 1000;

	/**
	 * A step was accepted by a system in which it continues without this process; only for an executor that
	 * {@linkplain Executor#detaches detaches}. This is the first event of the step, and is reported at the latest before
	 * {@link Execution#close} returns.
	 *
	 * @param stepKey the step
	 * @param handle  the name by which the executor and the user find the step again, for example a job's number; one line,
	 *                at most {@value #LONGEST_HANDLE} characters
	 */
	void submitted(String stepKey, String handle);

	/**
	 * A submitted step will not be begun, since a step that it needs ended without a result; only for an execution that
	 * {@linkplain Execution#heedsNeeds heeds needs}. The step may be submitted again.
	 *
	 * @param stepKey the step
	 */
	void returned(String stepKey);

	/**
	 * A submitted step has started; in a queue that may be long after its submission.
	 *
	 * @param stepKey the step
	 */
	void started(String stepKey);

	/**
	 * A step made progress.
	 *
	 * @param stepKey   the step
	 * @param stepsDone environment steps done
	 * @param stepsAll  environment steps in all
	 */
	void progress(String stepKey, long stepsDone, long stepsAll);

	/**
	 * A note for the user about a step, for example that it starts again from the beginning.
	 *
	 * @param stepKey the step
	 * @param message for the user
	 */
	void note(String stepKey, String message);

	/**
	 * A step's result is in the store.
	 *
	 * @param stepKey the step
	 */
	void finished(String stepKey);

	/**
	 * A step failed by its own error; another try would fail in the same way.
	 *
	 * @param stepKey the step
	 * @param message for the user: what and where
	 */
	void failed(String stepKey, String message);

	/**
	 * The process that ran a step ended without reporting a result or an error; another try may succeed.
	 *
	 * @param stepKey the step
	 * @param message what is known, for example the exit code
	 */
	void lost(String stepKey, String message);
}
