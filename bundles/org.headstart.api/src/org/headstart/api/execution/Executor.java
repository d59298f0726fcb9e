package org.headstart.api.execution;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Runs the steps of a plan somewhere: what the extension point {@code org.headstart.api.executors} contributes. Local worker
 * processes are the default; a cluster's queue is another.
 *
 * @param <S> its settings record
 */
public interface Executor<S extends Record> {

	/**
	 * @param settings the settings
	 * @return bytes of heap memory that a step has at least; empty when that is not known
	 */
	default OptionalLong memory(S settings) {
		return OptionalLong.empty();
	}

	/**
	 * How often a step is tried whose process was {@linkplain ExecutionListener#lost lost}, the first time included.
	 *
	 * @param settings the settings
	 * @return at least 1; unless the executor says otherwise, 2
	 */
	default int tries(S settings) {
		return 2;
	}

	/**
	 * Whether its steps outlive the process that submitted them, as those of a cluster's queue do. Then the listener is
	 * {@linkplain ExecutionListener#submitted told} a handle for each, a run that ends leaves them at work, and the next run in the folder
	 * {@linkplain Execution#follow follows} them.
	 *
	 * @param settings the settings
	 * @return false unless the executor says otherwise: steps end with their run
	 */
	default boolean detaches(S settings) {
		return false;
	}

	/**
	 * Gets ready to run steps.
	 *
	 * @param settings the settings
	 * @param site     what it works with
	 * @return the execution; the caller closes it
	 * @throws IOException when it cannot start
	 */
	Execution start(S settings, ExecutionSite site) throws IOException;
}
