package org.headstart.engine.internal.execution;

import java.io.IOException;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.StepRequest;
import org.headstart.engine.internal.catalog.Contribution;

/** An execution whose failures carry its executor's name. */
record NamedExecution(Contribution<?> executor, Execution execution) implements Execution {

	@Override
	public int capacity() {
		return executor.call("capacity", execution::capacity);
	}

	@Override
	public boolean heedsNeeds() {
		return executor.call("heedsNeeds", execution::heedsNeeds);
	}

	@Override
	public void submit(StepRequest step) throws IOException {
		executor.call("submit", () -> {
			execution.submit(step);
			return true;
		});
	}

	@Override
	public void follow(StepRequest step, String handle) throws IOException {
		executor.call("follow", () -> {
			execution.follow(step, handle);
			return true;
		});
	}

	@Override
	public void cancel(String key, String handle) throws IOException {
		executor.call("cancel", () -> {
			execution.cancel(key, handle);
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
