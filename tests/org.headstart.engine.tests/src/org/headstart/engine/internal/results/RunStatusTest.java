package org.headstart.engine.internal.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.headstart.engine.internal.results.RunStatus.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStatusTest {

	private static final Instant NOW = Instant.now();

	private static RunStatus run(RunState state, long process, String host, Duration age, Duration silence) {
		return new RunStatus(ResultStore.FORMAT, "tiny", state,
				new RunStatus.Supervisor(process, host, NOW.minus(age).toString(), NOW.minus(silence).toString()),
				new RunStatus.Progress(0, 1, 0, 400, null, null, null), List.of(), List.of());
	}

	private static RunStatus ofThisProcess(Duration silence) {
		return run(RunState.RUNNING, ProcessHandle.current().pid(), Machine.host(), Duration.ZERO, silence);
	}

	@Test
	void aRunOfThisComputerLivesAsLongAsItsProcess() throws Exception {
		assertTrue(ofThisProcess(Duration.ofMinutes(10)).alive(NOW), "a starved run is no dead one");
		assertEquals(Optional.of(ProcessHandle.current()), ofThisProcess(Duration.ZERO).hereAt(NOW));

		Process gone = new ProcessBuilder("true").start();
		gone.waitFor();
		RunStatus killed = run(RunState.RUNNING, gone.pid(), Machine.host(), Duration.ofSeconds(1), Duration.ZERO);
		assertFalse(killed.alive(NOW), "its last heartbeat is fresh, but its process is gone");
	}

	@Test
	void aProcessThatBeganAfterTheRunHasOnlyGotItsNumber() {
		RunStatus old = run(RunState.RUNNING, ProcessHandle.current().pid(), Machine.host(), Duration.ofDays(300), Duration.ZERO);
		assertFalse(old.alive(NOW));
		assertEquals(Optional.empty(), old.hereAt(NOW));
	}

	@Test
	void aRunOfAnotherComputerLivesAsLongAsItsHeartbeat() {
		assertTrue(run(RunState.RUNNING, 1, "elsewhere", Duration.ofDays(1), Duration.ofSeconds(3)).alive(NOW));
		assertFalse(run(RunState.RUNNING, 1, "elsewhere", Duration.ofDays(1), Duration.ofMinutes(1)).alive(NOW));
		assertEquals(Optional.empty(), run(RunState.RUNNING, 1, "elsewhere", Duration.ofDays(1), Duration.ZERO).hereAt(NOW));
	}

	@Test
	void whatHasEndedIsNotAlive() {
		for (RunState ended : new RunState[] {RunState.FINISHED, RunState.FAILED, RunState.CANCELLED, RunState.DETACHED}) {
			RunStatus run = run(ended, ProcessHandle.current().pid(), Machine.host(), Duration.ZERO, Duration.ZERO);
			assertFalse(run.alive(NOW), ended.name());
			assertEquals(Optional.empty(), run.hereAt(NOW), ended.name());
		}
	}

	/** Whoever stops a run kills it if it does not end by itself; it must not stand there as running for ever. */
	@Test
	void aRunThatWasKilledWhenItWasToStopIsSaidToBeStopped(@TempDir Path folder) throws Exception {
		ResultStore store = new ResultStore(folder);
		RunStatus running = run(RunState.RUNNING, 1, Machine.host(), Duration.ZERO, Duration.ZERO);
		store.write(running);
		assertEquals(RunState.CANCELLED, store.writeStopped(running).state());
		assertEquals(RunState.CANCELLED, store.status().orElseThrow().state());

		RunStatus next = run(RunState.RUNNING, 2, Machine.host(), Duration.ZERO, Duration.ZERO);
		store.write(next);
		store.writeStopped(running);
		assertEquals(Optional.of(next), store.status(), "another run has begun since");
	}
}
