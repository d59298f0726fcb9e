package org.headstart.api.execution;

import java.io.IOException;

/**
 * An executor at work. {@link #submit} and {@link #follow} return at once; what becomes of a step is told to
 * {@link ExecutionSite#listener()}. Thread-safe.
 */
public interface Execution extends AutoCloseable {

	/** @return how many steps may be handed over and not have ended */
	int capacity();

	/**
	 * Whether it is handed steps whose needs have no result yet, as a queue with dependencies takes them. Such a step is begun when
	 * all its {@link StepRequest#needs} are finished. When one of them ends otherwise, the end of that is told first, and then the step
	 * is {@linkplain ExecutionListener#returned returned}.
	 *
	 * @return false unless the execution says otherwise: it is handed steps that can run now
	 */
	default boolean heedsNeeds() {
		return false;
	}

	/**
	 * Takes a step over: to run it now, or when it can.
	 *
	 * @param step the step
	 * @throws IOException when it cannot be handed over
	 */
	void submit(StepRequest step) throws IOException;

	/**
	 * Takes up a step that an earlier execution left behind; only of an executor that {@linkplain Executor#detaches detaches}. All that
	 * became of it since it was submitted is told as of a step that was submitted here, an end that it came to meanwhile too.
	 *
	 * @param step   the step
	 * @param handle what {@link ExecutionListener#submitted} was told of it
	 * @throws IOException when it cannot be known from here what becomes of it, and how it can be
	 */
	default void follow(StepRequest step, String handle) throws IOException {
		throw new UnsupportedOperationException("the steps of this executor end with its execution");
	}

	/**
	 * Tells a step to stop, followed or not; only of an executor that {@linkplain Executor#detaches detaches}. It writes a checkpoint, then
	 * ends, and nothing more is told of it. Does nothing to a step that has ended.
	 *
	 * @param key    the step
	 * @param handle what {@link ExecutionListener#submitted} was told of it
	 * @throws IOException when it cannot be told from here, and what can be done
	 */
	default void cancel(String key, String handle) throws IOException {
		throw new UnsupportedOperationException("the steps of this executor end with its execution");
	}

	/**
	 * Ends the execution, within a second. Steps under way write a checkpoint, then end, if a moment later; where the executor
	 * {@linkplain Executor#detaches detaches}, those go on that have a handle, and others are not begun. Nothing more is told to the
	 * listener but what has finished, and handles.
	 */
	@Override
	void close();
}
