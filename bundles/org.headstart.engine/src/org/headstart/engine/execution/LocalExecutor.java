package org.headstart.engine.execution;

import java.io.IOException;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;

/**
 * Runs steps in worker processes on this computer. Workers are started when they are needed and take step after step; one that
 * dies costs only the step it was at. Workers end when the process that started them does, even if that is killed.
 */
public final class LocalExecutor implements Executor<LocalExecutorSettings> {

	@Override
	public Execution start(LocalExecutorSettings settings, ExecutionSite site) throws IOException {
		return new LocalExecution(settings, site);
	}
}
