package org.headstart.engine.execution;

import java.io.IOException;

import org.headstart.api.execution.Execution;
import org.headstart.engine.catalog.Contribution;

/** An execution whose failures carry its executor's name. */
record NamedExecution(Contribution<?> executor, Execution execution) implements Execution {

	@Override
	public int capacity() {
		return executor.call("capacity", execution::capacity);
	}

	@Override
	public void submit(String stepKey) throws IOException {
		executor.call("submit", () -> {
			execution.submit(stepKey);
			return true;
		});
	}

	@Override
	public void close() {
		executor.call("close", () -> {
			execution.close();
			return true;
		});
	}
}
