package org.headstart.environments.tests.bandits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.bandits.TabularMdp;
import org.headstart.environments.bandits.TabularMdpSettings;
import org.headstart.testkit.EnvironmentContract;
import org.headstart.testkit.SettingsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TabularMdpTest {

	static TaskFamily mdp(int states, int actions, int horizon) {
		return new TabularMdp().create(new TabularMdpSettings(states, actions, horizon));
	}

	@Nested
	class ThePapers extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return mdp(10, 5, 10);
		}
	}

	@Nested
	class TheSmallest extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return mdp(2, 2, 1);
		}
	}

	@Nested
	class Settings extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return TabularMdpSettings.class;
		}
	}

	@Test
	void processesFollowTheLaw() {
		TaskFamily family = mdp(10, 5, 10);
		assertEquals(550, family.environment().parameterCount());
		assertEquals("reward.10.5", family.parameterNames().get(49));
		assertEquals("transition.1.1.1", family.parameterNames().get(50));
		double[] omega = new double[550];
		RandomStream random = new RandomStream(1);
		double sum = 0;
		double squares = 0;
		double likely = 0;
		int processes = 1_000;
		for (int i = 0; i < processes; i++) {
			family.taskSet("test").sampler().sample(random, omega, 0);
			for (int pair = 0; pair < 50; pair++) {
				sum += omega[pair];
				squares += omega[pair] * omega[pair];
				double total = 0;
				for (int next = 0; next < 10; next++) {
					total += omega[50 + 10 * pair + next];
				}
				assertEquals(1, total, 1e-12);
				likely += omega[50 + 10 * pair] > 0.2 ? 1 : 0;
			}
		}
		int pairs = 50 * processes;
		// four standard errors
		assertEquals(1, sum / pairs, 0.018);
		assertEquals(2, squares / pairs, 0.045);
		// a component of the flat Dirichlet distribution in ten exceeds x with probability (1 − x)⁹
		assertEquals(Math.pow(0.8, 9), likely / pairs, 0.006);
	}

	@Test
	void movesAndRewardsAreThoseOfTheProcess() {
		TaskFamily family = mdp(2, 2, 4);
		// from either state action 0 stays and brings 3 in the mean, action 1 goes to state 2 with probability 1/4 and brings −5
		double[] omega = {3, -5, 3, -5, 1, 0, 0.75, 0.25, 0, 1, 0.75, 0.25};
		VectorEnvironment lane = family.vectorEnvironment(1, TaskSampler.fixed(omega), new RandomStreams(1));
		lane.reset();
		ActionBatch action = new ActionBatch(lane.actionSpace(), 1);
		double sum = 0;
		double squares = 0;
		double moved = 0;
		int episodes = 5_000;
		for (int episode = 0; episode < episodes; episode++) {
			assertArrayEquals(new float[] {1, 0}, lane.observations());
			for (int step = 0; step < 4; step++) {
				assertFalse(lane.truncated()[0] && step > 0);
				action.index[0] = step % 2;
				lane.step(action);
				double noise = lane.rewards()[0] - (step % 2 == 0 ? 3 : -5);
				sum += noise;
				squares += noise * noise;
				moved += step == 1 ? lane.observations()[1] : 0;
			}
			assertTrue(lane.truncated()[0], "an episode lasts the horizon");
		}
		assertEquals(0, sum / (4 * episodes), 0.03);
		assertEquals(1, squares / (4 * episodes), 0.04);
		assertEquals(0.25, moved / episodes, 0.025);
	}

	@Test
	void regretIsWhatTheOptimalPlanIsWorthMoreThanTheMeanRewards() {
		TaskFamily family = mdp(2, 2, 2);
		// in state 1, action 1 brings 1 and leads to state 2, where action 0 brings 10; staying brings 2
		double[] omega = {2, 1, 10, 0, 1, 0, 0, 1, 0, 1, 0, 1};
		VectorEnvironment lane = family.vectorEnvironment(1, TaskSampler.fixed(omega), new RandomStreams(1),
				new View(Trial.of(2), true, false));
		lane.reset();
		ActionBatch action = new ActionBatch(lane.actionSpace(), 1);
		for (int choice : new int[] {1, 0, 0, 0}) {
			action.index[0] = choice;
			lane.step(action);
		}
		assertTrue(lane.terminated()[0]);
		// 11 by the first episode, 2 + 2 by the second
		assertArrayEquals(new double[] {7}, lane.finalOutcomes(), 1e-12);
	}
}
