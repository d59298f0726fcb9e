package org.headstart.api.execution;

/** Is told what becomes of submitted steps. Implementations are thread-safe. */
public interface ExecutionListener {

	/**
	 * A step that was submitted is worked on from now on; on a cluster that may be much later.
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
