package org.headstart.testkit.internal;

import java.awt.Graphics2D;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.execution.Execution;
import org.headstart.api.execution.ExecutionSite;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.Setting;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * Small contributions for the engine's tests: two task families, three strategies, and settings of a backbone, a learner and
 * an executor, of which nobody may ask more than what they say of themselves: reading and planning an experiment must not touch
 * a network.
 */
public final class SampleCatalog {

	/** Experiment files that are right with this catalog. */
	public static final String EXPERIMENT = """
			headstart: 1
			name: sample
			backbone: {id: mlp}
			learner: {id: ppo, learning-rate: 3e-4}
			source: [{environment: point-goal, steps: 2e6}]
			target:
			  - {environment: point-goal, task: [test, validation], steps: 1e6}
			strategies:
			  - {id: scratch}
			  - {id: fine-tune, layers: last}
			  - id: fine-tune
			    layers: all
			  - {id: progressive, columns: 2}
			shots: [0, 1, 10]
			seeds: 3
			evaluation: {every: 2e4, episodes: 20}
			""";

	private final SortedMap<String, Contribution<Environment<?>>> environments = new TreeMap<>();
	private final SortedMap<String, Contribution<Wrapper<?>>> wrappers = new TreeMap<>();
	private final SortedMap<String, Contribution<Backbone<?>>> backbones = new TreeMap<>();
	private final SortedMap<String, Contribution<Learner<?>>> learners = new TreeMap<>();
	private final SortedMap<String, Contribution<Strategy<?>>> strategies = new TreeMap<>();
	private final SortedMap<String, Contribution<Executor<?>>> executors = new TreeMap<>();
	private final SortedMap<String, String> codeVersions = new TreeMap<>();

	/** Starts with all that the class comment lists. */
	public SampleCatalog() {
		add(environments, "point-goal", "sample.environments", "1.0.0", PointGoalSettings.class, PointGoal::new);
		add(environments, "lights", "sample.lights", "1.0.0", NoSettings.class, Lights::new);
		add(backbones, "mlp", "sample.backbones", "1.0.0", MlpSettings.class, Mlp::new);
		add(learners, "ppo", "sample.learners", "1.0.0", PpoSettings.class, Ppo::new);
		add(strategies, "scratch", "sample.strategies", "1.0.0", NoSettings.class, Scratch::new);
		add(strategies, "fine-tune", "sample.strategies", "1.0.0", FineTuneSettings.class, FineTune::new);
		add(strategies, "progressive", "sample.progressive", "1.0.0", ProgressiveSettings.class, Progressive::new);
		add(executors, "local", "sample.executors", "1.0.0", LocalSettings.class, Local::new);
		codeVersions.put("org.headstart.api", "1.0.0");
		codeVersions.put("org.headstart.nn", "1.0.0");
	}

	private static <T> T forbidden(String what) {
		throw new AssertionError("nobody needs the " + what + " itself here");
	}

	private static <T> void add(SortedMap<String, Contribution<T>> kind, String id, String bundle, String codeVersion,
			Class<? extends Record> settings, Supplier<T> instance) {
		kind.put(id, new Contribution<>(id, id, "sample " + id, bundle, codeVersion, () -> settings, instance));
	}

	/** @return a catalog of the sample contributions */
	public static Catalog catalog() {
		return new SampleCatalog().build();
	}

	/** @return the catalog as it is now */
	public Catalog build() {
		return new Catalog(environments, wrappers, backbones, learners, new TreeMap<>(), strategies, executors, codeVersions, List.of());
	}

	/** Adds or replaces an environment. */
	public SampleCatalog environment(String id, String codeVersion, Class<? extends Record> settings,
			Supplier<Environment<?>> instance) {
		add(environments, id, "sample.environments", codeVersion, settings, instance);
		return this;
	}

	/** Adds or replaces a backbone. */
	public SampleCatalog backbone(String id, String codeVersion, Class<? extends Record> settings,
			Supplier<Backbone<?>> instance) {
		add(backbones, id, "sample.backbones", codeVersion, settings, instance);
		return this;
	}

	/** Adds or replaces a learner. */
	public SampleCatalog learner(String id, String codeVersion, Class<? extends Record> settings,
			Supplier<Learner<?>> instance) {
		add(learners, id, "sample.learners", codeVersion, settings, instance);
		return this;
	}

	/** Adds or replaces a strategy. */
	public SampleCatalog strategy(String id, String codeVersion, Class<? extends Record> settings,
			Supplier<Strategy<?>> instance) {
		add(strategies, id, "sample.strategies", codeVersion, settings, instance);
		return this;
	}

	/** Adds or replaces an executor. */
	public SampleCatalog executor(String id, String codeVersion, Class<? extends Record> settings,
			Supplier<Executor<?>> instance) {
		add(executors, id, "sample.executors", codeVersion, settings, instance);
		return this;
	}

	/** Sets the code version of a bundle that every step depends on. */
	public SampleCatalog code(String bundle, String version) {
		codeVersions.put(bundle, version);
		return this;
	}

	/** Whether the agent of {@link PointGoal} sees the goal. */
	public enum Goal {
		/** Seen. */
		SHOWN,
		/** Not seen. */
		HIDDEN
	}

	/** Settings of {@link PointGoal}. */
	public record PointGoalSettings(@Setting(value = "Whether the goal is observed", byDefault = "shown") Goal goal,
			@Setting(value = "Distance of the goal", byDefault = "{train: [0.5, 1], test: [1, 2]}", unit = "m") ParameterRange distance,
			@Setting(value = "Time limit", byDefault = "50", unit = "steps", min = 1, max = 10000) int timeLimit) {

		/** Checks what no single range can. */
		public PointGoalSettings {
			if (goal == Goal.HIDDEN && timeLimit < 10) {
				throw new IllegalArgumentException("a hidden goal needs a time-limit of at least 10 steps to be found");
			}
		}
	}

	/** A point on a line that has to get to a goal; ω is the goal's place. */
	public static final class PointGoal implements Environment<PointGoalSettings> {

		@Override
		public TaskFamily create(PointGoalSettings settings) {
			if (settings.timeLimit() == 13) {
				throw new IllegalArgumentException("a time-limit of 13 steps brings bad luck; take 12 or 14");
			}
			return new TaskFamily(new Line(settings.goal() == Goal.SHOWN, settings.timeLimit()),
					List.of(ParameterGroup.scalar("goal", "m", -10, 10, 0)),
					List.of(set("train", TaskRole.TRAIN, settings.distance().train()),
							set("validation", TaskRole.VALIDATION, settings.distance().validation()),
							set("test", TaskRole.TEST, settings.distance().test())),
					new ReturnShape(Double.NEGATIVE_INFINITY, 0, Double.NaN));
		}

		private static TaskSet set(String name, TaskRole role, List<ParameterRange.Interval> intervals) {
			return new TaskSet(name, "goals of the split " + name, role, (random, omega, offset) -> {
				ParameterRange.Interval interval = intervals.get(random.nextInt(intervals.size()));
				omega[offset] = random.uniform(interval.low(), interval.high());
			}, omega -> intervals.stream().anyMatch(i -> omega[0] >= i.low() && omega[0] <= i.high()));
		}
	}

	/** The law of {@link PointGoal}: the action is the velocity, the reward the negative distance. */
	private record Line(boolean goalShown, int maxEpisodeSteps) implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(goalShown ? 2 : 1, -10, 10);
		}

		@Override
		public ActionSpace actionSpace() {
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
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = random.uniform(-0.1, 0.1);
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
				float[] rewards, boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				state[lane] += 0.1 * Math.max(-1, Math.min(1, actions.values[lane]));
				double distance = Math.abs(omega[lane] - state[lane]);
				rewards[lane] = (float) -distance;
				terminated[lane] = distance < 0.01;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			observation[observationOffset] = (float) state[stateOffset];
			if (goalShown) {
				observation[observationOffset + 1] = (float) omega[omegaOffset];
			}
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			canvas.drawLine(0, height / 2, width, height / 2);
		}
	}

	/** One of three lights has to be chosen; ω is which. A choice of actions, where {@link PointGoal} has real ones. */
	public static final class Lights implements Environment<NoSettings> {

		@Override
		public TaskFamily create(NoSettings settings) {
			return new TaskFamily(new Lamp(), List.of(ParameterGroup.scalar("light", "", 0, 2, 0)),
					List.of(new TaskSet("train", "any light", TaskRole.TRAIN, (random, omega, offset) -> omega[offset] = random.nextInt(3),
							omega -> omega[0] >= 0 && omega[0] <= 2)),
					new ReturnShape(0, 1, 1));
		}
	}

	/** The law of {@link Lights}. */
	private record Lamp() implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(3, 0, 1);
		}

		@Override
		public ActionSpace actionSpace() {
			return new DiscreteSpace(3);
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
			return 1;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			state[stateOffset] = 0;
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
				float[] rewards, boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				rewards[lane] = actions.index[lane] == (int) omega[lane] ? 1 : 0;
				terminated[lane] = true;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			for (int light = 0; light < 3; light++) {
				observation[observationOffset + light] = light == (int) omega[omegaOffset] ? 1 : 0;
			}
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			canvas.fillOval(0, 0, width, height);
		}
	}

	/** Settings of the backbone. */
	public record MlpSettings(
			@Setting(value = "Width of each layer", byDefault = "[64, 64]", unit = "units", min = 1, max = 4096) List<Integer> hidden) {}

	/** A backbone that says how large it is, and cannot be built. */
	public static final class Mlp implements Backbone<MlpSettings> {

		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, MlpSettings settings) {
			return forbidden("backbone's graph");
		}

		@Override
		public Optional<Extent> extent(BoxSpace observation, MlpSettings settings) {
			return Optional.of(Extent.of(observation).dense(settings.hidden()));
		}
	}

	/** Settings of the learner. */
	public record PpoSettings(
			@Setting(value = "Step size of the optimizer", byDefault = "3e-4", min = 0, max = 1) double learningRate,
			@Setting(value = "Lanes", byDefault = "8", min = 1, max = 1024) int lanes,
			@Setting(value = "Steps between updates, in each lane; a key that only task entries reserve", byDefault = "128",
					min = 1) int steps) {}

	/** A learner that says what networks it needs, and cannot make an agent. */
	public static class Ppo implements Learner<PpoSettings> {

		@Override
		public List<NetworkDescription> networks(PpoSettings settings, ObservationSpace observation, ActionSpace actions) {
			int size = ActionDistribution.of(actions).headSize();
			Trunk trunk = new Trunk("policy", List.of(Head.policy(size, 0.01)));
			return List.of(NetworkDescription.of(observation, List.of(trunk), new Optimizer.Sgd()));
		}

		@Override
		public int lanes(PpoSettings settings) {
			return settings.lanes();
		}

		@Override
		public Agent agent(PpoSettings settings, AgentSite site) {
			return forbidden("agent");
		}
	}

	/** One whose networks read one number at a time. */
	public static final class OneByOne extends Ppo {

		@Override
		public List<NetworkDescription> networks(PpoSettings settings, ObservationSpace observation, ActionSpace actions) {
			return super.networks(settings, ObservationSpace.of(BoxSpace.uniform(1, -10, 10)), actions);
		}
	}

	/** Settings of the executor. */
	public record LocalSettings(
			@Setting(value = "Steps under way at once; 0: as many as processors", byDefault = "0", min = 0) int jobs) {}

	/** An executor that starts nothing, with 512 MiB for a step. */
	public static final class Local implements Executor<LocalSettings> {

		@Override
		public OptionalLong memory(LocalSettings settings) {
			return OptionalLong.of(512L << 20);
		}

		@Override
		public Execution start(LocalSettings settings, ExecutionSite site) {
			return forbidden("execution");
		}
	}

	/** Which layers {@link FineTune} trains. */
	public enum Layers {
		/** Those of the heads. */
		LAST,
		/** All. */
		ALL
	}

	/** Settings of {@link FineTune}. */
	public record FineTuneSettings(@Setting(value = "Which layers go on learning", byDefault = "all") Layers layers,
			@Setting(value = "Whether observation statistics are taken over", byDefault = "true") boolean normalisers) {}

	/** Settings of {@link Progressive}. */
	public record ProgressiveSettings(
			@Setting(value = "Agents learned on the sources", byDefault = "1", min = 1, max = 8) int columns) {}

	/** Learns on the target only. */
	public static final class Scratch implements Strategy<NoSettings> {

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

	/** Pre-trains and goes on. */
	public static final class FineTune implements Strategy<FineTuneSettings> {

		@Override
		public List<Acquisition> acquisitions(FineTuneSettings settings, List<TaskFamily> sources) {
			return List.of(new Pretraining());
		}

		@Override
		public void adapt(FineTuneSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			WarmStartRule.Action body = settings.layers() == Layers.LAST ? WarmStartRule.Action.LOAD_AND_FREEZE
					: WarmStartRule.Action.LOAD;
			run.warmStart(agent, Pretraining.AGENT,
					List.of(new WarmStartRule("head/", WarmStartRule.Action.LOAD), new WarmStartRule("", body)),
					new Keep(settings.normalisers(), false));
			run.train(agent, TrainingPhase.whole("target"));
		}
	}

	/** Learns several agents on the sources and goes on from the first: an acquisition with a setting in it. */
	public static final class Progressive implements Strategy<ProgressiveSettings> {

		/** As many agents as columns. */
		public record Columns(int count) implements Acquisition {

			@Override
			public void run(StrategyRun run) throws IOException {
				for (int column = 0; column < count; column++) {
					Agent agent = run.agent("column-" + column);
					run.train(agent, TrainingPhase.whole("column-" + column));
					run.save("column-" + column, agent);
				}
			}
		}

		@Override
		public List<Acquisition> acquisitions(ProgressiveSettings settings, List<TaskFamily> sources) {
			return List.of(new Columns(settings.columns()));
		}

		@Override
		public void adapt(ProgressiveSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			run.warmStart(agent, "column-0", List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)),
					new Keep(true, true));
			run.train(agent, TrainingPhase.whole("target"));
		}
	}
}
