package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.DataSet.Selection;
import org.headstart.api.environment.DataSet.Split;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.GivenLanes;
import org.headstart.api.environment.MemoryExamples;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.ExampleAgent;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.NetworkCheckpoint;
import org.headstart.nn.WarmStart;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.nd4j.linalg.activations.Activation;

/**
 * What every learner must keep, as tests: extend this class, return the learner with its settings, and JUnit runs them, once for
 * each action space. A learner whose budgets count examples or updates ({@link Learner#unit}) gets the signal's examples instead of its
 * lanes.
 *
 * <pre>{@code
 * class MyLearnerTest extends LearnerContract<MySettings> {
 * 	@Override
 * 	protected Learner<MySettings> learner() {
 * 		return new MyLearner();
 * 	}
 *
 * 	@Override
 * 	protected MySettings settings() {
 * 		return new MySettings(...);
 * 	}
 * }
 * }</pre>
 *
 * <p>The tests train on a signal that must be repeated: an observation of −1 or 1 (beside a constant 0.5) asks for action 0 or 1,
 * or for a number near −0.5 or 0.5; an episode lasts at most {@value #EPISODE_STEPS} steps and sometimes ends earlier. Choose
 * settings that are quick at it: a few lanes, short rollouts, a large learning rate. The network is the {@link #backbone()}, once a
 * trunk.
 *
 * @param <S> the settings record
 */
public abstract class LearnerContract<S extends Record> {

	private static final int EPISODE_STEPS = 10;
	private static final int UNITS = 16;
	private static final long PLANNED_STEPS = 1_000_000;
	private static final Metrics UNREAD = (name, value) -> {
		// what is reported is not this test's matter
	};

	/** @return the learner under test */
	protected abstract Learner<S> learner();

	/** @return settings that learn the signal quickly */
	protected abstract S settings();

	/**
	 * @return the action spaces that the learner can act in, of the three: one of 2 actions, a box of one component, and two choices
	 *         of 2 actions
	 */
	protected List<ActionSpace> actionSpaces() {
		return List.of(new DiscreteSpace(2), BoxSpace.uniform(1, -1, 1), new MultiDiscreteSpace(2, 2));
	}

	/** @return the networks' backbone: one layer of {@value #UNITS} tanh units, or another one, for example a recurrent */
	protected Backbone<NoSettings> backbone() {
		return new OneLayer();
	}

	/**
	 * What is learned on: the signal, or something else for a learner that makes more of an observation than PPO would. An episode
	 * needs about {@value #EPISODE_STEPS} steps, a step's reward is at most 1.
	 *
	 * @param space the action space
	 * @return the law; its tasks have one parameter, 0
	 */
	protected Dynamics environment(ActionSpace space) {
		return new Signal(space);
	}

	/**
	 * What a learner that acts nowhere learns from: the right actions of the signal, or of what {@link #environment} is instead.
	 *
	 * @param space the action space
	 * @return examples that show what the environment shows
	 */
	protected DataSet dataSet(ActionSpace space) {
		return new SignalExamples(space);
	}

	/** @return environment steps, or examples, within which the signal is learned, well above what is usually needed */
	protected int stepsToLearn() {
		return 40_000;
	}

	/**
	 * The mean reward of a step, of at most 1, that counts as learned; a random policy has about 0.5.
	 *
	 * @return the bar
	 */
	protected double learned() {
		return 0.85;
	}

	private Stream<DynamicTest> inEachSpace(ThrowingConsumer<ActionSpace> test) {
		return actionSpaces().stream().map(space -> DynamicTest.dynamicTest(space.toString(), () -> test.accept(space)));
	}

	@TestFactory
	Stream<DynamicTest> sameSeedSameBytes() {
		return inEachSpace(space -> {
			Run one = new Run(space, 7);
			Run other = new Run(space, 7);
			Run different = new Run(space, 8);
			int steps = one.stepsOfUpdates(2);
			assertArrayEquals(one.steps(steps).bytes(), other.steps(steps).bytes(), "equal seeds, equal state");
			assertFalse(Arrays.equals(one.bytes(), different.steps(steps).bytes()), "the seed must matter");
		});
	}

	@TestFactory
	Stream<DynamicTest> resumeContinuesBitForBit() {
		return inEachSpace(space -> {
			Run whole = new Run(space, 7);
			int update = whole.stepsOfUpdates(1);
			// in the middle of a rollout, and where one is full but not learned from
			for (int first : new int[] {update + update / 2 + 1, update}) {
				Run begun = new Run(space, 7).steps(first);
				byte[] checkpoint = begun.bytes();
				Run resumed = new Run(space, 99).read(checkpoint);
				assertArrayEquals(checkpoint, resumed.bytes(), "what is read is what is written");
				byte[] expected = new Run(space, 7).steps(2 * first).bytes();
				assertArrayEquals(expected, begun.steps(first).bytes(), "writing the state must not change it");
				assertArrayEquals(expected, resumed.steps(first).bytes(), "run(2N) = run(N) + resume(N), N = " + first);
			}
		});
	}

	@TestFactory
	Stream<DynamicTest> policyLeavesTheAgentAsItIs() {
		return inEachSpace(space -> {
			Run run = new Run(space, 7);
			run.steps(run.stepsOfUpdates(1) + 3);
			byte[] before = run.bytes();
			double greedy = run.meanReward(true, 20);
			run.meanReward(false, 20);
			assertArrayEquals(before, run.bytes(), "evaluating must not change the agent");
			assertEquals(greedy, run.meanReward(true, 20), "nor depend on earlier evaluations");
			Run undisturbed = new Run(space, 7).steps(run.stepsOfUpdates(1) + 3);
			int more = run.stepsOfUpdates(1);
			assertArrayEquals(undisturbed.steps(more).bytes(), run.steps(more).bytes(),
					"nor change what is learned from a rollout that it interrupts");
		});
	}

	@TestFactory
	Stream<DynamicTest> anyNumberOfLanesAndStepsCanBeLearnedFrom() {
		return inEachSpace(space -> {
			Run run = new Run(space, 7);
			run.steps(3);
			if (!run.unit.acts()) {
				fewExamplesCanBeLearnedFrom(run);
				return;
			}
			for (int lanes : new int[] {1, 5, 2}) {
				run.lanes(lanes);
				assertFalse(run.agent.ready(), "begin() drops what was collected");
				// an episode, then a single step, learned from at once
				for (int steps : new int[] {EPISODE_STEPS, 1}) {
					for (int step = 0; step < steps; step++) {
						run.act();
					}
					byte[] before = run.bytes();
					assertDoesNotThrow(() -> run.agent.update(UNREAD), lanes + " lanes, " + steps + " steps");
					assertFalse(Arrays.equals(before, run.bytes()), "an update changes the agent");
					assertFalse(run.agent.ready(), "an update uses up what was collected");
				}
			}
		});
	}

	/** Fewer than an update takes, in a task that follows another. */
	private void fewExamplesCanBeLearnedFrom(Run run) throws IOException {
		for (int count : new int[] {2, 3}) {
			run.begin(count);
			byte[] before = run.bytes();
			assertDoesNotThrow(() -> run.agent.update(UNREAD), count + " examples");
			assertFalse(Arrays.equals(before, run.bytes()), "an update changes the agent");
		}
	}

	@TestFactory
	Stream<DynamicTest> whoWeighsTrialsLearnsMoreFromSomeThanFromOthers() {
		return inEachSpace(space -> {
			byte[] plain = weighed(space, null).bytes();
			float[] weights = new float[new Run(space, 7).stepsOfUpdates(1) * learner().lanes(settings())];
			Arrays.fill(weights, 1);
			if (!learner().weighsTrials()) {
				assertThrows(UnsupportedOperationException.class, () -> weighed(space, weights));
				return;
			}
			assertArrayEquals(plain, weighed(space, weights).bytes(), "where all count alike, all is as without weights");
			Arrays.fill(weights, 0, weights.length / 2, 0);
			Run some = weighed(space, weights);
			assertFalse(Arrays.equals(plain, some.bytes()), "weights must matter");
			Run again = new Run(space, 99).read(some.bytes());
			int more = some.stepsOfUpdates(1);
			assertArrayEquals(again.steps(more).bytes(), some.steps(more).bytes(), "they are for one update: the next one has none");
		});
	}

	/** After one update. */
	private Run weighed(ActionSpace space, float[] weights) {
		Run run = new Run(space, 7);
		while (!run.agent.ready()) {
			run.act();
		}
		if (weights != null) {
			run.agent.weigh(weights);
		}
		run.agent.update(UNREAD);
		return run;
	}

	@TestFactory
	Stream<DynamicTest> theCycleDoesNotAllocate() {
		return inEachSpace(space -> {
			Run run = new Run(space, 7);
			int update = run.stepsOfUpdates(1);
			Allocation.assertNone("act, observe and update, in windows of 2 updates", () -> {
				run.steps(update);
				run.steps(update);
			});
		});
	}

	@TestFactory
	Stream<DynamicTest> aRestartKeepsTheWeightsAndForgetsTheOptimizer() {
		return inEachSpace(space -> {
			Run run = new Run(space, 7);
			run.steps(run.stepsOfUpdates(3));
			double before = run.meanReward(true, 50);
			run.agent.restart(true);
			assertEquals(before, run.meanReward(true, 50), "with kept statistics it acts as before");
			byte[] once = run.bytes();
			run.agent.restart(true);
			assertArrayEquals(once, run.bytes(), "what is fresh stays fresh");
			run.steps(run.stepsOfUpdates(1));
			assertFalse(Arrays.equals(once, run.bytes()), "it learns on");
		});
	}

	@TestFactory
	Stream<DynamicTest> networkAndKnowledgeAreAllThatActs() {
		return inEachSpace(space -> {
			Run source = new Run(space, 7);
			source.steps(source.stepsOfUpdates(3));
			Run target = new Run(space, 8);
			for (String name : target.agent.networks().keySet()) {
				readState(target.agent.networks().get(name), bytesOf(source.agent.networks().get(name)));
			}
			ByteArrayOutputStream knowledge = new ByteArrayOutputStream();
			source.agent.writeKnowledge(new DataOutputStream(knowledge));
			DataInputStream in = new DataInputStream(new ByteArrayInputStream(knowledge.toByteArray()));
			target.agent.readKnowledge(in, true);
			assertEquals(-1, in.read(), "knowledge is read to its end");
			assertArrayEquals(source.actions(), target.actions(), "the target's agent acts as the source's");
		});
	}

	/** From its graphs, weights, knowledge and settings as data, as the engine opens it without its strategy. */
	@TestFactory
	Stream<DynamicTest> aSavedAgentIsOpenedAlone() {
		return inEachSpace(space -> {
			Run source = new Run(space, 7);
			source.steps(source.stepsOfUpdates(3));
			Map<String, Network> opened = new LinkedHashMap<>();
			for (Map.Entry<String, Network> each : source.agent.networks().entrySet()) {
				Path folder = Files.createTempDirectory("network");
				NetworkCheckpoint.write(each.getValue(), folder);
				Network network = NetworkBuilder.of(folder, each.getValue().inputs())
						.build(new RandomStreams(1));
				WarmStart.apply(each.getKey(), NetworkCheckpoint.read(folder).state(), network,
						List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)));
				opened.put(each.getKey(), network);
				try (Stream<Path> files = Files.list(folder)) {
					for (Path file : files.toList()) {
						Files.delete(file);
					}
				}
				Files.delete(folder);
			}
			Run alone = new Run(space, 8, opened);
			ByteArrayOutputStream knowledge = new ByteArrayOutputStream();
			source.agent.writeKnowledge(new DataOutputStream(knowledge));
			alone.agent.readKnowledge(new DataInputStream(new ByteArrayInputStream(knowledge.toByteArray())), true);
			alone.agent.restart(true);
			assertArrayEquals(source.actions(), alone.actions(), "the agent that is opened acts as the one that was saved");
		});
	}

	@TestFactory
	Stream<DynamicTest> itLearns() {
		return inEachSpace(space -> {
			Run run = new Run(space, 7);
			double first = run.meanReward(true, 200);
			run.steps((int) (stepsToLearn() / run.least()));
			double last = run.meanReward(true, 200);
			assertTrue(last >= learned(), "mean reward after " + stepsToLearn() + " steps or examples: " + last + ", at first: " + first);
		});
	}

	private static byte[] bytesOf(Checkpointed... parts) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(bytes);
		for (Checkpointed part : parts) {
			part.writeState(out);
		}
		return bytes.toByteArray();
	}

	private static void readState(Checkpointed part, byte[] bytes) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		part.readState(in);
		assertEquals(-1, in.read(), "the state is read to its end");
	}

	/** An agent on lanes of the signal or on its examples, and the engine's loop around it. */
	private final class Run {

		/** Examples that an update of a learner is taken to need that counts updates. */
		private static final int EXAMPLES = 32;

		private final BudgetUnit unit = learner().unit(settings());
		private final ActionSpace space;
		private final RandomStreams streams;
		private final MemoryChunks chunks = new MemoryChunks();
		private final Agent agent;
		private int lanes;
		private VectorEnvironment environment;
		private ActionBatch actions;

		Run(ActionSpace space, long seed) {
			this(space, seed, NetworkBuilder.build(backbone(), new NoSettings(),
					learner().networks(settings(), View.PLAIN.observationSpace(environment(space)), space), Optional.empty(),
					new RandomStreams(seed).under("initialisation")));
		}

		Run(ActionSpace space, long seed, Map<String, Network> networks) {
			this.space = space;
			streams = new RandomStreams(seed);
			ObservationSpace observation = View.PLAIN.observationSpace(environment(space));
			SettingsSchema schema = SettingsSchema.of(settings().getClass());
			@SuppressWarnings("unchecked") S read = (S) schema.bind(schema.toYaml(settings())).settings();
			agent = learner().agent(read,
					new AgentSite(networks, observation, space, streams.under("agent"), PLANNED_STEPS, AgentView.PLAIN, chunks, List.of()));
			assertEquals(networks, agent.networks(), "an agent's networks are those that it was given");
			if (unit.acts()) {
				lanes(learner().lanes(settings()));
			} else {
				begin(dataSet(space).size(Split.TRAIN));
			}
		}

		/** On the first examples of the signal. */
		void begin(int count) {
			((ExampleAgent) agent).begin(new First(dataSet(space).open(new Selection(Split.TRAIN, streams.under("data-set"))), count));
		}

		/** Environment steps of one of {@link #steps}, or examples. */
		long least() {
			return switch (unit) {
				case ENVIRONMENT_STEPS -> lanes;
				case EXAMPLES -> learner().experience(settings()).steps();
				case UPDATES -> EXAMPLES;
			};
		}

		void lanes(int number) {
			lanes = number;
			environment = new SimulatedLanes(environment(space), lanes, TaskSampler.fixed(0), streams.under("training"));
			environment.reset();
			actions = new ActionBatch(space, lanes);
			agent.begin(lanes);
		}

		void act() {
			agent.act(environment, actions);
			environment.step(actions);
			agent.observe(environment);
		}

		/** So many steps of each lane; an update comes with the step after the rollout was full. So many updates where nobody acts. */
		Run steps(int count) {
			if (!unit.acts()) {
				for (int update = 0; update < count; update++) {
					agent.update(UNREAD);
				}
				return this;
			}
			for (int step = 0; step < count; step++) {
				if (agent.ready()) {
					agent.update(UNREAD);
				}
				act();
			}
			return this;
		}

		/** How many steps of each lane bring so many updates, counted on another agent. */
		int stepsOfUpdates(int updates) {
			if (!unit.acts()) {
				return updates;
			}
			Run other = new Run(space, 1);
			int steps = 0;
			for (int update = 0; update < updates; update++) {
				while (!other.agent.ready()) {
					other.act();
					if (++steps > 1_000_000) {
						throw new AssertionError("no update within a million steps of " + lanes + " lanes");
					}
				}
				other.agent.update(UNREAD);
			}
			return steps;
		}

		/** The agent's state, the chunks that it refers to, and the environment's; the chunks in front, since the agent reads them. */
		byte[] bytes() throws IOException {
			byte[] state = unit.acts() ? bytesOf(agent, environment) : bytesOf(agent);
			byte[] kept = bytesOf(chunks);
			byte[] all = Arrays.copyOf(kept, kept.length + state.length);
			System.arraycopy(state, 0, all, kept.length, state.length);
			return all;
		}

		Run read(byte[] bytes) throws IOException {
			DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
			chunks.readState(in);
			agent.readState(in);
			if (unit.acts()) {
				environment.readState(in);
			}
			assertEquals(-1, in.read(), "the state is read to its end");
			return this;
		}

		double meanReward(boolean greedy, int steps) {
			int rows = 8;
			VectorEnvironment fresh = new SimulatedLanes(environment(space), rows, TaskSampler.fixed(0),
					new RandomStreams(5));
			fresh.reset();
			ActionBatch batch = new ActionBatch(space, rows);
			Policy policy = agent.policy(rows, greedy);
			policy.begin(fresh);
			double sum = 0;
			for (int step = 0; step < steps; step++) {
				policy.act(fresh, batch);
				fresh.step(batch);
				policy.observe(fresh);
				for (float reward : fresh.rewards()) {
					sum += reward;
				}
			}
			return sum / (rows * steps);
		}

		/** Greedy actions for some observations. */
		double[] actions() {
			List<Double> chosen = new ArrayList<>();
			Policy policy = agent.policy(1, true);
			ActionBatch batch = new ActionBatch(space, 1);
			for (float signal : new float[] {-1, -0.3f, 0.2f, 1}) {
				ObservationSpace observation = View.PLAIN.observationSpace(environment(space));
				GivenLanes lane = new GivenLanes(observation, space, 1);
				Arrays.fill(lane.observations(), 0.5f);
				if (observation.rowSize() > 0) {
					lane.observations()[0] = signal;
				}
				for (int part = 0; part < observation.parts().size(); part++) {
					if (observation.parts().get(part).isBytes()) {
						Arrays.fill(lane.bytes(part), (byte) (255 * (signal + 1) / 2));
					}
				}
				policy.act(lane, batch);
				for (int choice : batch.index) {
					chosen.add((double) choice);
				}
				for (float value : batch.values) {
					chosen.add((double) value);
				}
			}
			return chosen.stream().mapToDouble(Double::doubleValue).toArray();
		}
	}

	/**
	 * The first of some examples.
	 *
	 * @param all  all of them
	 * @param size how many
	 */
	private record First(Examples all, int size) implements Examples {

		@Override
		public ObservationSpace inputs() {
			return all.inputs();
		}

		@Override
		public Optional<ActionSpace> labels() {
			return all.labels();
		}

		@Override
		public void inputs(int[] examples, int count, float[] into) {
			all.inputs(examples, count, into);
		}

		@Override
		public void images(int part, int[] examples, int count, byte[] into) {
			all.images(part, examples, count, into);
		}

		@Override
		public void labels(int[] examples, int count, int[] into) {
			all.labels(examples, count, into);
		}

		@Override
		public void labels(int[] examples, int count, float[] into) {
			all.labels(examples, count, into);
		}

		@Override
		public void close() {
			all.close();
		}
	}

	/**
	 * Both signals again and again, each with the action that it asks for.
	 *
	 * @param space the action space
	 */
	private record SignalExamples(ActionSpace space) implements DataSet {

		private static final int SIZE = 64;

		@Override
		public ObservationSpace inputs() {
			return View.PLAIN.observationSpace(new Signal(space));
		}

		@Override
		public Optional<ActionSpace> labels() {
			return Optional.of(space);
		}

		@Override
		public int size(Split split) {
			return split == Split.TRAIN ? SIZE : 0;
		}

		@Override
		public Examples open(Selection selection) {
			ActionBatch labels = new ActionBatch(space, SIZE);
			float[] inputs = new float[2 * SIZE];
			for (int i = 0; i < SIZE; i++) {
				inputs[2 * i] = i % 2 == 0 ? -1 : 1;
				inputs[2 * i + 1] = 0.5f;
				for (int choice = 0; choice < labels.choices; choice++) {
					labels.index[i * labels.choices + choice] = (i + choice) % 2;
				}
				Arrays.fill(labels.values, i * labels.size, (i + 1) * labels.size, 0.5f * inputs[2 * i]);
			}
			return new MemoryExamples(inputs(), labels(), SIZE, inputs, null, labels.index, labels.values);
		}
	}

	private static final class OneLayer implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			graph.addLayer(prefix + "hidden",
					new DenseLayer.Builder().nIn(observation.size()).nOut(UNITS).activation(Activation.TANH).build(), input);
			return new Features(prefix + "hidden", UNITS);
		}
	}

	/**
	 * State: the signal, −1 or 1. Reward: 1 for the action asked for, else 0, in several choices the share of those with the action
	 * asked for, which is the other one in every second choice; in a box
	 * 1 − |a − signal / 2|, at least 0.
	 */
	private record Signal(ActionSpace actionSpace) implements Dynamics {

		private static final double EARLY_END = 0.03;

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(2, -1, 1);
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
			return EPISODE_STEPS;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = random.nextDouble() < 0.5 ? -1 : 1;
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				double signal = state[lane];
				if (actions.size == 0) {
					int right = 0;
					for (int choice = 0; choice < actions.choices; choice++) {
						right += (actions.index[lane * actions.choices + choice] + choice) % 2 == (signal > 0 ? 1 : 0) ? 1 : 0;
					}
					rewards[lane] = (float) right / actions.choices;
				} else {
					rewards[lane] = (float) Math.max(0, 1 - Math.abs(Math.clamp(actions.values[lane], -1f, 1f) - 0.5 * signal));
				}
				state[lane] = random[lane].nextDouble() < 0.5 ? -1 : 1;
				terminated[lane] = random[lane].nextDouble() < EARLY_END;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			observation[observationOffset] = (float) state[stateOffset];
			observation[observationOffset + 1] = 0.5f;
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			// nobody watches
		}
	}
}
