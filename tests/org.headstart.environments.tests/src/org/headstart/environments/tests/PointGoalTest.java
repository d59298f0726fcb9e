package org.headstart.environments.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.point.PointGoal;
import org.headstart.environments.point.PointGoalSettings;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PointGoalTest {

	private static TaskFamily pointGoal(Object... keysAndValues) {
		return SettingsFor.family(new PointGoal(), PointGoalSettings.class, keysAndValues);
	}

	private static List<String> names(TaskFamily family) {
		return family.taskSets().stream().map(TaskSet::name).toList();
	}

	private static double[] sample(TaskFamily family, String set, RandomStream random) {
		double[] goal = new double[2];
		family.taskSet(set).sampler().sample(random, goal, 0);
		return goal;
	}

	@Nested
	class Standard extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return pointGoal();
		}
	}

	@Nested
	class HiddenDiscreteSector extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return pointGoal("goal", "hidden", "actions", "discrete", "split", "sector");
		}
	}

	@Nested
	class EndlessRing extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return pointGoal("split", "ring", "end-at-goal", false, "half-width", 2.0, "max-step", 0.3, "success-radius",
					0.1, "max-episode-steps", 20L);
		}
	}

	@Test
	void walksToTheLecturesGoal() {
		OneLane lane = new OneLane(pointGoal()).start(1);
		assertArrayEquals(new double[2], lane.state, "starts at the origin");
		lane.omega[0] = -10;
		lane.omega[1] = -10;
		for (int step = 1; step <= 10; step++) {
			lane.act(-3, -1);
			assertArrayEquals(new double[] {-step, -step}, lane.state);
			assertEquals(-Math.sqrt(2) * (10 - step), lane.reward(), 1e-6);
			assertArrayEquals(new float[] {-step / 10f, -step / 10f, -1, -1}, lane.observation());
			assertEquals(step == 10, lane.terminated());
		}
	}

	@Test
	void pathsAndTheDistanceThatIsLeftAreShown() {
		VectorEnvironment lane = pointGoal("max-episode-steps", 3L, "end-at-goal", false).vectorEnvironment(1,
				TaskSampler.fixed(3, -4), new RandomStreams(1));
		lane.reset();
		ActionBatch action = new ActionBatch(lane.actionSpace(), 1);
		action.values[0] = 1;
		action.values[1] = -0.5f;
		lane.step(action);
		assertEquals(List.of("x", "y", "goal-x", "goal-y"), lane.trace().orElseThrow().names());
		double[] trace = new double[4];
		lane.trace(0, trace);
		assertArrayEquals(new double[] {1, -0.5, 3, -4}, trace);
		lane.step(action);
		lane.step(action);
		lane.finalTrace(0, trace);
		assertArrayEquals(new double[] {3, -1.5, 3, -4}, trace);
		assertEquals("final-distance", lane.outcomes().get(0).name());
		assertEquals(2.5, lane.finalOutcomes()[0], 1e-12);
	}

	@Test
	void theEdgeStopsThePoint() {
		OneLane lane = new OneLane(pointGoal()).at(9.5, -10).act(1, -1);
		assertArrayEquals(new double[] {10, -10}, lane.state);
	}

	@Test
	void discreteDirections() {
		TaskFamily family = pointGoal("actions", "discrete", "max-step", 0.5);
		double[][] steps = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
		for (int action = 0; action < steps.length; action++) {
			OneLane lane = new OneLane(family).at(0, 0).choose(action);
			assertArrayEquals(new double[] {0.5 * steps[action][0], 0.5 * steps[action][1]}, lane.state);
		}
	}

	@Test
	void goesOnAtTheGoalWhenAsked() {
		OneLane lane = new OneLane(pointGoal("end-at-goal", false));
		lane.at(lane.omega[0], lane.omega[1]).act(0, 0);
		assertFalse(lane.terminated());
		assertEquals(0, lane.reward(), 1e-9);
	}

	@Test
	void samplesAreListsThatDependOnTheSplitSeedOnly() {
		TaskFamily family = pointGoal("sample", Map.of("train", 5L, "validation", 3L, "test", 7L));
		assertEquals(List.of("train", "validation", "test"), names(family));
		RandomStream random = new RandomStream(1);
		Set<List<Double>> goals = new HashSet<>();
		for (String set : names(family)) {
			for (int i = 0; i < 200; i++) {
				double[] goal = sample(family, set, random);
				goals.add(List.of(goal[0], goal[1]));
				assertTrue(Math.hypot(goal[0], goal[1]) >= 0.75, "a goal at the start");
			}
		}
		assertEquals(15, goals.size());
		TaskFamily moreTraining = pointGoal("sample", Map.of("train", 50L, "validation", 0L, "test", 7L));
		assertEquals(List.of("train", "test"), names(moreTraining));
		assertTrue(moreTraining.taskSet("test").contains().test(sample(family, "test", random)));
		TaskFamily otherSeed = pointGoal("sample", Map.of("train", 5L, "test", 7L, "seed", 1L));
		assertFalse(otherSeed.taskSet("test").contains().test(sample(family, "test", random)));
	}

	@Test
	void sectorHoldsDirectionsOut() {
		TaskFamily family = pointGoal("split", "sector", "sector",
				Map.of("from", 30.0, "to", 60.0, "validation-to", 90.0));
		RandomStream random = new RandomStream(1);
		for (int i = 0; i < 500; i++) {
			double test = direction(sample(family, "test", random));
			assertTrue(test >= 30 && test <= 60, "test goal at " + test + "°");
			double validation = direction(sample(family, "validation", random));
			assertTrue(validation >= 60 && validation <= 90, "validation goal at " + validation + "°");
			double train = direction(sample(family, "train", random));
			assertTrue(train <= 30 || train >= 90, "training goal at " + train + "°");
		}
		assertFalse(family.taskSet("train").contains().test(new double[] {11, 0}), "beyond the plane");
	}

	private static double direction(double[] goal) {
		double degrees = Math.toDegrees(Math.atan2(goal[1], goal[0]));
		return degrees < 0 ? degrees + 360 : degrees;
	}

	@Test
	void ringHoldsDistancesOut() {
		TaskFamily family = pointGoal("split", "ring", "ring", Map.of("from", 0.4, "to", 0.6, "validation-to", 0.6));
		assertEquals(List.of("train", "test"), names(family));
		RandomStream random = new RandomStream(1);
		for (int i = 0; i < 500; i++) {
			double[] test = sample(family, "test", random);
			assertTrue(Math.hypot(test[0], test[1]) >= 4 && Math.hypot(test[0], test[1]) <= 6);
			double[] train = sample(family, "train", random);
			assertTrue(Math.hypot(train[0], train[1]) <= 4 || Math.hypot(train[0], train[1]) >= 6);
		}
	}

	@Test
	void impossibleSettingsAreRefused() {
		assertRefused("success-radius", "actions", "discrete", "success-radius", 0.5);
		assertRefused("success-radius", "success-radius", 6.0);
		assertRefused("validation-to", "split", "sector", "sector", Map.of("from", 10.0, "to", 50.0, "validation-to", 40.0));
		assertRefused("'to'", "split", "ring", "ring", Map.of("from", 0.5, "to", 0.4));
		assertRefused("nothing is left", "split", "sector", "sector",
				Map.of("from", 0.0, "to", 180.0, "validation-to", 360.0));
		assertRefused("within success-radius", "split", "ring", "success-radius", 3.0, "ring",
				Map.of("from", 0.1, "to", 0.2, "validation-to", 0.2));
	}

	private static void assertRefused(String said, Object... keysAndValues) {
		String message = assertThrows(IllegalArgumentException.class, () -> pointGoal(keysAndValues)).getMessage();
		assertTrue(message.contains(said), message);
	}
}
