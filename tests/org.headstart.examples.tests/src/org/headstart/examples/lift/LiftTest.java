package org.headstart.examples.lift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.random.RandomStreams;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Test;

class LiftTest extends EnvironmentContract {

	@Override
	protected TaskFamily family() {
		return new Lift().create(new LiftSettings(10, 0.1, 30));
	}

	/** Each writes a line and reads one. */
	@Override
	protected boolean stepsAllocate() {
		return true;
	}

	private static List<ProcessHandle> processes() {
		return ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
	}

	private static SimulatedLanes lanes(double failures) {
		SimulatedLanes lanes = new Lift().create(new LiftSettings(10, failures, 30)).vectorEnvironment(1, TaskSampler.fixed(9),
				new RandomStreams(1));
		lanes.reset();
		return lanes;
	}

	@Test
	void itRidesToTheFloor() {
		try (SimulatedLanes lanes = lanes(0)) {
			ActionBatch up = new ActionBatch(lanes.actionSpace(), 1);
			up.index[0] = 2;
			int floor = Math.round(10 * lanes.observations()[0]);
			for (int left = 9 - floor; left > 0; left--) {
				assertArrayEquals(new float[] {(9 - left) / 10f, left / 10f}, lanes.observations());
				lanes.step(up);
				assertEquals(left == 1, lanes.terminated()[0]);
			}
		}
	}

	@Test
	void itsProcessStartsWithTheLanesAndEndsWithThem() {
		List<ProcessHandle> before = processes();
		TaskFamily family = family();
		assertEquals(before, processes(), "a description starts nothing");
		try (SimulatedLanes lanes = family.vectorEnvironment(2, TaskSampler.fixed(3), new RandomStreams(1))) {
			assertEquals(before.size() + 1, processes().size());
			lanes.reset();
		}
		assertEquals(before, processes());
	}

	@Test
	void aProcessThatEndsIsAnError() {
		List<ProcessHandle> before = processes();
		try (SimulatedLanes lanes = lanes(0.1)) {
			ProcessHandle world = processes().stream().filter(process -> !before.contains(process)).findFirst().orElseThrow();
			world.destroyForcibly();
			world.onExit().join();
			RuntimeException failure = assertThrows(RuntimeException.class,
					() -> lanes.step(new ActionBatch(lanes.actionSpace(), 1)));
			assertTrue(failure instanceof UncheckedIOException || failure.getMessage().equals("the lift's process has ended"),
					failure::toString);
		}
	}
}
