package org.headstart.api.execution;

import java.io.IOException;

/**
 * A running executor. {@link #submit} and {@link #follow} return at once; the execution reports every event of a step to
 * {@link ExecutionSite#listener()}. Thread-safe.
 */
public interface Execution extends AutoCloseable {

	/** @return the largest number of steps that may be submitted and not ended at the same time */
	int capacity();

	/**
	 * Whether it accepts steps whose needs have no result yet, as a queue with dependencies does. Such a step is begun when
	 * all its {@link StepRequest#needs} are finished. If one of them ends without a result, the execution first reports that
	 * end, and then {@linkplain ExecutionListener#returned returns} the step.
	 *
	 * @return by default false: it is given only steps that can run now
	 */
	default boolean heedsNeeds() {
		return false;
	}

	/**
	 * Submits a step, to be run now or as soon as possible.
	 *
	 * @param step the step
	 * @throws IOException when it cannot be submitted
	 */
	void submit(StepRequest step) throws IOException;

	/**
	 * Follows a step that an earlier execution submitted; only for an executor that {@linkplain Executor#detaches detaches}.
	 * All events since its submission are reported as for a step that was submitted here, including its end if it has ended
	 * meanwhile.
	 *
	 * @param step   the step
	 * @param handle the handle given to {@link ExecutionListener#submitted}
	 * @throws IOException when the step cannot be followed from here; the message says from where it can
	 */
	default void follow(StepRequest step, String handle) throws IOException {
		throw new UnsupportedOperationException("the steps of this executor end with its execution");
	}

	/**
	 * Stops a step, followed or not; only for an executor that {@linkplain Executor#detaches detaches}. The step writes a
	 * checkpoint and ends, and no further event of it is reported. Has no effect on a step that has ended.
	 *
	 * @param key    the step
	 * @param handle the handle given to {@link ExecutionListener#submitted}
	 * @throws IOException when the step cannot be stopped from here; the message says what to do
	 */
	default void cancel(String key, String handle) throws IOException {
		throw new UnsupportedOperationException("the steps of this executor end with its execution");
	}

	/**
	 * Ends the execution, within a second. Running steps write a checkpoint and then end, perhaps a moment later. If the
	 * executor {@linkplain Executor#detaches detaches}, steps with a handle continue, and other steps are not begun. The
	 * listener is told only of finished steps and of handles from here on.
	 */
	@Override
	void close();
}
