package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.learner.TrainableActorCritic;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Artefact;
import org.headstart.api.strategy.Curriculum;
import org.headstart.api.strategy.Loop;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Teacher;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.strategy.WarmStartRule.Action;
import org.headstart.nn.NetworkBuilder;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.nd4j.linalg.activations.Activation;

/**
 * What every transfer strategy must keep, as tests: extend this class, return the strategy with variants of its settings, and JUnit
 * runs them.
 *
 * <p>The strategy is run on a recording {@link StrategyRun} that trains nothing. Its agents have real networks, with trunks
 * {@code policy} and {@code value} and a head on each, so that freezing and rules meet the names that they will meet; those of a
 * learner of the strategy's own are that learner's. All tasks are of {@link #FAMILY}, in trials of {@value #TRIAL_EPISODES}
 * episodes. What is judged plays some trials. Subclasses look at {@link Recording} to test what is the strategy's own.
 *
 * @param <S> the settings record
 */
public abstract class StrategyContract<S extends Record> {

	/** Environment steps that each task of a recording grants. */
	protected static final long BUDGET = 10_000;

	/** Episodes of a trial. */
	protected static final int TRIAL_EPISODES = 2;

	/**
	 * A game of two actions, of which ω, 0 or 1, is the one that is rewarded, with reference algorithms {@code first} (without
	 * parameter), {@code always} (parameter {@code action}, by default 1) and {@code seeing}, which is shown ω.
	 */
	protected static final TaskFamily FAMILY = new TaskFamily(new Guess(),
			List.of(ParameterGroup.scalar("rewarded", "", 0, 1, 1)),
			List.of(guesses("train"), guesses("other")), new ReturnShape(0, Guess.STEPS, Double.NaN),
			List.of(new ReferenceAlgorithm("first", "always the first action", "", Double.NaN, false,
					(lanes, site) -> (observations, actions) -> Arrays.fill(actions.index, 0)),
					new ReferenceAlgorithm("always", "always one action", "action", 1, false,
							(lanes, site) -> (observations, actions) -> Arrays.fill(actions.index, (int) site.parameter())),
					new ReferenceAlgorithm("seeing", "the rewarded action", "", Double.NaN, true, Guess::seeing)));

	private static final List<TaskFamily> SOURCES = List.of(FAMILY, FAMILY);

	/** Tasks that a curriculum is asked for in each phase. */
	private static final int DRAWN = 100;

	/** Of the experiment's learner, as a recording has it; such that they leave a rest of the budget. */
	private static final int LANES = 6;

	/** Lanes of what is judged, in groups. */
	private static final int JUDGED_GROUPS = 3;

	private static TaskSet guesses(String name) {
		return new TaskSet(name, "either action", TaskRole.TRAIN, (random, omega, offset) -> omega[offset] = random.nextInt(2),
				omega -> omega[0] == 0 || omega[0] == 1);
	}

	/** @return the strategy under test */
	protected abstract Strategy<S> strategy();

	/** @return variants of its settings that take other ways through the code; phases must fit a budget of {@link #BUDGET} steps */
	protected abstract List<S> settings();

	private Stream<DynamicTest> ofEach(ThrowingConsumer<S> test) {
		return settings().stream().map(settings -> DynamicTest.dynamicTest(settings.toString(), () -> test.accept(settings)));
	}

	@TestFactory
	Stream<DynamicTest> settingsCanBeWrittenAndRead() {
		return ofEach(settings -> {
			SettingsSchema schema = SettingsSchema.of(settings.getClass());
			SettingsSchema.Bound read = schema.bind(schema.toYaml(settings));
			assertEquals(List.of(), read.problems());
			assertEquals(settings, read.settings());
		});
	}

	@TestFactory
	Stream<DynamicTest> equalSettingsShareTheirAcquisition() {
		return ofEach(settings -> {
			List<Acquisition> one = strategy().acquisitions(settings, SOURCES);
			List<Acquisition> other = strategy().acquisitions(settings, SOURCES);
			assertEquals(one, other);
			assertEquals(one.toString(), other.toString(), "the text form decides what is shared between runs");
			one.forEach(acquisition -> assertTrue(acquisition instanceof Record,
					acquisition.getClass().getName() + " is not a record, so its equality and text are not its settings'"));
			assertEquals(one.size(), new HashSet<>(one).size(), "two of the acquisitions are equal");
		});
	}

	@TestFactory
	Stream<DynamicTest> acquisitionsStandBehindThoseThatTheyNeedAndLearnOnSourcesThatThereAre() {
		return ofEach(settings -> {
			for (int count = 1; count <= SOURCES.size(); count++) {
				Set<Acquisition> before = new HashSet<>();
				for (Acquisition acquisition : strategy().acquisitions(settings, SOURCES.subList(0, count))) {
					assertTrue(before.containsAll(acquisition.needs()), acquisition + " needs what does not stand before it");
					List<Integer> on = acquisition.sources(count);
					assertFalse(on.isEmpty(), acquisition + " learns on no source");
					assertEquals(on.size(), new HashSet<>(on).size(), acquisition + " learns on a source twice: " + on);
					for (int source : on) {
						assertTrue(source >= 0 && source < count, acquisition + " learns on source " + source + " of " + count);
					}
					before.add(acquisition);
				}
			}
		});
	}

	@TestFactory
	Stream<DynamicTest> acquisitionTrainsOnTheSourcesAndLeavesKnowledge() {
		return settings().stream().filter(settings -> !strategy().acquisitions(settings, SOURCES).isEmpty())
				.map(settings -> DynamicTest.dynamicTest(settings.toString(), () -> {
					for (Recording run : allAcquired(settings)) {
						assertFalse(run.phases().isEmpty() && run.loops().isEmpty(), "an acquisition learns on the sources");
						assertFalse(run.saved().isEmpty(), "an acquisition saves an agent: it is the knowledge");
					}
				}));
	}

	@TestFactory
	Stream<DynamicTest> adaptationTrainsOneAgentWithinTheBudgetOrJudgesAPolicy() {
		return ofEach(settings -> {
			Recording run = adapted(settings);
			if (!run.judged().isEmpty()) {
				assertEquals(List.of(), run.phases(), "what judges a policy that learns nothing trains no agent");
				assertEquals(Map.of(), run.loops(), "what judges a policy that learns nothing has no loop");
				return;
			}
			assertFalse(run.phases().isEmpty() && run.loops().isEmpty(), "an adaptation trains; the agent trained last is judged");
			assertTrue(run.phases().stream().anyMatch(TrainingPhase::shots), "no phase grants shots, so none could be judged; one with"
					+ " a loop plays them before it, in TrainingPhase.granted");
		});
	}

	@TestFactory
	Stream<DynamicTest> whoWeighsTrialsSaysSoBeforehand() {
		return ofEach(settings -> {
			if (allAcquired(settings).stream().anyMatch(run -> run.weighed) || adapted(settings).weighed) {
				assertTrue(strategy().training(settings, List.of(FAMILY), TRIAL_EPISODES).orElseThrow().weighsTrials(),
						"a curriculum weighs trials, and the strategy's training does not say so: Training.weighing()");
			}
		});
	}

	@TestFactory
	Stream<DynamicTest> whatCanBeAdaptedToIsNotRefused() {
		return ofEach(settings -> strategy().check(settings, FAMILY));
	}

	@TestFactory
	Stream<DynamicTest> adaptationDoesTheSameAgain() {
		return ofEach(settings -> {
			Recording one = adapted(settings);
			Recording other = adapted(settings);
			assertEquals(one.events(), other.events(), "a resumed run calls adapt again and must find what it did before");
			assertEquals(one.kept(), other.kept(), "a resumed run keeps its artefacts again, and they must be the same");
		});
	}

	@TestFactory
	Stream<DynamicTest> acquisitionsDoTheSameAgain() {
		return ofEach(settings -> {
			List<Recording> one = allAcquired(settings);
			List<Recording> other = allAcquired(settings);
			assertEquals(one.stream().map(Recording::events).toList(), other.stream().map(Recording::events).toList(),
					"a resumed run acquires again and must find what it did before");
			assertEquals(one.stream().map(Recording::kept).toList(), other.stream().map(Recording::kept).toList(),
					"a resumed run keeps its artefacts again, and they must be the same");
		});
	}

	/** An interrupted loop goes on in an object of its own, made by the strategy anew. */
	@TestFactory
	Stream<DynamicTest> loopsGoOnFromTheirState() {
		return ofEach(settings -> {
			for (Acquisition acquisition : strategy().acquisitions(settings, SOURCES)) {
				goesOn(acquisition::run, acquisition.sources(SOURCES.size()).size(), saved(acquisition.needs().stream()
						.map(allAcquiredBy(settings)::get).toList()), false);
			}
			goesOn(run -> strategy().adapt(settings, run), 1, saved(allAcquired(settings)), true);
		});
	}

	/** What a strategy does with a run. */
	@FunctionalInterface
	private interface Running {
		void on(StrategyRun run) throws IOException;
	}

	private static void goesOn(Running strategy, int tasks, SequencedSet<String> knowledge, boolean adapts) throws IOException {
		Recording whole = new Recording(tasks, knowledge, adapts);
		strategy.on(whole);
		for (Map.Entry<String, Integer> loop : whole.loops().entrySet()) {
			int iterations = loop.getValue();
			for (int after : new TreeSet<>(List.of(1, 2, iterations / 2, iterations - 1))) {
				if (after > 0 && after < iterations) {
					Recording first = new Recording(tasks, knowledge, adapts);
					first.interruptLoop(loop.getKey(), after);
					RecordedLoop.Interrupted interrupted = assertThrows(RecordedLoop.Interrupted.class, () -> strategy.on(first),
							"the loop " + loop.getKey() + " was there at first");
					Recording second = new Recording(tasks, knowledge, adapts);
					second.goOnFrom(interrupted);
					strategy.on(second);
					assertEquals(whole.events(), second.events(), "loop " + loop.getKey() + ", interrupted after iteration " + after
							+ " of " + iterations + ", does something else than uninterrupted: is all of its state written and read?");
				}
			}
		}
	}

	@Test
	void variantsDiffer() {
		assertEquals(settings().size(), new HashSet<>(settings()).size(), "two variants of the settings are equal");
	}

	/**
	 * Runs the only acquisition on two sources.
	 *
	 * @param settings the settings
	 * @return what it did
	 * @throws IOException never, unless the strategy throws it
	 */
	protected final Recording acquired(S settings) throws IOException {
		List<Recording> all = allAcquired(settings);
		assertEquals(1, all.size(), "acquisitions");
		return all.get(0);
	}

	/**
	 * Runs all acquisitions, where there are two sources.
	 *
	 * @param settings the settings
	 * @return what each did, in order
	 * @throws IOException never, unless the strategy throws it
	 */
	protected final List<Recording> allAcquired(S settings) throws IOException {
		return List.copyOf(allAcquiredBy(settings).values());
	}

	private Map<Acquisition, Recording> allAcquiredBy(S settings) throws IOException {
		Map<Acquisition, Recording> runs = new LinkedHashMap<>();
		for (Acquisition acquisition : strategy().acquisitions(settings, SOURCES)) {
			SequencedSet<String> knowledge = saved(acquisition.needs().stream().map(runs::get).toList());
			Recording run = new Recording(acquisition.sources(SOURCES.size()).size(), knowledge, false);
			acquisition.run(run);
			runs.put(acquisition, run);
		}
		return runs;
	}

	private static SequencedSet<String> saved(List<Recording> runs) {
		SequencedSet<String> names = new LinkedHashSet<>();
		for (Recording run : runs) {
			run.saved().forEach(name -> assertTrue(names.add(name), "two acquisitions save an agent under '" + name + "'"));
		}
		return names;
	}

	/**
	 * Runs the adaptation to a target, with the knowledge that the acquisitions leave.
	 *
	 * @param settings the settings
	 * @return what it did
	 * @throws IOException never, unless the strategy throws it
	 */
	protected final Recording adapted(S settings) throws IOException {
		Recording run = new Recording(1 + (strategy().adaptsOnSources(settings) ? SOURCES.size() : 0), saved(allAcquired(settings)), true);
		strategy().adapt(settings, run);
		return run;
	}

	/** A run that trains nothing and remembers everything. It fails at once when the strategy does what no run allows. */
	protected static final class Recording implements StrategyRun {

		private final long[] left;
		private final SequencedSet<String> knowledge;
		private final boolean adapts;
		private final List<TrainingPhase> phases = new ArrayList<>();
		private final List<Set<String>> frozen = new ArrayList<>();
		private final List<String> events = new ArrayList<>();
		private final Set<String> phaseNames = new HashSet<>();
		private final Map<String, AgentView> views = new LinkedHashMap<>();
		private final Map<Agent, String> agents = new IdentityHashMap<>();
		private final Map<String, View> judged = new LinkedHashMap<>();
		private final Set<String> saved = new TreeSet<>();
		private final Map<String, Artefact> kept = new TreeMap<>();
		private boolean weighed;
		private final Map<Agent, Integer> lanes = new IdentityHashMap<>();
		/** Iterations, by loop. */
		private final Map<String, Integer> loops = new LinkedHashMap<>();
		private String interruptedLoop = "";
		private int interruptedAfter;
		private RecordedLoop.Interrupted from;

		private Recording(int tasks, SequencedSet<String> knowledge, boolean adapts) {
			this.adapts = adapts;
			left = new long[tasks];
			Arrays.fill(left, BUDGET);
			this.knowledge = knowledge;
		}

		/** @return the phases that were trained, in order */
		public List<TrainingPhase> phases() {
			return phases;
		}

		/** @return for each phase the vertices that were frozen in it */
		public List<Set<String>> frozen() {
			return frozen;
		}

		/** @return what each agent is shown, by its name, in the order in which they were made */
		public Map<String, AgentView> views() {
			return views;
		}

		/** @return what each policy was shown that was judged, by phase */
		public Map<String, View> judged() {
			return judged;
		}

		/** @return all that was done, in order, as text */
		public List<String> events() {
			return events;
		}

		/** @return the names under which agents were saved */
		public Set<String> saved() {
			return saved;
		}

		/** @return the artefacts that were kept, by name; names, shapes and numbers were checked when they were made */
		public Map<String, Artefact> kept() {
			return kept;
		}

		/** @return how many iterations each loop had, by its name, in order */
		public Map<String, Integer> loops() {
			return loops;
		}

		/** Steps left, by task. */
		long[] left() {
			return left;
		}

		int lanes(Agent agent) {
			requireMade(agent);
			return lanes.get(agent);
		}

		String name(Agent agent) {
			requireMade(agent);
			return agents.get(agent);
		}

		private void interruptLoop(String name, int after) {
			interruptedLoop = name;
			interruptedAfter = after;
		}

		private void goOnFrom(RecordedLoop.Interrupted interrupted) {
			from = interrupted;
		}

		@Override
		public void loop(String name, List<Agent> members, Loop loop) throws IOException {
			assertTrue(phaseNames.add(name), "two phases or loops are called '" + name + "'");
			assertFalse(members.isEmpty(), "loop " + name + " has no agent");
			members.forEach(this::requireMade);
			events.add("loop " + name + " of " + members.stream().map(this::name).toList());
			RecordedLoop.Interrupted interrupted = from != null && from.loop.equals(name) ? from : null;
			loops.put(name, new RecordedLoop(this, name, members, loop).run(interrupted,
					name.equals(interruptedLoop) ? interruptedAfter : Integer.MAX_VALUE));
		}

		/** The teacher's weights are not those that were saved, but equal wherever it is opened. */
		@Override
		public Teacher open(String name) {
			assertTrue(knowledge.contains(name), "the acquisitions saved " + knowledge + ", not '" + name + "'");
			events.add("open " + name);
			return new RecordedTeacher(new Untaught("teacher " + name, AgentView.plain(TRIAL_EPISODES).training()
					.observationSpace(FAMILY.environment()).row(), Optional.empty(), events).network());
		}

		@Override
		public RandomStream random(String name) {
			return new RandomStreams(1).under("strategy").stream(name);
		}

		@Override
		public int taskCount() {
			return left.length;
		}

		@Override
		public int trialEpisodes() {
			return TRIAL_EPISODES;
		}

		@Override
		public List<String> knowledge() {
			return List.copyOf(knowledge);
		}

		@Override
		public TaskFamily family(int task) {
			assertTrue(task >= 0 && task < left.length, "there is no task " + task + "; the run has " + left.length);
			return FAMILY;
		}

		@Override
		public Agent agent(String name, AgentView view) {
			return made(name, view, "", LANES, untaught(name, view, Optional.empty()));
		}

		@Override
		public Agent agent(String name, AgentView view, Architecture architecture) {
			return made(name, view, " on " + architecture, LANES, untaught(name, view, Optional.of(architecture)));
		}

		private Untaught untaught(String name, AgentView view, Optional<Architecture> architecture) {
			return new Untaught(name, view.training().observationSpace(FAMILY.environment()).row(), architecture, events);
		}

		@Override
		public <L extends Record> Agent agent(String name, AgentView view, Learner<L> learner, L settings) {
			int learnerLanes = learner.lanes(settings);
			int together = view.training().trial().lanesPerTask();
			assertTrue(learnerLanes > 0 && learnerLanes % together == 0,
					"the learner asks for " + learnerLanes + " lanes, of which " + together + " share a task");
			ObservationSpace observation = view.training().observationSpace(FAMILY.environment());
			ActionSpace actions = FAMILY.environment().actionSpace();
			RandomStreams streams = new RandomStreams(1).under(name);
			Map<String, Network> networks = NetworkBuilder.build(new OneLayer(), new NoSettings(),
					learner.networks(settings, observation, actions), Optional.empty(), streams.under("network"));
			return made(name, view, " of " + learner.getClass().getSimpleName() + ' ' + settings, learnerLanes, learner.agent(settings,
					new AgentSite(networks, observation, actions, streams.under("agent"), BUDGET * left.length, view, new MemoryChunks(),
							List.of())));
		}

		private Agent made(String name, AgentView view, String learner, int count, Agent agent) {
			assertFalse(views.containsKey(name), "two agents are called '" + name + "': they would share their random streams");
			views.put(name, view);
			agents.put(agent, name);
			lanes.put(agent, count);
			events.add("agent " + name + learner + ", " + view);
			return agent;
		}

		private void requireMade(Agent agent) {
			assertTrue(agents.containsKey(agent), "an agent that the run did not make: " + agent);
		}

		@Override
		public void judge(String phase, View view, PolicyMaker maker) {
			assertTrue(phaseNames.add(phase), "two phases are called '" + phase + "'");
			assertTrue(adapts, "an acquisition learns; only an adaptation judges");
			int lanes = JUDGED_GROUPS * view.trial().lanesPerTask();
			double[] once = play(lanes, view, maker);
			assertArrayEquals(once, play(lanes, view, maker), "equal streams must give policies that play alike");
			judged.put(phase, view);
			events.add("judge " + phase + ", " + view + ", rewards " + Arrays.stream(once).sum());
		}

		/** The rewards of two trials in each lane. */
		private static double[] play(int lanes, View view, PolicyMaker maker) {
			RandomStreams streams = new RandomStreams(3);
			VectorEnvironment environment = FAMILY.vectorEnvironment(lanes, FAMILY.taskSets().get(0).sampler(),
					streams.under("lanes"), view);
			ActionBatch actions = new ActionBatch(environment.actionSpace(), lanes);
			environment.reset();
			Policy policy = maker.policy(lanes, environment, streams.under("policy"));
			policy.begin(environment);
			int steps = 2 * view.trial().episodes() * Guess.STEPS;
			double[] rewards = new double[steps * lanes];
			for (int step = 0; step < steps; step++) {
				policy.act(environment, actions);
				environment.step(actions);
				policy.observe(environment);
				for (int lane = 0; lane < lanes; lane++) {
					rewards[step * lanes + lane] = environment.rewards()[lane];
				}
			}
			return rewards;
		}

		@Override
		public void warmStart(Agent agent, String from, List<WarmStartRule> rules, Keep keep) {
			requireMade(agent);
			assertTrue(knowledge.contains(from), "the acquisition saved " + knowledge + ", not '" + from + "'");
			agent.networks().forEach((name, network) -> {
				Set<String> freeze = new HashSet<>();
				for (String vertex : network.parameterVertices()) {
					Optional<WarmStartRule> rule = rules.stream()
							.filter(each -> each.matches(name, vertex, network::verticesLeadingTo)).findFirst();
					assertTrue(rule.isPresent(), "no rule says what becomes of " + vertex);
					if (rule.get().action() == Action.LOAD_AND_FREEZE) {
						freeze.add(vertex);
					}
					events.add("warm start " + vertex + ' ' + rule.get().action());
				}
				network.freeze(freeze::contains);
			});
			events.add(keep.toString());
		}

		@Override
		public void train(Agent agent, TrainingPhase phase, Curriculum curriculum) {
			train(agent, phase);
			RandomStream random = new RandomStreams(4).stream(phase.name());
			TaskSet set = FAMILY.taskSets().get(0);
			double[] omega = new double[1];
			double sum = 0;
			for (int trial = 0; trial < DRAWN; trial++) {
				omega[0] = Double.NaN;
				curriculum.draw(random, set, omega);
				assertTrue(set.contains().test(omega), "the curriculum of phase " + phase.name() + " drew " + omega[0]
						+ ", which is no task of the source");
				sum += omega[0];
				curriculum.ended(omega, omega[0] == 1 ? Guess.STEPS : 0);
			}
			weighed |= curriculum.weighs();
			events.add("curriculum in " + phase.name() + ", " + (int) sum + " of " + DRAWN + " tasks are 1");
		}

		@Override
		public void train(Agent agent, TrainingPhase phase) {
			requireMade(agent);
			assertTrue(phaseNames.add(phase.name()), "two phases or loops are called '" + phase.name() + "'");
			assertTrue(phase.task() >= 0 && phase.task() < left.length,
					phase + " is on a task that the run does not have; it has " + left.length);
			long steps = phase.steps() == TrainingPhase.REMAINING ? left[phase.task()] : phase.steps();
			assertTrue(steps > 0 || phase.shots() && phase.steps() == 0,
					phase + " has nothing to train: the budget is used up or the steps are not positive");
			assertTrue(steps <= left[phase.task()], phase + " asks for more than the " + left[phase.task()] + " steps left");
			Set<String> fixed = new HashSet<>();
			int vertices = 0;
			for (Network network : agent.networks().values()) {
				fixed.addAll(network.frozenVertices());
				vertices += network.parameterVertices().size();
			}
			assertTrue(fixed.size() < vertices, "everything is frozen in phase " + phase.name());
			left[phase.task()] -= steps;
			phases.add(phase);
			frozen.add(Set.copyOf(fixed));
			events.add("train " + phase + ", frozen " + new TreeSet<>(fixed));
		}

		@Override
		public void save(String name, Agent agent) {
			requireMade(agent);
			assertTrue(saved.add(name), "two agents are saved under '" + name + "'");
			events.add("save " + name);
		}

		@Override
		public void keep(Artefact artefact) {
			kept.put(artefact.name(), artefact);
			events.add("keep " + artefact);
		}
	}

	/** An agent with a network and nothing else. */
	private static final class Untaught implements Agent {

		private final String name;
		private final List<String> events;
		private final Network network;

		Untaught(String name, BoxSpace observation, Optional<Architecture> architecture, List<String> events) {
			this.name = name;
			this.events = events;
			NetworkBuilder builder = NetworkBuilder.of(new OneLayer(), new NoSettings(), observation)
					.trunk(new Trunk("policy", List.of(Head.policy(2, 0.01)))).trunk(new Trunk("value", List.of(Head.value(1))));
			architecture.ifPresent(builder::architecture);
			network = builder.build(new RandomStreams(1).under(name));
		}

		@Override
		public Map<String, Network> networks() {
			return Map.of(NetworkDescription.ONLY, network);
		}

		@Override
		public Optional<ActorCritic> actorCritic(int lanes) {
			return Optional.of(new NetworkOpinion(network));
		}

		@Override
		public Optional<TrainableActorCritic> trainable(int rows) {
			return Optional.of(new NetworkOpinion(network));
		}

		@Override
		public void restart(boolean keepNormalisers) {
			events.add("restart " + name + (keepNormalisers ? ", normalisers kept" : ""));
		}

		@Override
		public void temper(double temperature) {
			events.add("temper " + name + ' ' + temperature);
		}

		@Override
		public Policy policy(int lanes, boolean greedy) {
			return (observations, actions) -> {
				// always the same action
			};
		}

		@Override
		public void begin(int lanes) {
			throw trained();
		}

		@Override
		public void act(Lanes environment, ActionBatch actions) {
			throw trained();
		}

		@Override
		public void observe(Lanes environment) {
			throw trained();
		}

		@Override
		public boolean ready() {
			throw trained();
		}

		@Override
		public void update(Metrics metrics) {
			throw trained();
		}

		private AssertionError trained() {
			return new AssertionError("agent " + name + ": a strategy leaves acting and learning to StrategyRun.train");
		}

		@Override
		public void readKnowledge(DataInput in, boolean policy) {
			throw new AssertionError("agent " + name + ": a strategy leaves reading knowledge to StrategyRun.warmStart");
		}

		@Override
		public void writeKnowledge(DataOutput out) {
			throw new AssertionError("agent " + name + ": a strategy leaves writing knowledge to StrategyRun.save");
		}

		@Override
		public void writeState(DataOutput out) throws IOException {
			network.writeState(out);
		}

		@Override
		public void readState(DataInput in) throws IOException {
			network.readState(in);
		}
	}

	private static final class OneLayer implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			graph.addLayer(prefix + "hidden",
					new DenseLayer.Builder().nIn(observation.size()).nOut(4).activation(Activation.TANH).build(), input);
			return new Features(prefix + "hidden", 4);
		}
	}

	/** The law of {@link #FAMILY}. */
	private record Guess() implements Dynamics {

		static final int STEPS = 5;

		static Policy seeing(int lanes, ReferenceSite site) {
			View.Layout layout = site.view().layout(site.family().environment());
			return (environment, actions) -> {
				for (int lane = 0; lane < lanes; lane++) {
					actions.index[lane] = (int) environment.observations()[lane * layout.size() + layout.task()];
				}
			};
		}

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(3, -1, 1);
		}

		@Override
		public ActionSpace actionSpace() {
			return new DiscreteSpace(2);
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
			return STEPS;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = random.uniform(-1, 1);
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				rewards[lane] = actions.index[lane] == (int) omega[lane] ? 1 : 0;
				terminated[lane] = false;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			Arrays.fill(observation, observationOffset, observationOffset + 3, (float) state[stateOffset]);
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			// nobody watches
		}
	}
}
