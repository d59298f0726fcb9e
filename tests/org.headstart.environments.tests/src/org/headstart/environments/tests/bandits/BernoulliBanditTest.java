package org.headstart.environments.tests.bandits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.bandits.BernoulliBandit;
import org.headstart.environments.bandits.BernoulliBanditSettings;
import org.headstart.testkit.EnvironmentContract;
import org.headstart.testkit.SettingsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BernoulliBanditTest {

	static TaskFamily bandit(int arms) {
		return new BernoulliBandit().create(new BernoulliBanditSettings(arms));
	}

	@Nested
	class FiveArms extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return bandit(5);
		}
	}

	@Nested
	class Settings extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return BernoulliBanditSettings.class;
		}
	}

	@Test
	void armsPayAsOftenAsTheirProbabilitySays() {
		VectorEnvironment lane = bandit(3).vectorEnvironment(1, TaskSampler.fixed(0, 0.3, 1), new RandomStreams(1));
		lane.reset();
		ActionBatch action = new ActionBatch(lane.actionSpace(), 1);
		double[] paid = new double[3];
		for (int pull = 0; pull < 30_000; pull++) {
			action.index[0] = pull % 3;
			lane.step(action);
			assertTrue(lane.terminated()[0], "an episode is one pull");
			assertEquals(0, lane.observations()[0], "a pull shows nothing");
			paid[pull % 3] += lane.rewards()[0] / 10_000;
		}
		// three standard errors
		assertArrayEquals(new double[] {0, 0.3, 1}, paid, 0.014);
	}

	@Test
	void regretIsAddedUpAndTheShareOfTheBestArmAveragedOverATrial() {
		TaskFamily family = bandit(3);
		assertEquals(List.of("regret", "best-arm"), family.environment().outcomes().stream().map(Outcome::name).toList());
		VectorEnvironment lane = family.vectorEnvironment(1, TaskSampler.fixed(0.2, 0.9, 0.5), new RandomStreams(1),
				new View(Trial.of(4), true, false));
		lane.reset();
		ActionBatch action = new ActionBatch(lane.actionSpace(), 1);
		for (int arm : new int[] {0, 1, 2, 1}) {
			action.index[0] = arm;
			lane.step(action);
		}
		assertTrue(lane.terminated()[0]);
		assertArrayEquals(new double[] {0.7 + 0.4, 0.5}, lane.finalOutcomes(), 1e-12);
	}

	@Test
	void everySplitHasTheLawsDistribution() {
		TaskFamily family = bandit(2);
		double[] omega = new double[2];
		for (TaskSet set : family.taskSets()) {
			RandomStream random = new RandomStream(3);
			double[] tenths = new double[10];
			for (int i = 0; i < 40_000; i++) {
				set.sampler().sample(random, omega, 0);
				tenths[(int) (10 * omega[0])] += 1.0 / 40_000;
			}
			for (double share : tenths) {
				// four standard errors
				assertEquals(0.1, share, 0.006, set.name());
			}
		}
	}
}
