package org.headstart.environments.tests;

import static org.headstart.environments.tests.SettingsFor.interval;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.headstart.api.environment.TaskFamily;
import org.headstart.environments.classic.MountainCar;
import org.headstart.environments.classic.MountainCarSettings;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MountainCarTest {

	private static TaskFamily mountainCar(Object... keysAndValues) {
		return SettingsFor.family(new MountainCar(), MountainCarSettings.class, keysAndValues);
	}

	@Nested
	class Standard extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return mountainCar();
		}
	}

	@Nested
	class ContextShown extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return mountainCar("context", "shown", "gravity",
					Map.of("train", interval(0.002, 0.003), "test", interval(0.003, 0.004)), "friction", interval(0, 0.1),
					"goal-position", interval(-0.35, 0.6), "force", interval(0.0005, 0.01));
		}
	}

	@Test
	void aStep() {
		// v = 0.01 + 0.001 − 0.0025 cos(0) = 0.0085
		OneLane lane = new OneLane(mountainCar()).at(0, 0.01).choose(2);
		assertEquals(0.0085, lane.state[1], 1e-15);
		assertEquals(0.0085, lane.state[0], 1e-15);
		assertEquals(-1, lane.reward());
		assertFalse(lane.terminated());
	}

	@Test
	void theLeftWallStopsTheCar() {
		OneLane lane = new OneLane(mountainCar()).at(-1.19, -0.06).choose(0);
		assertEquals(-1.2, lane.state[0]);
		assertEquals(0, lane.state[1]);
	}

	@Test
	void terminatesAtTheFlag() {
		OneLane lane = new OneLane(mountainCar());
		assertTrue(lane.at(0.48, 0.05).choose(2).terminated());
		assertEquals(-1, lane.reward());
		assertFalse(lane.at(0.40, 0.05).choose(2).terminated());
		assertTrue(new OneLane(mountainCar("goal-position", 0.3)).at(0.28, 0.05).choose(2).terminated());
	}

	@Test
	void frictionTakesAShareOfTheVelocity() {
		OneLane lane = new OneLane(mountainCar("friction", 0.5, "gravity", 0.0)).at(0, 0.04).choose(1);
		assertEquals(0.02, lane.state[1], 1e-15);
	}
}
