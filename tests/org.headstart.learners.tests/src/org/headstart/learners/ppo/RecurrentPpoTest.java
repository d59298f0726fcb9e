package org.headstart.learners.ppo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.AgentView.Memory;
import org.headstart.api.learner.Policy;
import org.headstart.api.loss.AppliedLoss;
import org.headstart.api.loss.WeightedLoss;
import org.headstart.api.loss.Windows;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PPO with a recurrent network; what all learners keep is in {@link PpoContractTest}. */
class RecurrentPpoTest {

	private static final ActionSpace BOX = BoxSpace.uniform(1, -1, 1);
	private static final ActionSpace TWO = new DiscreteSpace(2);

	private final Map<String, Double> metrics = new HashMap<>();
	private Network network;
	private PpoAgent agent;
	private VectorEnvironment environment;
	private ActionBatch actions;
	private List<WeightedLoss> losses = List.of();

	private void start(Dynamics dynamics, Trial trial, Memory memory, Map<String, Object> changes) {
		Map<String, Object> yaml = new HashMap<>(Map.of("lanes", 3L, "rollout-steps", 23L, "minibatch-size", 69L, "epochs", 1L,
				"learning-rate", 0.01));
		yaml.putAll(changes);
		SettingsSchema.Bound bound = SettingsSchema.of(PpoSettings.class).bind(yaml);
		assertEquals(List.of(), bound.problems());
		PpoSettings settings = (PpoSettings) bound.settings();
		Ppo ppo = new Ppo();
		RandomStreams streams = new RandomStreams(1);
		network = NetworkBuilder.of(new OneLstm(8), new NoSettings(),
				ppo.networks(settings, ObservationSpace.of(dynamics.observationSpace()), dynamics.actionSpace()).get(0))
				.build(streams.under("initialisation"));
		View view = new View(trial, false, false);
		agent = (PpoAgent) ppo.agent(settings, new AgentSite(network, ObservationSpace.of(dynamics.observationSpace()),
				dynamics.actionSpace(), streams.under("agent"), 1_000_000, AgentView.same(view, memory)).with(losses));
		environment = new SimulatedLanes(dynamics, settings.lanes(), this::anyTask, streams.under("training"), view);
		environment.reset();
		actions = new ActionBatch(dynamics.actionSpace(), settings.lanes());
		agent.begin(settings.lanes());
	}

	private void anyTask(RandomStream random, double[] omega, int offset) {
		omega[offset] = random.nextDouble() < 0.5 ? -1 : 1;
	}

	private void step() {
		agent.act(environment, actions);
		environment.step(actions);
		agent.observe(environment);
	}

	private void update() {
		while (!agent.ready()) {
			step();
		}
		agent.update(metrics::put);
	}

	/**
	 * The first pass over a rollout must find the probabilities of acting again: from the stored states, restarts and order, with
	 * episodes and trials that end anywhere, and whatever the length of sequences.
	 */
	@ParameterizedTest
	@CsvSource({"TRIAL, 0, 2, false", "TRIAL, 5, 2, false", "TRIAL, 1, 2, false", "EPISODE, 0, 2, false", "EPISODE, 10, 3, false",
			"TRIAL, 7, 2, true", "EPISODE, 0, 2, true", "TRIAL, 0, 1, false", "STEP, 0, 2, false"})
	void anUpdateSeesWhatWasPlayed(Memory memory, long bpttSteps, int episodes, boolean aligned) {
		for (ActionSpace space : List.of(BOX, TWO)) {
			start(new Recall(space, 4, 0.2), new Trial(episodes, 1, aligned), memory, Map.of("bptt-steps", bpttSteps));
			for (int i = 0; i < 8; i++) {
				update();
				assertEquals(0, metrics.get("approximate-kl"), 1e-9, "update " + i);
				assertEquals(0, metrics.get("clip-fraction"));
			}
			assertTrue(metrics.get("gradient-norm") > 0);
		}
	}

	/**
	 * What a loss finds when it runs the network on its windows, before anything is learned, is what was found when they were played:
	 * with windows that begin anywhere in a sequence, in trials of several episodes and others.
	 */
	@ParameterizedTest
	@CsvSource({"TRIAL, 0, 2, false", "TRIAL, 5, 2, false", "EPISODE, 7, 3, false", "TRIAL, 7, 2, true", "STEP, 0, 2, false"})
	void aLossSeesWhatWasPlayed(Memory memory, long bpttSteps, int episodes, boolean aligned) {
		int steps = 3;
		int[] compared = {0};
		AppliedLoss probe = new AppliedLoss() {
			@Override
			public double accumulate(Windows windows, float weight) {
				return 0;
			}

			@Override
			public boolean addsReward() {
				return true;
			}

			@Override
			public void rewards(Windows windows, float[] rewards) {
				windows.forward(network, steps);
				Rollout rollout = agent.rollout();
				int value = network.headOffset(network.heads().indexOf("value"));
				int window = 0;
				for (int first = 0; first + (steps - 1) * rollout.lanes < rollout.rows(); first++) {
					int[] rows = {first, first + rollout.lanes, first + 2 * rollout.lanes};
					if (rollout.ended[rows[0]] || rollout.ended[rows[1]] || Arrays.stream(rows).anyMatch(row -> rollout.idle[row])) {
						continue;
					}
					for (int step = 0; step < steps; step++) {
						int row = step * windows.count + window;
						assertEquals(rollout.values[rows[step]], network.outputs()[row * network.outputStride() + value], 1e-6,
								"step " + step + " of the window that begins with row " + first);
						compared[0]++;
					}
					window++;
				}
				assertEquals(window, windows.count);
			}
		};
		losses = List.of(new WeightedLoss("probe", 1, steps, probe));
		start(new Recall(TWO, 4, 0.2), new Trial(episodes, 1, aligned), memory, Map.of("bptt-steps", bpttSteps));
		for (int i = 0; i < 4; i++) {
			update();
		}
		assertTrue(compared[0] > 100, "compared " + compared[0]);
	}

	/** One step of a lane at a time is 1/3 of 3 lanes; a part of a rollout, too. */
	@Test
	void aPartOfARolloutIsLearnedFromAsWell() {
		start(new Recall(TWO, 4, 0.2), Trial.of(2), Memory.TRIAL, Map.of("bptt-steps", 10L, "minibatch-size", 20L));
		agent.begin(1);
		environment = new SimulatedLanes(new Recall(TWO, 4, 0.2), 1, this::anyTask, new RandomStreams(2),
				new View(Trial.of(2), false, false));
		environment.reset();
		for (int steps : new int[] {13, 1, 69}) {
			for (int i = 0; i < steps; i++) {
				step();
			}
			agent.update(metrics::put);
		}
		assertTrue(Double.isFinite(metrics.get("gradient-norm")));
	}

	/** A time limit is valued as if it were not there: with the lane's state, and from its last observation. */
	@Test
	void aTruncatedLaneIsValuedWithWhatItRemembers() {
		start(new Recall(TWO, 5, 0), Trial.EPISODE, Memory.TRIAL, Map.of());
		Rollout rollout = agent.rollout();
		float[] state = new float[3 * network.stateSize()];
		for (int i = 0; i < 5; i++) {
			network.step(environment.observations(), 0, state, 0, 3);
			step();
		}
		network.step(environment.finalObservations(), 0, state, 0, 3);
		int value = network.headOffset(network.heads().indexOf("value"));
		for (int lane = 0; lane < 3; lane++) {
			assertTrue(rollout.ended[4 * 3 + lane]);
			assertEquals(network.outputs()[lane * network.outputStride() + value], rollout.valuesBeyond[4 * 3 + lane], 1e-6f);
		}
		// and the next episode begins with nothing
		step();
		assertTrue(rollout.restarts[5 * 3] && !rollout.restarts[4 * 3]);
		Arrays.fill(state, 0);
		network.step(rollout.observations, 5 * 3, state, 0, 3);
		assertEquals(network.outputs()[value], rollout.values[5 * 3], 1e-6f);
	}

	/** The observation is the same in all steps but the first of an episode, so actions differ by what is remembered only. */
	@ParameterizedTest
	@CsvSource({"TRIAL", "EPISODE", "STEP"})
	void aPolicyForgetsWhenItShould(Memory memory) {
		start(new Recall(BOX, 4, 0), Trial.of(2), memory, Map.of());
		for (int i = 0; i < 5; i++) {
			update();
		}
		VectorEnvironment fresh = new SimulatedLanes(new Recall(BOX, 4, 0), 2, TaskSampler.fixed(1),
				new RandomStreams(3), new View(Trial.of(2), false, false));
		fresh.reset();
		Policy policy = agent.policy(2, true);
		policy.begin(fresh);
		float[] chosen = new float[24];
		ActionBatch batch = new ActionBatch(BOX, 2);
		for (int step = 0; step < chosen.length; step++) {
			policy.act(fresh, batch);
			assertEquals(batch.values[0], batch.values[1]);
			chosen[step] = batch.values[0];
			fresh.step(batch);
			policy.observe(fresh);
		}
		float[] first = Arrays.copyOf(chosen, 8);
		assertArrayEquals(first, Arrays.copyOfRange(chosen, 8, 16), "trials are alike");
		assertArrayEquals(first, Arrays.copyOfRange(chosen, 16, 24), "trials are alike");
		boolean episodesAlike = Arrays.equals(Arrays.copyOf(first, 4), Arrays.copyOfRange(first, 4, 8));
		assertEquals(memory != Memory.TRIAL, episodesAlike, "episodes of a trial");
		assertEquals(memory == Memory.STEP, first[1] == first[2], "steps that look alike");
	}

	/** The task is shown in the first step and asked for in the last one. */
	@Test
	void itLearnsToRemember() {
		Map<String, Object> changes = Map.of("lanes", 16L, "rollout-steps", 8L, "minibatch-size", 64L, "epochs", 4L,
				"learning-rate", 0.02);
		double remembering = taught(Memory.TRIAL, changes);
		double forgetting = taught(Memory.STEP, changes);
		assertTrue(remembering > 0.95, "recurrent: " + remembering);
		assertTrue(forgetting < 0.7, "without memory: " + forgetting);
	}

	/** Mean reward of the last step over episodes that follow some training. */
	private double taught(Memory memory, Map<String, Object> changes) {
		start(new Recall(TWO, 4, 0), Trial.EPISODE, memory, changes);
		for (int i = 0; i < 60; i++) {
			update();
		}
		VectorEnvironment fresh = new SimulatedLanes(new Recall(TWO, 4, 0), 100, this::anyTask, new RandomStreams(3));
		fresh.reset();
		Policy policy = agent.policy(100, true);
		ActionBatch batch = new ActionBatch(TWO, 100);
		double sum = 0;
		for (int step = 0; step < 4; step++) {
			policy.act(fresh, batch);
			fresh.step(batch);
			policy.observe(fresh);
			for (float reward : fresh.rewards()) {
				sum += reward;
			}
		}
		return sum / 100;
	}

	@Test
	void idleStepsAreNotLearnedFrom() {
		start(new Recall(TWO, 6, 0.5), new Trial(2, 1, true), Memory.TRIAL, Map.of());
		for (int i = 0; i < 23; i++) {
			step();
		}
		Rollout rollout = agent.rollout();
		int idle = 0;
		for (int row = 0; row < rollout.rows(); row++) {
			idle += rollout.idle[row] ? 1 : 0;
		}
		assertTrue(idle > 10 && idle < 60, idle + " idle steps");
		ObservationInput input = new ObservationInput(network, ObservationSpace.of(BoxSpace.uniform(1, -1, 1)));
		Minibatch minibatch = new Minibatch(input, 1, rollout.stateSize, network.outputStride());
		int[] order = new int[3];
		minibatch.gather(rollout, order, 0, rollout.sequences(order));
		assertEquals(69 - idle, minibatch.rows);
		agent.update(metrics::put);
		assertTrue(Double.isFinite(metrics.get("policy-loss")));
	}

	@Test
	void nothingIsRememberedWhereNothingIsAskedFor() {
		start(new Recall(TWO, 4, 0), Trial.of(2), Memory.STEP, Map.of());
		assertEquals(0, agent.rollout().stateSize);
		assertEquals(1, agent.rollout().sequenceSteps);
		start(new Recall(TWO, 4, 0), Trial.of(2), Memory.TRIAL, Map.of("bptt-steps", 10L));
		assertEquals(network.stateSize(), agent.rollout().stateSize);
		assertEquals(10, agent.rollout().sequenceSteps);
		assertFalse(network.stateSize() == 0);
	}

	/**
	 * ω = −1 or 1 is seen in the first step only. The last step rewards action 1 or 0, or a positive or negative number, that fits.
	 * State: the step.
	 */
	private record Recall(ActionSpace actionSpace, int steps, double earlyEnd) implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(1, -1, 1);
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
			return steps;
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
				boolean up = actions.size == 0 ? actions.index[lane] == 1 : actions.values[lane] > 0;
				rewards[lane] = state[lane] == steps && up == omega[lane] > 0 ? 1 : 0;
				terminated[lane] = random[lane].nextDouble() < earlyEnd;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			observation[observationOffset] = state[stateOffset] == 0 ? (float) omega[omegaOffset] : 0;
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			// nobody watches
		}
	}
}
