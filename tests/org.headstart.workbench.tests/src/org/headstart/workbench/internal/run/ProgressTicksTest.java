package org.headstart.workbench.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.eclipse.core.runtime.NullProgressMonitor;
import org.headstart.engine.internal.results.RunStatus;
import org.headstart.engine.internal.results.RunStatus.RunState;
import org.junit.jupiter.api.Test;

class ProgressTicksTest {

	private static final long PID = 7;

	private static RunStatus status(long process, long done, long all) {
		return new RunStatus(1, "run", RunState.RUNNING,
				new RunStatus.Supervisor(process, "here", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z"),
				new RunStatus.Progress(0, 2, done, all, null, null, null), List.of(), List.of());
	}

	@Test
	void ticksAreAShareHoweverLargeThePlan() {
		int[] worked = new int[1];
		ProgressTicks ticks = new ProgressTicks(new NullProgressMonitor() {
			@Override
			public void worked(int work) {
				worked[0] += work;
			}
		});
		ticks.show(status(PID, 250_000_000_000_000_000L, 1_000_000_000_000_000_000L), PID);
		assertEquals(250, worked[0]);
		ticks.show(status(PID + 1, 900_000_000_000_000_000L, 1_000_000_000_000_000_000L), PID);
		assertEquals(250, worked[0], "another run's");
		ticks.show(status(PID, 1_000_000_000_000_000_000L, 1_000_000_000_000_000_000L), PID);
		assertEquals(1000, worked[0]);
	}
}
