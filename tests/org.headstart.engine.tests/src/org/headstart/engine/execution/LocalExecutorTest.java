package org.headstart.engine.execution;

import org.headstart.api.execution.Executor;
import org.headstart.testkit.ExecutorContract;

/** Local worker processes keep the contract of executors. */
class LocalExecutorTest extends ExecutorContract<LocalExecutorSettings> {

	@Override
	protected Executor<LocalExecutorSettings> executor() {
		return new LocalExecutor();
	}

	@Override
	protected LocalExecutorSettings settings() {
		return new LocalExecutorSettings(64);
	}
}
