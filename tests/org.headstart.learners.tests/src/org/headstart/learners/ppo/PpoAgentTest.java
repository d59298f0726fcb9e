package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.learners.DivergedException;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.internal.state.NetworkState;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** What is PPO's own; what all learners keep is in {@link PpoContractTest}. */
class PpoAgentTest {

	private static final ActionSpace TWO = new DiscreteSpace(2);
	private static final ObservationSpace ONE = ObservationSpace.of(BoxSpace.uniform(1, 0, 1));
	private static final BoxSpace BOX = BoxSpace.uniform(2, -1, 1);
	private static final Map<String, Object> SMALL = Map.of("lanes", 2L, "rollout-steps", 16L, "minibatch-size", 16L, "epochs", 4L,
			"learning-rate", 0.01);

	private final Map<String, Double> metrics = new HashMap<>();
	private Network network;
	private PpoAgent agent;
	private VectorEnvironment environment;
	private ActionBatch actions;

	private void start(Dynamics dynamics, long plannedSteps, Map<String, Object> changes) {
		Map<String, Object> yaml = new HashMap<>(SMALL);
		yaml.putAll(changes);
		SettingsSchema.Bound bound = SettingsSchema.of(PpoSettings.class).bind(yaml);
		assertEquals(List.of(), bound.problems());
		PpoSettings settings = (PpoSettings) bound.settings();
		Ppo ppo = new Ppo();
		RandomStreams streams = new RandomStreams(1);
		network = NetworkBuilder.of(new OneLayer(), new NoSettings(),
				ppo.networks(settings, ObservationSpace.of(dynamics.observationSpace()), dynamics.actionSpace()).get(0))
				.build(streams.under("initialisation"));
		agent = (PpoAgent) ppo.agent(settings, new AgentSite(network, ObservationSpace.of(dynamics.observationSpace()),
				dynamics.actionSpace(), streams.under("agent"), plannedSteps));
		environment = new SimulatedLanes(dynamics, settings.lanes(), TaskSampler.fixed(0), streams.under("training"));
		environment.reset();
		actions = new ActionBatch(dynamics.actionSpace(), settings.lanes());
		agent.begin(settings.lanes());
	}

	private void collect() {
		while (!agent.ready()) {
			agent.act(environment, actions);
			environment.step(actions);
			agent.observe(environment);
		}
	}

	private void update() {
		collect();
		agent.update(metrics::put);
	}

	private double value() {
		network.forward(new float[] {1}, 0, 1);
		return network.outputs()[network.headOffset(network.heads().indexOf("value"))];
	}

	@Test
	void metricsAreReported() {
		start(new Steady(BOX, 5, false, 1), 1000, Map.of());
		update();
		assertTrue(metrics.keySet().containsAll(List.of("policy-loss", "value-loss", "entropy", "approximate-kl", "clip-fraction",
				"explained-variance", "learning-rate", "gradient-norm", "log-std")), metrics.keySet().toString());
	}

	/** What is not a number counts as divergence, and an update on returns that are all the same is none. */
	@Test
	void returnsThatAreAllTheSameReportNothingThatIsNoNumber() {
		start(new Steady(TWO, 5, false, 1), 1000, Map.of("gamma", 0.0));
		update();
		assertFalse(metrics.containsKey("explained-variance"), metrics.toString());
		assertTrue(metrics.values().stream().allMatch(Double::isFinite), metrics.toString());
	}

	/** With reward 1 for ever and γ = 0.9 the value is 10; episodes of 5 steps that really end are worth 1 to 4.1. */
	@Test
	void timeLimitsAreBootstrappedAndTerminalStatesAreNot() {
		start(new Steady(TWO, 5, false, 1), 1_000_000, Map.of("gamma", 0.9));
		for (int i = 0; i < 300; i++) {
			update();
		}
		assertEquals(10, value(), 0.5, "time limit");
		start(new Steady(TWO, 5, true, 1), 1_000_000, Map.of("gamma", 0.9));
		for (int i = 0; i < 300; i++) {
			update();
		}
		assertEquals((1 + 1.9 + 2.71 + 3.439 + 4.0951) / 5, value(), 0.3, "terminal states");
	}

	@Test
	void infiniteRewardsAreADivergenceThatSaysWhereAndWhat() {
		start(new Steady(TWO, 5, false, Float.NaN), 1000, Map.of());
		collect();
		String message = assertThrows(DivergedException.class, () -> agent.update(metrics::put)).getMessage();
		assertTrue(message.contains("after 0 steps (update 1, epoch 1)") && message.contains("learning rate 0.01"), message);
	}

	@Test
	void standardDeviationsStayWithAFrozenPolicyHead() {
		start(new Steady(BOX, 5, false, 1), 1000, Map.of("initial-log-std", -0.5));
		network.freeze(vertex -> vertex.equals("head/policy"));
		agent.begin(2);
		update();
		assertEquals(-0.5, metrics.get("log-std"));
		network.freeze(vertex -> false);
		agent.begin(2);
		update();
		assertNotEquals(-0.5, metrics.get("log-std"));
	}

	@Test
	void theTargetKlEndsAnUpdate() {
		start(new Steady(TWO, 5, false, 1), 1000, Map.of("target-kl", 1e-9));
		update();
		// 32 steps are two minibatches; the first epoch moves the policy, and no other follows
		assertEquals(2, NetworkState.of(network).optimizerSteps());
		start(new Steady(TWO, 5, false, 1), 1000, Map.of());
		update();
		assertEquals(8, NetworkState.of(network).optimizerSteps());
	}

	@Test
	void theLearningRateGoesDownOverThePlannedSteps() {
		start(new Steady(TWO, 5, false, 1), 64, Map.of("schedule", "linear"));
		update();
		assertEquals(0.01, metrics.get("learning-rate"), 1e-9);
		update();
		assertEquals(0.005, metrics.get("learning-rate"), 1e-9);
		update();
		assertEquals(0, metrics.get("learning-rate"), 1e-9);
		agent.restart(true);
		update();
		assertEquals(0.01, metrics.get("learning-rate"), 1e-9);
	}

	/** Where every action is as good as any other, only the bonus moves the policy: towards the uniform one, from elsewhere. */
	@Test
	void theEntropyBonusGoesDownOverThePlannedSteps() {
		double[] gains = new double[2];
		for (int planned = 0; planned < 2; planned++) {
			start(new Steady(TWO, 5, false, 1), planned == 0 ? 1_000_000 : 1,
					Map.of("entropy-coefficient", 0.5, "entropy-schedule", "linear", "value-coefficient", 0.0, "learning-rate", 1e-3));
			network.setParameter("head/policy", "b", new float[] {1, -1});
			// the first update comes before any step was learned from, and has the whole bonus
			update();
			double before = metrics.get("entropy");
			for (int i = 0; i < 15; i++) {
				update();
			}
			gains[planned] = metrics.get("entropy") - before;
		}
		assertTrue(gains[0] > 0.05 && gains[1] < 0.5 * gains[0], Arrays.toString(gains));
	}

	@Test
	void aValueThatMayNotMoveMovesLess() {
		start(new Steady(TWO, 5, false, 1), 1000, Map.of("epochs", 20L));
		update();
		double free = Math.abs(value());
		start(new Steady(TWO, 5, false, 1), 1000, Map.of("epochs", 20L, "value-clip", 0.01));
		update();
		assertTrue(Math.abs(value()) < 0.5 * free, value() + " against " + free);
	}

	@Test
	void aTemperatureDividesLogits() {
		start(new Steady(TWO, 5, false, 1), 1000, Map.of());
		update();
		float[] before = network.parameter("head/policy", "W");
		agent.temper(4);
		for (int i = 0; i < before.length; i++) {
			before[i] /= 4;
		}
		assertArrayEquals(before, network.parameter("head/policy", "W"));
		assertThrows(IllegalArgumentException.class, () -> agent.temper(0));
	}

	@Test
	void oneLaneHoldsAsManyStepsAsAllLanesTogether() {
		start(new Steady(TWO, 5, false, 1), 1000, Map.of());
		environment = new SimulatedLanes(new Steady(TWO, 5, false, 1), 1, TaskSampler.fixed(0), new RandomStreams(1));
		environment.reset();
		agent.begin(1);
		for (int step = 0; step < 31; step++) {
			agent.act(environment, actions);
			environment.step(actions);
			agent.observe(environment);
			assertFalse(agent.ready());
		}
		collect();
		assertThrows(IllegalStateException.class, () -> agent.act(environment, actions));
		agent.update(metrics::put);
		assertThrows(IllegalStateException.class, () -> agent.update(metrics::put));
	}

	@Test
	void itSaysWhatIsMissing() {
		start(new Steady(TWO, 5, false, 1), 1000, Map.of());
		AgentSite site = new AgentSite(NetworkBuilder.of(new OneLayer(), new NoSettings(), BoxSpace.uniform(1, 0, 1))
				.trunk(new Ppo().networks(settings(), ONE, TWO).get(0).trunks().get(0)).build(new RandomStreams(1)), ONE, TWO,
				new RandomStreams(1), 1);
		assertTrue(assertThrows(IllegalArgumentException.class, () -> new Ppo().agent(settings(), site)).getMessage()
				.contains("needs a head 'value'"));
	}

	private static PpoSettings settings() {
		return (PpoSettings) SettingsSchema.of(PpoSettings.class).bind(Map.of()).settings();
	}

	static final class OneLayer implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			graph.addLayer(prefix + "hidden",
					new DenseLayer.Builder().nIn(observation.size()).nOut(8).activation(Activation.TANH).build(), input);
			return new Features(prefix + "hidden", 8);
		}
	}

	/** Always the same observation and reward; episodes of equal length. */
	private record Steady(ActionSpace actionSpace, int episode, boolean terminates, float reward) implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(1, 0, 1);
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
			return episode;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = 0;
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				state[lane]++;
				rewards[lane] = reward;
				terminated[lane] = terminates && state[lane] == episode;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			observation[observationOffset] = 1;
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			// nobody watches
		}
	}
}
