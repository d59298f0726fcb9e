package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;

/**
 * Runs steps in worker processes on this computer. Workers are started when needed and run step after step; a worker that
 * dies loses only its present step. Workers end with the process that started them, even if that is killed.
 */
public final class LocalExecutor implements Executor<LocalExecutorSettings> {

	@Override
	public OptionalLong memory(LocalExecutorSettings settings) {
		if (settings.memory() > 0) {
			return OptionalLong.of((long) settings.memory() << 20);
		}
		boolean limited = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
				.anyMatch(option -> option.startsWith("-Xmx"));
		// workers get this process's options but for the heap's size, which is then the runtime's own, as here
		return limited ? OptionalLong.empty() : OptionalLong.of(Runtime.getRuntime().maxMemory());
	}

	@Override
	public int tries(LocalExecutorSettings settings) {
		return settings.tries();
	}

	@Override
	public Execution start(LocalExecutorSettings settings, ExecutionSite site) throws IOException {
		return new LocalExecution(settings, site);
	}
}
