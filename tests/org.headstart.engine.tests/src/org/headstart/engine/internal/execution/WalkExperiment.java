package org.headstart.engine.internal.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskReader;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Artefact;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;

/** A small experiment of test contributions: walk to a goal, learned by a policy gradient on a linear network. */
final class WalkExperiment {

	static final String ARMS = """
			  - {id: scratch}
			  - {id: warm-up}
			""";

	/** Trials of several episodes: with the history shown, with lanes that share a task and a learner of its own, and judged. */
	static final String TRIAL_ARMS = """
			  - {id: history}
			  - {id: own-learner}
			  - {id: judged}
			""";

	private WalkExperiment() {}

	/** Learns the target in one phase, with shots. */
	static final class Scratch implements Strategy<NoSettings> {

		@Override
		public StrategyRole role(NoSettings settings, TaskFamily target) {
			return StrategyRole.BASELINE;
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			run.train(run.agent("agent"), TrainingPhase.whole("target"));
		}
	}

	/** Pre-trains, then learns the target in two phases with something between them. */
	static final class WarmUp implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new Pretraining());
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			run.warmStart(agent, Pretraining.AGENT, List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)),
					new StrategyRun.Keep(true, true));
			run.train(agent, new TrainingPhase("first", 0, 300, true));
			agent.restart(true);
			run.save("after-first", agent);
			run.train(agent, TrainingPhase.whole("second"));
		}
	}

	/** Learns on the sources from what the last steps did, and goes on at the target. */
	static final class History implements Strategy<NoSettings> {

		static final String AGENT = "meta";

		/** What the agent sees. */
		static AgentView view(StrategyRun run) {
			return AgentView.same(new View(Trial.of(run.trialEpisodes()), true, false), AgentView.Memory.TRIAL);
		}

		/** The training on the sources. */
		record MetaTraining() implements Acquisition {

			@Override
			public void run(StrategyRun run) throws IOException {
				Agent agent = run.agent("agent", view(run));
				run.train(agent, TrainingPhase.of("meta", TrainingPhase.REMAINING));
				run.save(AGENT, agent);
			}
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new MetaTraining());
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent", view(run));
			run.warmStart(agent, AGENT, List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)),
					new StrategyRun.Keep(true, true));
			run.train(agent, TrainingPhase.whole("target"));
		}
	}

	/** Learns the target by a learner of its own, in pairs of lanes that share a task and show it. */
	static final class OwnLearner implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			View training = new View(new Trial(1, 2, true), false, true);
			View evaluation = new View(new Trial(run.trialEpisodes(), 2, true), false, true);
			Agent agent = run.agent("agent", new AgentView(training, evaluation, AgentView.Memory.TRIAL), new GradientLearner(6),
					new NoSettings());
			run.train(agent, TrainingPhase.whole("target"));
		}
	}

	/** Keeps artefacts of every kind, on sources and target; some are kept again, with another content or as another kind. */
	static final class Keeping implements Strategy<NoSettings> {

		/** The training on the sources. */
		record KeepingPretraining() implements Acquisition {

			@Override
			public void run(StrategyRun run) throws IOException {
				Agent agent = run.agent("agent");
				run.keep(weights("weights", agent));
				run.train(agent, TrainingPhase.of("source", TrainingPhase.REMAINING));
				run.keep(weights("weights", agent));
				run.save(Pretraining.AGENT, agent);
			}
		}

		private static Artefact weights(String name, Agent agent) {
			float[] weights = new float[agent.network().parameterVectorSize()];
			agent.network().copyParameters(weights);
			return new Artefact.Array(name, weights, 1, weights.length);
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new KeepingPretraining());
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			run.warmStart(agent, Pretraining.AGENT, List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)),
					new StrategyRun.Keep(true, true));
			run.keep(weights("before", agent));
			run.keep(weights("phases", agent));
			run.train(agent, new TrainingPhase("first", 0, 300, true));
			run.keep(weights("after", agent));
			run.keep(new Artefact.Picture("dots", 2, 1, new byte[] {0, 1, 2, -1, -2, -3}));
			run.train(agent, TrainingPhase.whole("second"));
			run.keep(weights("after", agent));
			run.keep(new Artefact.Table("phases", List.of("phase", "asked for"),
					List.of(List.of("first", 300), List.of("second", Double.NaN))));
		}
	}

	/** Judges a policy that learns within a trial: it turns round where the reward falls, or by chance. */
	static final class Judged implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			run.judge("judged", new View(Trial.of(run.trialEpisodes()), true, false), Turning::new);
		}

		/** The policy. */
		private static final class Turning implements Policy {

			private final int lanes;
			private final RandomStream random;
			private final int[] direction;
			private final float[] before;
			private boolean toldOfTheStep;

			Turning(int lanes, TaskReader tasks, RandomStreams streams) {
				this.lanes = lanes;
				random = streams.stream("turns");
				direction = new int[lanes];
				before = new float[lanes];
			}

			@Override
			public void begin(Lanes environment) {
				if (environment.lanes() != lanes || toldOfTheStep) {
					throw new IllegalStateException("begin comes first, and once");
				}
				toldOfTheStep = true;
			}

			@Override
			public void act(Lanes environment, ActionBatch actions) {
				if (!toldOfTheStep) {
					throw new IllegalStateException("every act is followed by observe");
				}
				toldOfTheStep = false;
				System.arraycopy(direction, 0, actions.index, 0, lanes);
			}

			@Override
			public void observe(Lanes environment) {
				toldOfTheStep = true;
				for (int lane = 0; lane < lanes; lane++) {
					float reward = environment.rewards()[lane];
					if (environment.terminated()[lane] || environment.truncated()[lane]) {
						direction[lane] = 0;
						before[lane] = 0;
						continue;
					}
					if (reward < before[lane] || random.nextFloat() < 0.1f) {
						direction[lane] = 1 - direction[lane];
					}
					before[lane] = reward;
				}
			}
		}
	}

	/** Fails in the middle. */
	static final class Failing implements Strategy<NoSettings> {

		/** Fails in pre-training, so that what builds on it cannot run. */
		record FailingPretraining() implements Acquisition {

			@Override
			public void run(StrategyRun run) throws IOException {
				run.train(run.agent("agent"), TrainingPhase.of("begin", 100));
				throw new IllegalStateException("this strategy always fails");
			}
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new FailingPretraining());
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) {
			throw new IllegalStateException("never reached");
		}
	}

	/** Fails in a way in which the Java machine fails. */
	record Hungry(Kind kind) implements Strategy<NoSettings> {

		/** How. */
		enum Kind {
			/** Takes memory for ever. */
			MEMORY,
			/** Asks for more than arrays can hold. */
			ARRAY,
			/** Calls itself for ever. */
			STACK,
			/** An error of its own. */
			ERROR,
			/** Memory again, met by a thread of its own. */
			THREAD
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			switch (kind) {
				case MEMORY -> eat();
				case ARRAY -> throw new IllegalStateException("no array is so long: " + new long[Integer.MAX_VALUE].length);
				case STACK -> call(0);
				case ERROR -> throw new Error("an error of its own");
				case THREAD -> {
					try {
						CompletableFuture.runAsync(Hungry::eat).get();
					} catch (ExecutionException | InterruptedException e) {
						throw new IllegalStateException("a thread failed", e);
					}
				}
			}
		}

		private static void eat() {
			List<long[]> all = new ArrayList<>();
			while (true) {
				all.add(new long[1 << 20]);
			}
		}

		private static int call(int depth) {
			return call(depth + 1) + 1;
		}
	}

	/** Kills its own process at the start of the adaptation, as long as a marker file is not there. */
	static final class Suicidal implements Strategy<NoSettings> {

		/** System property: the marker file, written before the first death; without it every try dies. */
		static final String MARKER = "headstart.test.marker";

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			String marker = System.getProperty(MARKER);
			if (marker == null || Path.of(marker).toFile().createNewFile()) {
				Runtime.getRuntime().halt(137);
			}
			run.train(run.agent("agent"), TrainingPhase.whole("target"));
		}
	}

	/** The linear network asks for no backbone. */
	static final class NoBackbone implements Backbone<NoSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<Extent> extent(BoxSpace observation, NoSettings settings) {
			return Optional.of(Extent.of(observation));
		}
	}

	static Catalog catalog() {
		return new Catalog(sorted(Map.of("walk", contribution("walk", (Environment<?>) new WalkDynamics.Walk()))),
				new TreeMap<>(), sorted(Map.of("none", contribution("none", (Backbone<?>) new NoBackbone()))),
				sorted(Map.of("gradient", contribution("gradient", (Learner<?>) new GradientLearner()))), new TreeMap<>(),
				strategies(Map.of("scratch", contribution("scratch", (Strategy<?>) new Scratch()), "warm-up",
						contribution("warm-up", (Strategy<?>) new WarmUp()), "failing",
						contribution("failing", (Strategy<?>) new Failing()), "suicidal",
						contribution("suicidal", (Strategy<?>) new Suicidal()), "history",
						contribution("history", (Strategy<?>) new History()), "keeping",
						contribution("keeping", (Strategy<?>) new Keeping()), "own-learner",
						contribution("own-learner", (Strategy<?>) new OwnLearner()), "judged",
						contribution("judged", (Strategy<?>) new Judged()))),
				sorted(Map.of("local", new Contribution<Executor<?>>("local", "local", "", "test", "1",
						() -> LocalExecutorSettings.class, LocalExecutor::new))),
				sorted(Map.of("org.headstart.engine", "1")), List.of());
	}

	/** The catalog with another environment, learner or strategy in the place of one. */
	static Catalog catalogWith(Environment<?> walk, Learner<?> gradient, Strategy<?> scratch) {
		return catalogWith(walk, gradient, scratch, new NoBackbone());
	}

	/** The catalog with another environment, learner, strategy and backbone in the place of one. */
	static Catalog catalogWith(Environment<?> walk, Learner<?> gradient, Strategy<?> scratch, Backbone<?> none) {
		Catalog usual = catalog();
		SortedMap<String, Contribution<Strategy<?>>> strategies = new TreeMap<>(usual.strategies());
		strategies.put("scratch", contribution("scratch", scratch));
		return new Catalog(sorted(Map.of("walk", contribution("walk", walk))),
				new TreeMap<>(), sorted(Map.of("none", contribution("none", none))),
				sorted(Map.of("gradient", contribution("gradient", gradient))), new TreeMap<>(), strategies, usual.executors(),
				usual.codeVersions(), List.of());
	}

	private static <T> Contribution<T> contribution(String id, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> NoSettings.class, () -> instance);
	}

	private static SortedMap<String, Contribution<Strategy<?>>> strategies(Map<String, Contribution<Strategy<?>>> walks) {
		SortedMap<String, Contribution<Strategy<?>>> all = new TreeMap<>(walks);
		for (Hungry.Kind kind : Hungry.Kind.values()) {
			String id = "hungry-" + kind.name().toLowerCase(java.util.Locale.ROOT);
			all.put(id, contribution(id, (Strategy<?>) new Hungry(kind)));
		}
		return all;
	}

	private static <V> SortedMap<String, V> sorted(Map<String, V> map) {
		return new TreeMap<>(map);
	}

	static String text(int seeds, int steps, String arms) {
		return """
				headstart: 1
				name: walks
				seed: 7
				seeds: %d
				backbone: {id: none}
				learner: {id: gradient}
				source: [{environment: walk, task: train, steps: %d}]
				target: [{environment: walk, task: test, steps: %d}]
				strategies:
				%s
				shots: [0, 1, 3]
				evaluation: {every: 200, episodes: 5, greedy: false}
				checkpoint: {every: 1}
				""".formatted(seeds, steps, steps, arms.stripTrailing());
	}

	/** Trials of three episodes, without granted ones. */
	static String trials(int seeds, int steps) {
		return text(seeds, steps, TRIAL_ARMS).replace("shots: [0, 1, 3]", "trial: {episodes: 3}");
	}

	static ExperimentReader.Reading reading(String text) {
		ExperimentReader.Reading reading = ExperimentReader.read(text, "test.yaml", catalog(), Map.of());
		if (reading.experiment().isEmpty()) {
			throw new IllegalArgumentException(
					reading.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
		}
		return reading;
	}

	static Plan plan(String text) {
		return Planner.plan(reading(text).experiment().orElseThrow(), catalog());
	}
}
