package org.headstart.environments.tests;

import static org.headstart.environments.tests.SettingsFor.interval;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.TaskFamily;
import org.headstart.environments.classic.CartPole;
import org.headstart.environments.classic.CartPoleSettings;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CartPoleTest {

	private static TaskFamily cartPole(Object... keysAndValues) {
		return SettingsFor.family(new CartPole(), CartPoleSettings.class, keysAndValues);
	}

	@Nested
	class Standard extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return cartPole();
		}
	}

	@Nested
	class ContextShown extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return cartPole("context", "shown", "max-episode-steps", 60L, "gravity",
					Map.of("train", interval(8, 12), "test", List.of(interval(4, 8), interval(12, 16))), "pole-half-length",
					Map.of("train", interval(0.3, 0.7), "validation", interval(0.7, 0.8), "test", interval(0.8, 1.5)),
					"pole-friction", interval(0, 0.01));
		}
	}

	@Nested
	class Extremes extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return cartPole("gravity", interval(0, 1000), "cart-mass", interval(0.001, 1000), "pole-mass",
					interval(0.001, 1000), "pole-half-length", interval(0.01, 100), "force", interval(0, 1000),
					"cart-friction", interval(0, 10), "pole-friction", interval(0, 10), "context", "shown");
		}
	}

	@Test
	void pushFromRest() {
		// At rest and upright only the push F acts: temp = F/M, θ̈ = −temp / (l (4/3 − m/M)), ẍ = temp − m l θ̈ / M,
		// with M = 1.1: temp = 9.0909…, θ̈ = −14.634146…, ẍ = 9.756097…
		OneLane lane = new OneLane(cartPole()).at(0, 0, 0, 0).choose(1);
		assertArrayEquals(new double[] {0, 0.02 * 9.75609756097561, 0, -0.02 * 14.634146341463415}, lane.state, 1e-12);
		assertEquals(1, lane.reward());
		assertFalse(lane.terminated());
	}

	@Test
	void aFallingPoleObeysGravityAlone() {
		// With a force of 0 and a cart of 1000 kg the pole turns about a hinge at rest: θ̈ = g sin θ / (4/3 l), nearly.
		OneLane lane = new OneLane(cartPole("force", 0.0, "cart-mass", 1000.0)).at(0, 0, 0.1, 0).choose(0);
		assertEquals(0.02 * 9.8 * Math.sin(0.1) / (4.0 / 3.0 * 0.5), lane.state[3], 1e-5);
	}

	@Test
	void terminatesBeyondPositionAndAngle() {
		OneLane lane = new OneLane(cartPole());
		assertFalse(lane.at(2.39, 0.4, 0, 0).choose(0).terminated(), "x = 2.398");
		assertTrue(lane.at(2.39, 0.6, 0, 0).choose(0).terminated(), "x = 2.402");
		assertEquals(1, lane.reward(), "the last step counts too");
		assertTrue(lane.at(-2.39, -0.6, 0, 0).choose(0).terminated(), "x = −2.402");
		double twelveDegrees = Math.toRadians(12);
		assertFalse(lane.at(0, 0, twelveDegrees - 0.01, 0.4).choose(0).terminated());
		assertTrue(lane.at(0, 0, twelveDegrees - 0.01, 0.6).choose(0).terminated());
		assertTrue(lane.at(0, 0, -twelveDegrees + 0.01, -0.6).choose(0).terminated());
	}

	@Test
	void frictionAsInBartoSuttonAnderson() {
		// Appendix of the paper: θ̈ = (g sin θ + cos θ (−F − m l θ̇² sin θ + μc sgn ẋ)/M − μp θ̇/(m l)) / (l (4/3 − m cos²θ/M))
		double x1 = 0.3;
		double theta1 = -0.5;
		double total = 1.1;
		OneLane lane = new OneLane(cartPole("cart-friction", 0.5, "pole-friction", 0.02));
		for (double theta : new double[] {0.1, -0.15, 0.2094, 0.2199, -0.2201, 1.3}) {
			double numerator = 9.8 * Math.sin(theta)
					+ Math.cos(theta) * (-10 - 0.05 * theta1 * theta1 * Math.sin(theta) + 0.5) / total
					- 0.02 * theta1 / 0.05;
			double theta2 = numerator / (0.5 * (4.0 / 3 - 0.1 * Math.cos(theta) * Math.cos(theta) / total));
			double x2 = (10 + 0.05 * (theta1 * theta1 * Math.sin(theta) - theta2 * Math.cos(theta)) - 0.5) / total;
			assertArrayEquals(
					new double[] {0.02 * x1, x1 + 0.02 * x2, theta + 0.02 * theta1, theta1 + 0.02 * theta2},
					lane.at(0, x1, theta, theta1).choose(1).state, 2e-15, "angle " + theta);
		}
	}

	@Test
	void startsNearTheMiddle() {
		OneLane lane = new OneLane(cartPole());
		for (long seed = 0; seed < 100; seed++) {
			for (double component : lane.start(seed).state) {
				assertTrue(Math.abs(component) <= 0.05);
			}
		}
	}
}
