package org.headstart.environments.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.point.PointGoalMaml;
import org.headstart.environments.point.PointGoalMamlSettings;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PointGoalMamlTest {

	private static final int EPISODES = 20_000;

	private static TaskFamily maml(Object... keysAndValues) {
		return SettingsFor.family(new PointGoalMaml(), PointGoalMamlSettings.class, keysAndValues);
	}

	@Nested
	class Standard extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return maml();
		}
	}

	@Nested
	class Oracle extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return maml("goal", "shown", "step-unit", "plane", "validation-goals", 0L);
		}
	}

	@Test
	void theRewardIsOfTheStateAfterTheStep() {
		OneLane lane = new OneLane(maml()).start(1);
		assertArrayEquals(new double[2], lane.state);
		lane.omega[0] = 0.4;
		lane.omega[1] = -0.3;
		lane.act(1, 0);
		assertEquals(-Math.sqrt(0.3 * 0.3 + 0.3 * 0.3), lane.reward(), 1e-7);
		assertArrayEquals(new float[] {0.1f, 0}, lane.observation(), 1e-9f);
		lane.act(50, -50);
		assertArrayEquals(new double[] {0.2, -0.1}, lane.state, 1e-12, "steps are clipped to 0.1");
		assertArrayEquals(new double[] {0.1, 0.05},
				new OneLane(maml("step-unit", "plane")).at(0, 0).act(0.2f, 0.05f).state, 1e-8);
	}

	@Test
	void endsWithinAHundredthOnBothAxes() {
		OneLane lane = new OneLane(maml());
		lane.omega[0] = 0.2;
		lane.omega[1] = 0.2;
		assertTrue(lane.at(0.191, 0.209).act(0, 0).terminated());
		assertFalse(lane.at(0.191, 0.211).act(0, 0).terminated());
		assertFalse(lane.at(0.189, 0.2).act(0, 0).terminated());
	}

	/** Reference lines computed from the authors' code: −38.23 for staying, −0.51 for walking straight there. */
	@Test
	void publishedReferenceReturns() {
		TaskFamily family = maml();
		assertEquals(100, family.environment().maxEpisodeSteps());
		TaskSampler goals = family.taskSet("train").sampler();
		RandomStream random = new RandomStream(1);
		double staying = 0;
		double walking = 0;
		OneLane lane = new OneLane(family);
		for (int episode = 0; episode < EPISODES; episode++) {
			goals.sample(random, lane.omega, 0);
			staying += episodeReturn(lane, false);
			walking += episodeReturn(lane, true);
		}
		// The mean distance of a point of the unit square from its centre is 0.3826 with deviation 0.142: ±0.3 is three
		// standard errors of 20,000 episodes of 100 steps. (A goal within 0.01 of the start ends at once: one in 2,500.)
		assertEquals(-38.23, staying / EPISODES, 0.3);
		assertEquals(-0.51, walking / EPISODES, 0.02);
	}

	private static double episodeReturn(OneLane lane, boolean walk) {
		lane.start(0);
		double sum = 0;
		for (int step = 0; step < 100; step++) {
			if (walk) {
				lane.act((float) ((lane.omega[0] - lane.state[0]) / 0.1), (float) ((lane.omega[1] - lane.state[1]) / 0.1));
			} else {
				lane.act(0, 0);
			}
			sum += lane.reward();
			if (lane.terminated()) {
				break;
			}
		}
		return sum;
	}

	@Test
	void pathsAndTheDistanceThatIsLeftAreShown() {
		VectorEnvironment lane = maml("max-episode-steps", 1L).vectorEnvironment(1, TaskSampler.fixed(0.4, -0.3),
				new RandomStreams(1));
		lane.reset();
		ActionBatch action = new ActionBatch(lane.actionSpace(), 1);
		action.values[0] = 1;
		lane.step(action);
		double[] trace = new double[lane.trace().orElseThrow().names().size()];
		lane.finalTrace(0, trace);
		assertArrayEquals(new double[] {0.1, 0, 0.4, -0.3}, trace, 1e-12);
		assertEquals(Math.sqrt(0.18), lane.finalOutcomes()[0], 1e-12);
	}

	@Test
	void heldOutGoalsAreLists() {
		TaskFamily family = maml();
		assertEquals("train", family.taskSets().get(0).name());
		double[] goal = new double[2];
		family.taskSet("test").sampler().sample(new RandomStream(1), goal, 0);
		assertFalse(family.taskSet("train").contains().test(goal));
		assertTrue(family.taskSet("train").contains().test(new double[] {0.123, -0.456}));
		assertFalse(family.taskSet("train").contains().test(new double[] {0.123, -0.556}));
	}
}
