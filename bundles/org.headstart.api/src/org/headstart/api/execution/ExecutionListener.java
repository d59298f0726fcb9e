package org.headstart.api.execution;

/** Is told what becomes of submitted steps. Implementations are thread-safe. */
public interface ExecutionListener {

	/** Characters that a handle has at most. */
	int LONGEST_HANDLE = 1000;

	/**
	 * A step has a place where it goes on without this process; only of an executor that {@linkplain Executor#detaches detaches}. Told
	 * before anything else of the step, and at the latest before {@link Execution#close} returns.
	 *
	 * @param stepKey the step
	 * @param handle  by which the executor finds the step again, and the user too: a job's number, for example; one line, at most
	 *                {@value #LONGEST_HANDLE} characters
	 */
	void submitted(String stepKey, String handle);

	/**
	 * A step that was submitted is not begun, since a step that it needs ended without a result; only of an execution that
	 * {@linkplain Execution#heedsNeeds heeds needs}. It may be submitted again.
	 *
	 * @param stepKey the step
	 */
	void returned(String stepKey);

	/**
	 * A step that was submitted is worked on from now on; in a queue that may be much later.
	 *
	 * @param stepKey the step
	 */
	void started(String stepKey);

	/**
	 * A step moved on.
	 *
	 * @param stepKey   the step
	 * @param stepsDone environment steps done
	 * @param stepsAll  environment steps in all
	 */
	void progress(String stepKey, long stepsDone, long stepsAll);

	/**
	 * Something that the user should know about a step, for example that it starts anew.
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
	 * A step failed by its own error; trying again would fail again.
	 *
	 * @param stepKey the step
	 * @param message for the user: what and where
	 */
	void failed(String stepKey, String message);

	/**
	 * The process that ran a step is gone without a word; another try may succeed.
	 *
	 * @param stepKey the step
	 * @param message what is known, for example the exit code
	 */
	void lost(String stepKey, String message);
}
