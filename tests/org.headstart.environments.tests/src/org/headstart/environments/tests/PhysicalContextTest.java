package org.headstart.environments.tests;

import static org.headstart.environments.tests.SettingsFor.interval;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStream;
import org.headstart.environments.classic.CartPole;
import org.headstart.environments.classic.CartPoleSettings;
import org.junit.jupiter.api.Test;

/** Which task sets the ranges of physical parameters make, and what of them is shown. Cart-pole stands for all. */
class PhysicalContextTest {

	private static final double[] GYMNASIUM = {9.8, 1, 0.1, 0.5, 10, 0, 0};

	private static TaskFamily cartPole(Object... keysAndValues) {
		return SettingsFor.family(new CartPole(), CartPoleSettings.class, keysAndValues);
	}

	private static List<String> names(TaskFamily family) {
		return family.taskSets().stream().map(TaskSet::name).toList();
	}

	private static double[] sample(TaskSet set, long seed) {
		double[] omega = new double[GYMNASIUM.length];
		set.sampler().sample(new RandomStream(seed), omega, 0);
		return omega;
	}

	private static double[] with(int parameter, double value) {
		double[] omega = GYMNASIUM.clone();
		omega[parameter] = value;
		return omega;
	}

	private static String refusal(Object... keysAndValues) {
		return assertThrows(IllegalArgumentException.class, () -> cartPole(keysAndValues)).getMessage();
	}

	@Test
	void fixedParametersMakeOneTask() {
		assertEquals(List.of("gravity", "cart-mass", "pole-mass", "pole-half-length", "force", "cart-friction",
				"pole-friction"), cartPole().parameterNames());
		assertEquals(List.of("default"), names(cartPole()));
		assertArrayEquals(GYMNASIUM, sample(cartPole().taskSet("default"), 1));
		assertArrayEquals(with(0, 12), sample(cartPole("gravity", 12.0).taskSet("default"), 1));
	}

	@Test
	void oneIntervalForAllSplitsMakesNoHeldOutSet() {
		TaskFamily family = cartPole("gravity", interval(8, 12), "force", 8.0);
		assertEquals(List.of("train", "default"), names(family));
		double[] standard = with(4, 8);
		assertArrayEquals(standard, sample(family.taskSet("default"), 1), "fixed as set, varying as in Gymnasium");
		assertTrue(family.taskSet("train").contains().test(standard));
		assertEquals(TaskRole.TRAIN, family.taskSet("default").role());
	}

	@Test
	void distinctIntervalsMakeHeldOutSets() {
		TaskFamily family = cartPole("gravity", Map.of("train", interval(8, 12), "validation", interval(6, 8), "test",
				List.of(interval(2, 6), interval(12, 16))));
		assertEquals(List.of("train", "default", "validation", "test"), names(family));
		assertEquals(List.of(TaskRole.TRAIN, TaskRole.TRAIN, TaskRole.VALIDATION, TaskRole.TEST),
				family.taskSets().stream().map(TaskSet::role).toList());
		assertEquals(ParameterGroup.scalar("gravity", "m/s²", 2, 16, 9.8), family.parameters().get(0));
		assertEquals(ParameterGroup.scalar("cart-mass", "kg", 1, 1, 1), family.parameters().get(1));
		assertTrue(family.taskSet("test").contains().test(with(0, 2)));
		assertTrue(family.taskSet("test").contains().test(with(0, 12)), "intervals are half-open");
		assertFalse(family.taskSet("train").contains().test(with(0, 12)));
		assertTrue(family.taskSet("train").contains().test(with(0, 8)));
		assertFalse(family.taskSet("validation").contains().test(with(0, 8)));
		assertFalse(family.taskSet("test").contains().test(with(0, 16)));
		assertFalse(family.taskSet("train").contains().test(new double[] {9, 1.1, 0.1, 0.5, 10, 0, 0}),
				"another cart is no task of this family");
		boolean below = false;
		boolean above = false;
		for (long seed = 0; seed < 100; seed++) {
			double gravity = sample(family.taskSet("test"), seed)[0];
			below |= gravity < 6;
			above |= gravity >= 12;
			assertTrue(gravity >= 2 && gravity < 6 || gravity >= 12 && gravity < 16, "gravity " + gravity);
		}
		assertTrue(below && above, "both test intervals are drawn from");
	}

	@Test
	void theDefaultTaskIsHeldOutWhereItLiesInAHeldOutSplit() {
		assertEquals(TaskRole.TEST,
				cartPole("gravity", Map.of("train", interval(1, 5), "test", interval(5, 12))).taskSet("default").role());
		TaskFamily apart = cartPole("gravity", Map.of("train", interval(1, 5), "test", interval(5, 9)));
		assertEquals(TaskRole.TRAIN, apart.taskSet("default").role());
		assertEquals(9.8, apart.parameters().get(0).high(), "the default task counts");
	}

	@Test
	void aSplitIsOneWhenOneOfItsParametersIs() {
		TaskFamily family = cartPole("gravity", Map.of("train", interval(8, 12), "test", interval(12, 16)), "force",
				interval(8, 12));
		assertEquals(List.of("train", "default", "test"), names(family));
	}

	@Test
	void singleValuesAreDrawnEquallyOften() {
		TaskFamily family = cartPole("force",
				Map.of("train", List.of(List.of(5.0), List.of(10.0)), "test", 7.5));
		assertEquals(List.of("train", "default", "test"), names(family));
		int fives = 0;
		for (long seed = 0; seed < 400; seed++) {
			double force = sample(family.taskSet("train"), seed)[4];
			assertTrue(force == 5 || force == 10);
			fives += force == 5 ? 1 : 0;
		}
		assertTrue(fives > 150 && fives < 250, fives + " of 400");
	}

	@Test
	void overlappingSplitsAreRefused() {
		String message = refusal("gravity", Map.of("train", interval(8, 12), "test", interval(11, 16)));
		assertTrue(message.contains("gravity") && message.contains("train [8.0, 12.0]")
				&& message.contains("test [11.0, 16.0]") && message.contains("overlap"), message);
		assertTrue(refusal("gravity", Map.of("train", interval(8, 12), "test", 9.0)).contains("overlap"));
		assertTrue(refusal("gravity", Map.of("train", interval(8, 12), "validation", interval(13, 15), "test",
				interval(14, 16))).contains("validation"));
		assertTrue(refusal("gravity", Map.of("train", interval(8, 12), "validation", interval(13, 15), "test",
				interval(13, 15))).contains("same tasks"));
		assertTrue(refusal("gravity", List.of(interval(8, 12), interval(11, 13))).contains("twice"));
		assertTrue(refusal("gravity", List.of(interval(8, 12), interval(13, 13))).contains("mixes"));
	}

	@Test
	void impossiblePhysicsIsRefused() {
		assertTrue(refusal("cart-mass", 0.0).contains("cart-mass must lie in"));
		assertTrue(refusal("pole-mass", interval(-1, 1)).contains("pole-mass"));
		assertTrue(refusal("pole-half-length", Map.of("train", 0.5, "test", -0.5)).contains("pole-half-length"));
		assertTrue(refusal("cart-friction", -0.1).contains("cart-friction"));
	}

	@Test
	void theShownContextIsScaledByTheTrainingIntervals() {
		TaskFamily family = cartPole("context", "shown", "gravity",
				Map.of("train", interval(8, 12), "test", interval(12, 16)), "force",
				Map.of("train", 10.0, "test", 15.0));
		assertEquals(6, View.PLAIN.observationSpace(family.environment()).row().size());
		OneLane lane = new OneLane(family).at(0, 0, 0, 0);
		lane.omega[0] = 14;
		lane.omega[4] = 15;
		assertArrayEquals(new float[] {0, 0, 0, 0, 2, 0.5f}, lane.observation());
		assertEquals(-1, View.PLAIN.observationSpace(family.environment()).row().low()[4]);
		assertEquals(3, View.PLAIN.observationSpace(family.environment()).row().high()[4]);
	}
}
