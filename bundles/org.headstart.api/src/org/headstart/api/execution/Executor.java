package org.headstart.api.execution;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Runs the steps of a plan, for example in local worker processes (the default) or in a cluster's queue. The contribution to
 * the extension point {@code org.headstart.api.executors}.
 *
 * @param <S> its settings record
 */
public interface Executor<S extends Record> {

	/**
	 * @param settings the settings
	 * @return the least heap memory that a step gets, in bytes; empty when it is not known
	 */
	default OptionalLong memory(S settings) {
		return OptionalLong.empty();
	}

	/**
	 * The number of tries for a step whose process is {@linkplain ExecutionListener#lost lost}, the first try included.
	 *
	 * @param settings the settings
	 * @return at least 1; by default 2
	 */
	default int tries(S settings) {
		return 2;
	}

	/**
	 * Whether its steps outlive the process that submitted them, as in a cluster's queue. If so, the listener is
	 * {@linkplain ExecutionListener#submitted told} a handle for each step, the steps continue when the run ends, and the
	 * next run in the folder {@linkplain Execution#follow follows} them.
	 *
	 * @param settings the settings
	 * @return by default false: steps end with their run
	 */
	default boolean detaches(S settings) {
		return false;
	}

	/**
	 * Starts an execution.
	 *
	 * @param settings the settings
	 * @param site     its surroundings
	 * @return the execution; the caller closes it
	 * @throws IOException when it cannot start
	 */
	Execution start(S settings, ExecutionSite site) throws IOException;
}
