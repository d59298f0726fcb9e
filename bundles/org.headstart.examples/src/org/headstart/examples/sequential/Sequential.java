package org.headstart.examples.sequential;

import java.io.IOException;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.api.settings.NoSettings;

/** Runs the steps one after the other, each in a process of its own. */
public final class Sequential implements Executor<NoSettings> {

	@Override
	public Execution start(NoSettings settings, ExecutionSite site) throws IOException {
		return new SequentialExecution(site);
	}
}
