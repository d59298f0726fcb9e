package org.headstart.examples.background;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;

import org.headstart.api.execution.Executor;
import org.headstart.api.settings.NoSettings;
import org.headstart.testkit.ExecutorContract;
import org.junit.jupiter.api.Test;

class BackgroundTest extends ExecutorContract<NoSettings> {

	@Override
	protected Executor<NoSettings> executor() {
		return new Background();
	}

	@Override
	protected NoSettings settings() {
		return new NoSettings();
	}

	/** Whether a process of that number lives here says nothing of one there. */
	@Test
	void aProcessOfAnotherComputerIsNotLookedForHere() throws IOException {
		StepProcess there = StepProcess.parse(new StepProcess(ProcessHandle.current().pid(), "node-7", Instant.now()).toString());
		String refusal = assertThrows(IOException.class, there::find).getMessage();
		assertTrue(refusal.contains("do this on node-7"), refusal);
		assertThrows(IOException.class, () -> StepProcess.parse("4711"));
	}
}
