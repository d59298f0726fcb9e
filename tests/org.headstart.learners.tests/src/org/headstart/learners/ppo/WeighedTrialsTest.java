package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.api.Test;

/** What PPO makes of weights, against numbers by hand. */
class WeighedTrialsTest {

	private static final ActionSpace TWO = new DiscreteSpace(2);
	private static final ObservationSpace ONE = ObservationSpace.of(BoxSpace.uniform(1, -1, 1));

	private static PpoSettings settings(Object... changes) {
		Map<String, Object> yaml = new HashMap<>(Map.of("lanes", 1L, "rollout-steps", 4L, "minibatch-size", 4L, "epochs", 1L,
				"value-coefficient", 0.5, "max-gradient-norm", 0.0));
		for (int i = 0; i < changes.length; i += 2) {
			yaml.put((String) changes[i], changes[i + 1]);
		}
		return (PpoSettings) SettingsSchema.of(PpoSettings.class).bind(yaml).settings();
	}

	private static Network network(PpoSettings settings) {
		return NetworkBuilder.of(new OneLstm(2), new NoSettings(), new Ppo().networks(settings, ONE, TWO).get(0))
				.build(new RandomStreams(1));
	}

	/**
	 * Four steps of two actions at even odds, as they were when they were played: the ratio is 1, so the policy's loss is the mean of
	 * −w Â, and its gradient by a logit −w Â (chosen − ½) / 4; the value's is ½ the mean of w (V − R)², and its gradient, times c₁ = ½,
	 * w (V − R) / 8. Advantages 3, 1, −1, −3 have the mean 0 and the deviation √(20 / 3).
	 */
	@Test
	void theLossesOfAStepAreMultipliedByItsWeight() {
		PpoSettings settings = settings();
		float[] weights = {2, 0, 1, 0.5f};
		float[] advantages = {3, 1, -1, -3};
		float[] returns = {1, 2, 3, -4};
		int[] actions = {0, 1, 1, 0};
		Rollout rollout = new Rollout(1, 4, new Rollout.Sizes(1, 0, 1, 0), 1, 1);
		rollout.steps = 4;
		for (int row = 0; row < 4; row++) {
			rollout.advantages[row] = advantages[row];
			rollout.returns[row] = returns[row];
			rollout.actions[row] = actions[row];
			rollout.logProbabilities[row] = (float) Math.log(0.5);
			rollout.weights[row] = weights[row];
		}
		Network network = network(settings);
		Minibatch minibatch = new Minibatch(new ObservationInput(network, ONE), 1, 0, 3);
		minibatch.gather(rollout, new int[] {0, 1, 2, 3}, 0, 4);
		ActionDistribution distribution = ActionDistribution.of(TWO);
		PpoLoss loss = new PpoLoss(settings, distribution, new Exploration(distribution, 0, Ppo.adam(settings)), 0, 2, 3);
		loss.begin(0);
		float[] gradients = new float[12];
		double total = loss.evaluate(minibatch, new float[12], gradients);

		double deviation = Math.sqrt(20 / 3.0);
		assertEquals(-(2 * 3 + 0 - 1 - 1.5) / deviation / 4, loss.policy, 1e-6);
		assertEquals(0.5 * (2 * 1 + 0 + 9 + 0.5 * 16) / 4, loss.value, 1e-6);
		assertEquals(loss.policy + 0.5 * loss.value, total, 1e-12);
		float[] expected = new float[12];
		for (int row = 0; row < 4; row++) {
			for (int logit = 0; logit < 2; logit++) {
				expected[3 * row + logit] = (float) (-weights[row] * advantages[row] / deviation
						* ((actions[row] == logit ? 1 : 0) - 0.5) / 4);
			}
			expected[3 * row + 2] = -weights[row] * returns[row] / 8;
		}
		assertArrayEquals(expected, gradients, 1e-6f);
	}

	/** The second action is rewarded, and what is seen is chance. */
	private record Coin() implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(1, -1, 1);
		}

		@Override
		public ActionSpace actionSpace() {
			return TWO;
		}

		@Override
		public int stateSize() {
			return 1;
		}

		@Override
		public int parameterCount() {
			return 1;
		}

		@Override
		public int maxEpisodeSteps() {
			return 3;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = random.uniform(-1, 1);
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				state[lane] = random[lane].uniform(-1, 1);
				rewards[lane] = actions.index[lane];
				terminated[lane] = false;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation, int observationOffset) {
			observation[observationOffset] = (float) state[stateOffset];
		}
	}

	/** An agent, and what it reported of its last update. */
	private static final class Run {

		final Map<String, Double> metrics = new HashMap<>();
		final Network network;
		final PpoAgent agent;
		final SimulatedLanes lanes;
		final ActionBatch actions;

		Run(PpoSettings settings) {
			RandomStreams streams = new RandomStreams(3);
			network = network(settings);
			agent = (PpoAgent) new Ppo().agent(settings, new AgentSite(network, ONE, TWO, streams.under("agent"), 1000));
			lanes = new SimulatedLanes(new Coin(), settings.lanes(), TaskSampler.fixed(0), streams.under("lanes"));
			lanes.reset();
			actions = new ActionBatch(TWO, settings.lanes());
			agent.begin(settings.lanes());
		}

		float[] update(float[] weights) {
			while (!agent.ready()) {
				agent.act(lanes, actions);
				lanes.step(actions);
				agent.observe(lanes);
			}
			if (weights != null) {
				agent.weigh(weights);
			}
			agent.update(metrics::put);
			float[] parameters = new float[network.parameterVectorSize()];
			network.copyParameters(parameters);
			return parameters;
		}
	}

	@Test
	void anUpdateIsToldOnce() {
		PpoSettings settings = settings("lanes", 2L, "rollout-steps", 8L, "minibatch-size", 16L);
		float[] ones = new float[16];
		Arrays.fill(ones, 1);
		float[] first = ones.clone();
		Arrays.fill(first, 0, 8, 4);
		Run plain = new Run(settings);
		Run equal = new Run(settings);
		Run weighed = new Run(settings);
		float[] expected = plain.update(null);
		assertArrayEquals(expected, equal.update(ones), "ones change nothing");
		assertNotEquals(Arrays.toString(expected), Arrays.toString(weighed.update(first)));

		// in the one epoch nothing has moved yet, so the losses follow from what the rollout holds
		Rollout rollout = weighed.agent.rollout();
		double mean = 0;
		for (int row = 0; row < 16; row++) {
			mean += rollout.advantages[row] / 16.0;
		}
		double squares = 0;
		for (int row = 0; row < 16; row++) {
			squares += Math.pow(rollout.advantages[row] - mean, 2);
		}
		double policy = 0;
		double value = 0;
		for (int row = 0; row < 16; row++) {
			policy -= first[row] * (rollout.advantages[row] - mean) / Math.sqrt(squares / 15) / 16;
			value += 0.5 * first[row] * Math.pow(rollout.values[row] - rollout.returns[row], 2) / 16;
		}
		assertEquals(policy, weighed.metrics.get("policy-loss"), 1e-5);
		assertEquals(value, weighed.metrics.get("value-loss"), 1e-5);
		for (int row = 0; row < 16; row++) {
			assertEquals(1, rollout.weights[row], "the next update counts all alike, unless it is told otherwise");
		}
	}
}
