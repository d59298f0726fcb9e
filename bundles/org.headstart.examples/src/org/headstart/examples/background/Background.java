package org.headstart.examples.background;

import java.io.IOException;

import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.api.settings.NoSettings;

/** Runs each step in a process of its own, which continues when the run ends. For Linux, since it uses {@code setsid}. */
public final class Background implements Executor<NoSettings> {

	@Override
	public boolean detaches(NoSettings settings) {
		return true;
	}

	@Override
	public Execution start(NoSettings settings, ExecutionSite site) throws IOException {
		return new BackgroundExecution(site);
	}
}
