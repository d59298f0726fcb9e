package org.headstart.environments.tests;

import static org.headstart.environments.tests.SettingsFor.interval;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.headstart.api.environment.TaskFamily;
import org.headstart.environments.classic.Pendulum;
import org.headstart.environments.classic.PendulumSettings;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PendulumTest {

	private static TaskFamily pendulum(Object... keysAndValues) {
		return SettingsFor.family(new Pendulum(), PendulumSettings.class, keysAndValues);
	}

	@Nested
	class Standard extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return pendulum();
		}
	}

	@Nested
	class ContextShown extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return pendulum("context", "shown", "length",
					Map.of("train", interval(0.8, 1.2), "validation", interval(1.2, 1.4), "test", interval(1.4, 2)));
		}
	}

	@Nested
	class Extremes extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return pendulum("gravity", interval(0, 1000), "mass", interval(0.001, 1000), "length", interval(0.01, 100),
					"friction", interval(0, 10));
		}
	}

	@Test
	void aStepFromTheSide() {
		// θ = π/2: θ̇ = (15 sin θ + 3 · 2) · 0.05 = 1.05, θ += 1.05 · 0.05; the cost is of the state before the step.
		OneLane lane = new OneLane(pendulum()).at(Math.PI / 2, 0).act(2);
		assertEquals(1.05, lane.state[1], 1e-12);
		assertEquals(Math.PI / 2 + 0.0525, lane.state[0], 1e-12);
		assertEquals(-(Math.PI * Math.PI / 4 + 0.004), lane.reward(), 1e-6);
		assertFalse(lane.terminated());
	}

	@Test
	void theAngleIsWrappedInTheCostOnly() {
		OneLane lane = new OneLane(pendulum()).at(2 * Math.PI + 0.1, 0).act(0);
		assertEquals(-0.01, lane.reward(), 1e-7);
		assertTrue(lane.state[0] > 6);
		assertEquals(-0.01, new OneLane(pendulum()).at(-2 * Math.PI - 0.1, 0).act(0).reward(), 1e-7);
	}

	@Test
	void strongFrictionBringsTheRodToRest() {
		OneLane lane = new OneLane(pendulum("gravity", 0.0, "mass", 0.1, "friction", 10.0)).at(0, 5).act(0);
		assertTrue(lane.state[1] >= 0 && lane.state[1] < 0.5, "velocity " + lane.state[1]);
	}
}
