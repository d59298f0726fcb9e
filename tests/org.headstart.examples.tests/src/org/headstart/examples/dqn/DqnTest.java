package org.headstart.examples.dqn;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.environments.classic.CartPole;
import org.headstart.environments.classic.CartPoleSettings;
import org.headstart.nn.NetworkBuilder;
import org.headstart.testkit.LearnerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DqnTest extends LearnerContract<DqnSettings> {

	private static final int BUDGET = 40_000;

	@Override
	protected Learner<DqnSettings> learner() {
		return new Dqn();
	}

	@Override
	protected DqnSettings settings() {
		return new DqnSettings(4, 0.005, 0.5, 320, 1, 32, 0.05, 0, 0.2);
	}

	@Override
	protected List<ActionSpace> actionSpaces() {
		return List.of(new DiscreteSpace(2));
	}

	@Override
	protected int stepsToLearn() {
		return 8_000;
	}

	@Test
	void otherActionsAreRefused() {
		for (ActionSpace other : List.of(BoxSpace.uniform(1, -1, 1), new MultiDiscreteSpace(2, 2))) {
			String message = assertThrows(IllegalArgumentException.class,
					() -> new Dqn().networks(settings(), ObservationSpace.of(BoxSpace.uniform(2, -1, 1)), other)).getMessage();
			assertTrue(message.contains("DQN needs one choice of actions"), message);
		}
	}

	/** A random policy holds the pole up for about 22 steps. */
	@ParameterizedTest
	@ValueSource(longs = {1, 2, 3})
	void cartPoleIsLearned(long seed) {
		DqnSettings settings = defaults(DqnSettings.class);
		TaskFamily family = new CartPole().create(defaults(CartPoleSettings.class));
		RandomStreams streams = new RandomStreams(seed);
		ObservationSpace observation = View.PLAIN.observationSpace(family.environment());
		ActionSpace space = family.environment().actionSpace();
		Network network = NetworkBuilder.of(new Mlp(), defaults(MlpSettings.class),
				new Dqn().networks(settings, observation, space).get(0)).build(streams.under("network"));
		Agent agent = new Dqn().agent(settings, new AgentSite(network, observation, space, streams.under("agent"), BUDGET));
		VectorEnvironment environment = family.vectorEnvironment(settings.lanes(), family.taskSets().get(0).sampler(),
				streams.under("lanes"));
		ActionBatch actions = new ActionBatch(space, settings.lanes());
		environment.reset();
		agent.begin(settings.lanes());
		for (int step = 0; step < BUDGET; step += settings.lanes()) {
			agent.act(environment, actions);
			environment.step(actions);
			agent.observe(environment);
			agent.update((name, value) -> assertTrue(Double.isFinite(value), name));
		}
		double steps = meanEpisode(agent.policy(20, true), family, streams.under("evaluation"));
		assertTrue(steps > 80, "the pole is up for " + steps + " steps");
	}

	private static <S extends Record> S defaults(Class<S> type) {
		return type.cast(SettingsSchema.of(type).bind(Map.of()).settings());
	}

	private static double meanEpisode(Policy policy, TaskFamily family, RandomStreams streams) {
		int lanes = 20;
		VectorEnvironment environment = family.vectorEnvironment(lanes, family.taskSets().get(0).sampler(), streams);
		ActionBatch actions = new ActionBatch(environment.actionSpace(), lanes);
		environment.reset();
		policy.begin(environment);
		boolean[] over = new boolean[lanes];
		int left = lanes;
		long steps = 0;
		while (left > 0) {
			policy.act(environment, actions);
			environment.step(actions);
			policy.observe(environment);
			for (int lane = 0; lane < lanes; lane++) {
				steps += over[lane] ? 0 : 1;
				if (!over[lane] && (environment.terminated()[lane] || environment.truncated()[lane])) {
					over[lane] = true;
					left--;
				}
			}
		}
		return (double) steps / lanes;
	}
}
