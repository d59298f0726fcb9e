package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
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
import org.headstart.api.strategy.Curriculum;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.learners.ppo.Ppo;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.strategies.Scratch;
import org.headstart.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Curricula on the walk, whose goals to train on lie from 1 to 3, and those to be judged on from −3 to −1. */
class CurriculumTest {

	private static final String TEXT = """
			headstart: 1
			name: drawn
			seed: 3
			seeds: 1
			backbone: {id: mlp, hidden: [8]}
			learner: {id: ppo, lanes: 4, rollout-steps: 40, minibatch-size: 40, epochs: 2, learning-rate: 0.01}
			target: [{environment: walk, task: train, steps: 2000}]
			strategies: [{id: drawn}]
			shots: [0, 2]
			evaluation: {every: 500, episodes: 5}
			""";

	@TempDir
	Path temp;

	/** Draws as the set does, and does nothing else. */
	private static class Plain implements Curriculum {

		@Override
		public void draw(RandomStream random, TaskSet set, double[] omega) {
			set.sampler().sample(random, omega, 0);
		}

		@Override
		public void ended(double[] omega, double trialReturn) {
			// nothing follows from it
		}

		@Override
		public void writeState(DataOutput out) throws IOException {
			// there is none
		}

		@Override
		public void readState(DataInput in) throws IOException {
			// there is none
		}
	}

	/** Weighs all alike. */
	private static class Fair extends Plain {

		@Override
		public boolean weighs() {
			return true;
		}
	}

	/**
	 * Learns from the worst fifth of the trials that are over, as the percentile of Rajeswaran et al. 2017, "EPOpt: learning robust
	 * neural network policies using model ensembles", algorithm 1; their weights make up for the others.
	 */
	private static final class Worst extends Fair {

		private static final List<Integer> COUNTED = new ArrayList<>();

		@Override
		public void weigh(int trials, double[] omegas, double[] returns, boolean[] over, float[] weights) {
			int ended = 0;
			double[] sorted = new double[trials];
			for (int trial = 0; trial < trials; trial++) {
				if (over[trial]) {
					sorted[ended++] = returns[trial];
				}
			}
			if (ended < 5) {
				return;
			}
			Arrays.sort(sorted, 0, ended);
			int counted = 0;
			for (int trial = 0; trial < trials; trial++) {
				boolean worst = over[trial] && returns[trial] <= sorted[ended / 5 - 1];
				weights[trial] = worst ? (float) trials / (ended / 5) : 0;
				counted += worst ? 1 : 0;
			}
			COUNTED.add(counted);
		}
	}

	/** Draws nearer to or farther from the middle as it goes well or not, and writes down what it does. */
	private static final class Narrowing implements Curriculum {

		private final List<String> log = new ArrayList<>();
		private double width = 0.1;
		private long draws;
		private double returns;

		@Override
		public void draw(RandomStream random, TaskSet set, double[] omega) {
			draws++;
			omega[0] = 2 + width * random.uniform(-1, 1);
			log.add("draw " + omega[0]);
		}

		@Override
		public void ended(double[] omega, double trialReturn) {
			returns += trialReturn;
			width = Math.clamp(width * (trialReturn > -1 ? 1.1 : 0.95), 0.01, 1);
			log.add("ended " + omega[0]);
		}

		@Override
		public boolean weighs() {
			return true;
		}

		@Override
		public void weigh(int trials, double[] omegas, double[] returnsOfTrials, boolean[] over, float[] weights) {
			for (int trial = 0; trial < trials; trial++) {
				weights[trial] = (float) (Math.abs(omegas[trial] - 2) * (over[trial] ? 10 : 5) - 0.1 * Math.min(0, returnsOfTrials[trial]));
			}
		}

		@Override
		public void writeState(DataOutput out) throws IOException {
			out.writeDouble(width);
			out.writeLong(draws);
			out.writeDouble(returns);
		}

		@Override
		public void readState(DataInput in) throws IOException {
			width = in.readDouble();
			draws = in.readLong();
			returns = in.readDouble();
		}
	}

	/** Trains on the target with a curriculum, in two phases where asked. */
	private record Drawn(Supplier<Curriculum> curriculum, AgentView view, boolean twice) implements Strategy<NoSettings> {

		Drawn(Supplier<Curriculum> curriculum) {
			this(curriculum, AgentView.PLAIN, false);
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public Optional<Training> training(NoSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
			return Optional.of(Training.of(view).weighing());
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Curriculum drawn = curriculum.get();
			Agent agent = run.agent("agent", view);
			if (twice) {
				run.train(agent, new TrainingPhase("first", 0, 700, true), drawn);
			}
			run.train(agent, TrainingPhase.whole("target"), drawn);
		}
	}

	private static <T> Contribution<T> contribution(String id, Class<? extends Record> settings, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance);
	}

	private static <T> SortedMap<String, Contribution<T>> one(Contribution<T> contribution) {
		return new TreeMap<>(Map.of(contribution.id(), contribution));
	}

	private static Catalog catalog(Strategy<?> drawn) {
		SortedMap<String, Contribution<Strategy<?>>> strategies = one(
				CurriculumTest.<Strategy<?>>contribution("scratch", NoSettings.class, new Scratch()));
		strategies.put("drawn", contribution("drawn", NoSettings.class, drawn));
		SortedMap<String, Contribution<Learner<?>>> learners = one(
				CurriculumTest.<Learner<?>>contribution("ppo", PpoSettings.class, new Ppo()));
		learners.put("gradient", contribution("gradient", NoSettings.class, new GradientLearner()));
		return new Catalog(one(CurriculumTest.<Environment<?>>contribution("walk", NoSettings.class, new WalkDynamics.Walk())),
				new TreeMap<>(), one(CurriculumTest.<Backbone<?>>contribution("mlp", MlpSettings.class, new Mlp())), learners,
				new TreeMap<>(), strategies,
				one(CurriculumTest.<Executor<?>>contribution("local", LocalExecutorSettings.class, new LocalExecutor())),
				new TreeMap<>(Map.of("org.headstart.engine", "1")), List.of());
	}

	private static ExperimentReader.Reading read(String text, Strategy<?> drawn) {
		return ExperimentReader.read(text, "drawn.yaml", catalog(drawn), Map.of());
	}

	private static RunRequest request(Path folder, String text, Strategy<?> drawn) {
		ExperimentReader.Reading reading = read(text, drawn);
		Plan plan = Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(reading.problems().toString())), catalog(drawn));
		return new RunRequest(plan, reading.frozenText(), folder, catalog(drawn), 0, List.of(), false, new CancelToken());
	}

	private Path folder(String name) throws IOException {
		Path folder = temp.resolve(name);
		Files.createDirectories(folder.resolve("steps"));
		return folder;
	}

	/** The only step's results. */
	private ResultStore run(String name, String text, Strategy<?> drawn) throws IOException {
		RunRequest request = request(folder(name), text, drawn);
		ResultStore store = new ResultStore(request.results());
		new StepRunner(store, request.plan(), request.catalog()).run(request.plan().steps().get(0).key(),
				StepRunnerTest.DEAF, new CancelToken());
		return store;
	}

	/** All files of the agent that is left, and the metrics. */
	private static Map<String, Integer> learned(ResultStore store, String text, Strategy<?> drawn) throws IOException {
		Step step = request(Path.of("unused"), text, drawn).plan().steps().get(0);
		Map<String, Integer> all = new LinkedHashMap<>(StepFolders.contents(store, step.key()));
		all.keySet().removeIf(name -> !name.startsWith("checkpoint") && !name.equals(ResultStore.METRICS));
		assertTrue(all.size() > 2, () -> all.toString());
		return all;
	}

	private static List<MetricsRow> rows(ResultStore store, String text, Strategy<?> drawn) throws IOException {
		Step step = request(Path.of("unused"), text, drawn).plan().steps().get(0);
		return store.metrics(step.key()).orElseThrow().rows();
	}

	@Test
	void whatDrawsAndCountsAsUsualChangesNoByte() throws IOException {
		Drawn plain = new Drawn(Plain::new);
		Drawn fair = new Drawn(Fair::new);
		String scratch = TEXT.replace("id: drawn}", "id: scratch}");
		Map<String, Integer> expected = learned(run("scratch", scratch, plain), scratch, plain);
		assertEquals(expected, learned(run("plain", TEXT, plain), TEXT, plain));
		assertEquals(expected, learned(run("fair", TEXT, fair), TEXT, fair));
	}

	@Test
	void theWorstTrialsOnlyAreLearnedFrom() throws IOException {
		Worst.COUNTED.clear();
		Drawn worst = new Drawn(Worst::new);
		Drawn plain = new Drawn(Plain::new);
		List<MetricsRow> weighed = rows(run("worst", TEXT, worst), TEXT, worst);
		List<MetricsRow> usual = rows(run("plain", TEXT, plain), TEXT, plain);
		assertEquals(usual.get(0), weighed.get(0), "equal tasks are judged, and nothing is weighed before the first update");
		assertNotEquals(usual.get(usual.size() - 1).learner(), weighed.get(weighed.size() - 1).learner());
		assertNotEquals(usual.get(usual.size() - 1).learner().get("policy-loss"),
				weighed.get(weighed.size() - 1).learner().get("policy-loss"));
		// a rollout of 160 steps, in episodes of at most 25, and hardly less than 5
		assertTrue(Worst.COUNTED.size() >= 5 && Worst.COUNTED.stream().allMatch(count -> count >= 1 && count <= 8),
				Worst.COUNTED::toString);
	}

	@Test
	void tasksAreDrawnOnceTrialsAreOverAndAllAreToldOf() throws IOException {
		List<Narrowing> made = new ArrayList<>();
		Drawn drawn = new Drawn(() -> {
			Narrowing narrowing = new Narrowing();
			made.add(narrowing);
			return narrowing;
		});
		List<MetricsRow> rows = rows(run("narrowing", TEXT, drawn), TEXT, drawn);
		assertEquals(1, made.size());
		Narrowing narrowing = made.get(0);
		long told = narrowing.log.stream().filter(line -> line.startsWith("ended")).count();
		assertEquals(rows.get(rows.size() - 1).episodes(), told, "every trial, those that are granted too, and none of an evaluation");
		assertEquals(told + 1 + 4, narrowing.draws, "as many draws as trials are over, and under way in the lanes at their end");
		// one lane while episodes are granted: each trial is told before the next one is drawn
		assertEquals(List.of("draw", "ended", "draw", "ended", "draw"),
				narrowing.log.subList(0, 5).stream().map(line -> line.split(" ")[0]).toList());
		assertEquals(narrowing.log.get(0).split(" ")[1], narrowing.log.get(1).split(" ")[1], "the task that was drawn is told");
		// the lanes begin together; what ends in one step is told before anything is drawn
		int lanes = 6;
		assertTrue(narrowing.log.subList(5, 5 + 4 - 1).stream().allMatch(line -> line.startsWith("draw")), narrowing.log::toString);
		for (int i = lanes; i < narrowing.log.size() - 1; i++) {
			boolean ends = narrowing.log.get(i).startsWith("ended");
			if (ends && !narrowing.log.get(i + 1).startsWith("ended")) {
				int ended = 1;
				while (narrowing.log.get(i - ended).startsWith("ended")) {
					ended++;
				}
				for (int draw = 1; draw <= ended; draw++) {
					assertTrue(narrowing.log.get(i + draw).startsWith("draw"), narrowing.log::toString);
				}
			}
		}
	}

	@Test
	void aRunThatIsCutOffGoesOnToEqualBytes() throws IOException {
		Drawn drawn = new Drawn(Narrowing::new, AgentView.PLAIN, true);
		ResultStore whole = run("whole", TEXT, drawn);
		RunRequest request = request(folder("cut"), TEXT, drawn);
		assertTrue(InterruptedSteps.run(request) >= 4);
		String key = request.plan().steps().get(0).key();
		assertEquals(StepFolders.contents(whole, key), StepFolders.contents(new ResultStore(temp.resolve("cut")), key));
		Drawn fresh = new Drawn(Narrowing::new);
		assertNotEquals(learned(whole, TEXT, drawn), learned(run("once", TEXT, fresh), TEXT, fresh));
	}

	@Test
	void lanesThatShareATaskDrawItOnce() throws IOException {
		List<Narrowing> made = new ArrayList<>();
		View pairs = new View(new Trial(1, 2, true), false, true);
		Drawn drawn = new Drawn(() -> {
			Narrowing narrowing = new Narrowing();
			made.add(narrowing);
			return narrowing;
		}, AgentView.same(pairs, AgentView.Memory.TRIAL), false);
		String text = TEXT.replace("shots: [0, 2]", "shots: [0]").replace("episodes: 5", "episodes: 6");
		List<MetricsRow> rows = rows(run("pairs", text, drawn), text, drawn);
		Narrowing narrowing = made.get(0);
		List<String> told = narrowing.log.stream().filter(line -> line.startsWith("ended")).toList();
		assertEquals(rows.get(rows.size() - 1).episodes(), told.size());
		assertEquals(told.size() / 2 + 2, narrowing.draws, "two lanes share a task");
		for (int i = 0; i < told.size(); i += 2) {
			assertEquals(told.get(i), told.get(i + 1), "each tells its own trial");
		}
	}

	/** What a curriculum may do wrong, and what is said of it. */
	private enum Fault {
		ABOVE("its curriculum drew a task whose parameter 'goal' is 3.5; it lies from -3.0 to 3.0 (training on walk/train)"),
		NO_NUMBER("its curriculum drew a task whose parameter 'goal' is NaN; it lies from -3.0 to 3.0 (training on walk/train)"),
		HELD_OUT("its curriculum drew the task (goal -2.0), which belongs neither to 'train' nor to another set of the family that is"
				+ " for training (training on walk/train)"),
		DRAWS("draw of its curriculum failed"),
		TOLD("ended of its curriculum failed"),
		NEGATIVE("its curriculum gives a trial the weight -1.0; it must be finite and not negative (training on walk/train)"),
		INFINITE("its curriculum gives a trial the weight Infinity; it must be finite and not negative (training on walk/train)"),
		STATE("writeState of its curriculum failed");

		private final String said;

		Fault(String said) {
			this.said = said;
		}
	}

	private static final class Faulty extends Fair {

		private final Fault fault;

		Faulty(Fault fault) {
			this.fault = fault;
		}

		@Override
		public void draw(RandomStream random, TaskSet set, double[] omega) {
			omega[0] = switch (fault) {
				case ABOVE -> 3.5;
				case NO_NUMBER -> Double.NaN;
				case HELD_OUT -> -2;
				case DRAWS -> throw new IllegalStateException("lost");
				default -> 2;
			};
		}

		@Override
		public void ended(double[] omega, double trialReturn) {
			if (fault == Fault.TOLD) {
				throw new IllegalStateException("lost");
			}
		}

		@Override
		public void weigh(int trials, double[] omegas, double[] returns, boolean[] over, float[] weights) {
			weights[trials - 1] = fault == Fault.NEGATIVE ? -1 : fault == Fault.INFINITE ? Float.POSITIVE_INFINITY : 1;
		}

		@Override
		public void writeState(DataOutput out) {
			if (fault == Fault.STATE) {
				throw new IllegalStateException("lost");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsWrongIsSaidOfTheStrategy(Fault fault) {
		String message = assertThrows(BrokenContributionException.class, () -> run("faulty", TEXT, new Drawn(() -> new Faulty(fault))))
				.getMessage();
		assertTrue(message.startsWith("bundle test, contribution 'drawn': " + fault.said), message);
	}

	@Test
	void whoseTasksAreHeldOutMayBeTrainedOnWhereTheExperimentSaysSo() throws IOException {
		String held = TEXT.replace("task: train", "task: test");
		Drawn drawn = new Drawn(() -> new Faulty(Fault.HELD_OUT));
		assertFalse(rows(run("held", held, drawn), held, drawn).isEmpty());
	}

	@Test
	void whoWeighsNeedsALearnerThatCan() {
		String text = TEXT.replaceFirst("learner: .*", "learner: {id: gradient}");
		List<String> problems = read(text, new Drawn(Fair::new)).problems().stream().map(Object::toString).toList();
		assertTrue(problems.stream().anyMatch(problem -> problem.equals("drawn.yaml:8:14: strategies.0: 'drawn' weighs trials before an"
				+ " update, which the learner 'gradient' cannot learn from; choose another learner, or leave the strategy out")),
				problems::toString);
	}

	@Test
	void aStepAllocatesNothing() {
		RunRequest request = request(temp, TEXT, new Drawn(Plain::new));
		RunTask task = RunTask.of(request.plan().experiment().tasks().target().get(0), 1, new AtWork());
		Map<String, double[]> none = new HashMap<>();
		CurriculumSampler curriculum = new CurriculumSampler(new Fair(), contribution("drawn", NoSettings.class, none), task);
		int lanes = 8;
		ActionBatch actions = new ActionBatch(task.family().environment().actionSpace(), lanes);
		double[] returns = new double[lanes];
		Policy still = (environment, chosen) -> {
			// always the first action
		};
		try (CheckedLanes walk = task.lanes(lanes, new RandomStreams(1), View.PLAIN, curriculum,
				new DataSet.Selection(DataSet.Split.TRAIN, new RandomStreams(2)))) {
			Allocation.assertZero("steps of a rollout after its first", () -> {
				curriculum.begin(walk, returns);
				walk.reset();
				long before = 0;
				for (int step = 0; step < 24; step++) {
					if (step == 1) {
						before = Allocation.bytes();
					}
					curriculum.step();
					walk.play(still, actions);
				}
				return Allocation.bytes() - before;
			});
		}
	}

	@Test
	void ofOneSampledTaskThatOneIsTheSet() throws IOException {
		List<double[]> seen = new ArrayList<>();
		Drawn drawn = new Drawn(() -> new Plain() {
			@Override
			public void draw(RandomStream random, TaskSet set, double[] omega) {
				super.draw(random, set, omega);
				seen.add(omega.clone());
				assertTrue(set.contains().test(omega));
				assertFalse(set.contains().test(new double[] {omega[0] + 0.01}));
			}
		});
		String text = TEXT.replace("task: train,", "task: train, tasks: 1,");
		run("one", text, drawn);
		seen.forEach(omega -> assertArrayEquals(seen.get(0), omega));
		assertTrue(seen.size() > 10);
	}
}
