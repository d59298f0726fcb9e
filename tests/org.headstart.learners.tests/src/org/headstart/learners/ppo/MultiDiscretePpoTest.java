package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.learners.ppo.PpoSettings.Schedule;
import org.headstart.nn.NetworkBuilder;
import org.headstart.testkit.EnvironmentContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PPO where several choices are made at once. */
class MultiDiscretePpoTest {

	/** The kit on an environment with several choices. */
	@Nested
	class Contract extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return new TaskFamily(new Dials(), List.of(ParameterGroup.scalar("turn", "", 0, 2, 0)), List.of(
					new TaskSet("train", "not turned, or by one", TaskRole.TRAIN, (random, omega, at) -> omega[at] = random.nextInt(2),
							omega -> omega[0] < 2),
					new TaskSet("test", "turned by two", TaskRole.TEST, TaskSampler.fixed(2), omega -> omega[0] == 2)),
					new ReturnShape(0, Dials.STEPS, Double.NaN));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = {1, 2, 3, 4, 5})
	void bothChoicesAreLearned(long seed) {
		PpoSettings settings = new PpoSettings(8, 32, 0, 64, 4, 3e-3, Schedule.CONSTANT, 0.5, 0.9, 0.2, 0, 0.5, 0,
				Schedule.CONSTANT, 0.5, 0, false, false, false, -1, 1e-5);
		Dynamics dials = new Dials();
		ObservationSpace observation = ObservationSpace.of(dials.observationSpace());
		RandomStreams streams = new RandomStreams(seed);
		Network network = NetworkBuilder.of(new PpoAgentTest.OneLayer(), new NoSettings(),
				new Ppo().networks(settings, observation, dials.actionSpace()).get(0)).build(streams.under("initialisation"));
		Agent agent = new Ppo().agent(settings,
				new AgentSite(network, observation, dials.actionSpace(), streams.under("agent"), 1_000_000));
		double before = meanReward(agent);
		SimulatedLanes lanes = new SimulatedLanes(dials, settings.lanes(), TaskSampler.fixed(1), streams.under("training"));
		lanes.reset();
		ActionBatch actions = new ActionBatch(dials.actionSpace(), settings.lanes());
		agent.begin(settings.lanes());
		for (int update = 0; update < 40; update++) {
			while (!agent.ready()) {
				agent.act(lanes, actions);
				lanes.step(actions);
				agent.observe(lanes);
			}
			agent.update((name, value) -> {
				// not this test's matter
			});
		}
		double after = meanReward(agent);
		assertTrue(before < 0.3 && after > 0.9, "before " + before + ", after " + after);
	}

	/** Of the policy as it draws; at first it is close to chance, 1/6. */
	private static double meanReward(Agent agent) {
		SimulatedLanes lanes = new SimulatedLanes(new Dials(), 20, TaskSampler.fixed(1), new RandomStreams(99));
		lanes.reset();
		Policy policy = agent.policy(20, false);
		policy.begin(lanes);
		ActionBatch actions = new ActionBatch(lanes.actionSpace(), 20);
		double sum = 0;
		for (int step = 0; step < 50; step++) {
			policy.act(lanes, actions);
			lanes.step(actions);
			policy.observe(lanes);
			for (float reward : lanes.rewards()) {
				sum += reward;
			}
		}
		return sum / (50 * 20);
	}
}
