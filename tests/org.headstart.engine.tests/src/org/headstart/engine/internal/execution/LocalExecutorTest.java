package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

import org.headstart.api.execution.Executor;
import org.headstart.testkit.ExecutorContract;
import org.junit.jupiter.api.Test;

/** Local worker processes keep the contract of executors. */
class LocalExecutorTest extends ExecutorContract<LocalExecutorSettings> {

	@Override
	protected Executor<LocalExecutorSettings> executor() {
		return new LocalExecutor();
	}

	@Override
	protected LocalExecutorSettings settings() {
		return new LocalExecutorSettings(64, 2);
	}

	@Test
	void aProcessThatIsKilledBeforeItBeginsIsStartedAgain() throws Exception {
		AtomicInteger tries = new AtomicInteger();
		Process process = LocalExecution.started(() -> {
			if (tries.incrementAndGet() < 3) {
				throw new IOException("error=0, Failed to exec spawn helper: pid: 1, signal: 9");
			}
			return new ProcessBuilder("true").start();
		});
		assertEquals(0, process.waitFor());
		IOException thrown = assertThrows(IOException.class, () -> LocalExecution.started(() -> {
			throw new IOException("error=2, No such file or directory");
		}));
		assertEquals("error=2, No such file or directory", thrown.getMessage());
	}
}
