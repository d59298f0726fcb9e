package org.headstart.environments.tests;

import static org.headstart.environments.tests.SettingsFor.interval;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;

import org.headstart.api.environment.TaskFamily;
import org.headstart.environments.classic.Acrobot;
import org.headstart.environments.classic.AcrobotSettings;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AcrobotTest {

	private static TaskFamily acrobot(Object... keysAndValues) {
		return SettingsFor.family(new Acrobot(), AcrobotSettings.class, keysAndValues);
	}

	@Nested
	class Standard extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return acrobot();
		}
	}

	@Nested
	class ContextShown extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return acrobot("context", "shown", "max-episode-steps", 100L, "link2-length",
					Map.of("train", interval(0.8, 1.2), "test", interval(1.2, 1.6)), "friction", interval(0, 0.2));
		}
	}

	@Nested
	class Extremes extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return acrobot("gravity", interval(0, 100), "link1-length", interval(0.1, 10), "link2-length",
					interval(0.1, 10), "link1-mass", interval(0.1, 10), "link2-mass", interval(0.1, 10), "link1-centre",
					interval(0.05, 1), "link2-centre", interval(0.05, 1), "inertia", interval(0.01, 100), "torque",
					interval(0, 100), "friction", interval(0, 10), "max-episode-steps", 200L);
		}
	}

	@Test
	void hangingStillStaysStill() {
		OneLane lane = new OneLane(acrobot()).at(0, 0, 0, 0).choose(1);
		assertArrayEquals(new double[4], lane.state, 1e-15);
		assertEquals(-1, lane.reward());
		assertArrayEquals(new float[] {1, 0, 1, 0, 0, 0}, lane.observation(), 1e-7f);
	}

	@Test
	void aWeightlessArmAgainstTheBooksEquations() {
		// No gravity, from rest: d1 = .25 + (1 + .25 + 1) + 2 = 4.5, d2 = .25 + .5 + 1 = 1.75, so
		// θ̈₂ = 1 / (1.25 − 1.75²/4.5) = 1.7560975…, θ̈₁ = −1.75 θ̈₂ / 4.5; a short step leaves θ ≈ θ̈ t² / 2.
		OneLane lane = new OneLane(acrobot("gravity", 0.0)).at(0, 0, 0, 0).choose(2);
		double second = 1 / (1.25 - 1.75 * 1.75 / 4.5);
		assertEquals(second * 0.2, lane.state[3], 2e-3);
		assertEquals(-1.75 * second / 4.5 * 0.2, lane.state[2], 2e-3);
		assertEquals(second * 0.02, lane.state[1], 2e-4);
	}

	@Test
	void withoutMotorAndFrictionEnergyIsKept() {
		OneLane lane = new OneLane(acrobot()).at(0.8, -0.4, 0, 0);
		double before = energy(lane.state);
		for (int step = 0; step < 10; step++) {
			lane.choose(1);
		}
		// Runge-Kutta with 0.2 s loses a little; the missing term of the 1996 paper would lose much more.
		assertEquals(before, energy(lane.state), 0.05);
	}

	/** Of two rods of 1 kg and 1 m with inertia 1 about their centres. */
	private static double energy(double[] s) {
		double elbowX = Math.cos(s[0]) * s[2];
		double elbowY = Math.sin(s[0]) * s[2];
		double both = s[2] + s[3];
		double secondX = elbowX + 0.5 * Math.cos(s[0] + s[1]) * both;
		double secondY = elbowY + 0.5 * Math.sin(s[0] + s[1]) * both;
		double kinetic = 0.5 * (0.25 * s[2] * s[2] + secondX * secondX + secondY * secondY + s[2] * s[2] + both * both);
		double potential = 9.8 * (-0.5 * Math.cos(s[0]) - Math.cos(s[0]) - 0.5 * Math.cos(s[0] + s[1]));
		return kinetic + potential;
	}

	@Test
	void terminatesWhenTheTipIsALinkAboveThePivot() {
		OneLane lane = new OneLane(acrobot("gravity", 0.0));
		assertTrue(lane.at(Math.PI - 0.1, 0, 0, 0).choose(1).terminated());
		assertEquals(0, lane.reward());
		assertFalse(lane.at(Math.PI / 2, 0, 0, 0).choose(1).terminated());
		// −cos θ₁ − cos(θ₁ + θ₂) = 1 − cos(…) with the first link upright and the second level: exactly one link.
		assertFalse(lane.at(Math.PI, Math.PI / 2 + 0.01, 0, 0).choose(1).terminated());
		assertTrue(lane.at(Math.PI, Math.PI / 2 - 0.01, 0, 0).choose(1).terminated());
	}
}
