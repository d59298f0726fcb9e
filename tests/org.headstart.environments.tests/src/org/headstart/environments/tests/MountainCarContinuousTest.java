package org.headstart.environments.tests;

import static org.headstart.environments.tests.SettingsFor.interval;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.headstart.api.environment.TaskFamily;
import org.headstart.environments.classic.MountainCarContinuous;
import org.headstart.environments.classic.MountainCarContinuousSettings;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MountainCarContinuousTest {

	private static TaskFamily mountainCar(Object... keysAndValues) {
		return SettingsFor.family(new MountainCarContinuous(), MountainCarContinuousSettings.class, keysAndValues);
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
			return mountainCar("context", "shown", "power", interval(0.001, 0.01), "friction", interval(0, 0.1),
					"max-episode-steps", 200L);
		}
	}

	@Test
	void aStep() {
		// v = 0.01 + 0.0015 · 0.5 − 0.0025 cos(0) = 0.00825
		OneLane lane = new OneLane(mountainCar()).at(0, 0.01f).act(0.5f);
		assertEquals(0.00825, lane.state[1], 1e-9);
		assertEquals(0.00825, lane.state[0], 1e-9);
		assertEquals(-0.025, lane.reward(), 1e-9);
	}

	@Test
	void theForceIsClippedButNotItsPrice() {
		OneLane lane = new OneLane(mountainCar()).at(0, 0).act(5);
		assertEquals(0.0015 - 0.0025, lane.state[1], 1e-9);
		assertEquals(-2.5, lane.reward(), 1e-6);
	}

	@Test
	void theGoalGivesHundred() {
		OneLane lane = new OneLane(mountainCar()).at(0.43, 0.05).act(0);
		assertTrue(lane.terminated());
		assertEquals(100, lane.reward());
	}
}
