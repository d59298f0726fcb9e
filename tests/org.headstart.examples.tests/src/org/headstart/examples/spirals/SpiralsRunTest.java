package org.headstart.examples.spirals;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.internal.FigureTables;
import org.headstart.analysis.internal.Results;
import org.headstart.analysis.internal.TransferAnalyser;
import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.result.Counted;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.Examples;
import org.headstart.api.environment.MemoryExamples;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.execution.Executor;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.Setting;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.Training.OwnLearner;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.execution.CancelToken;
import org.headstart.engine.internal.execution.StepListener;
import org.headstart.engine.internal.execution.StepRunner;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.engine.internal.plan.CostEstimate;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.MetricsTable;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.engine.internal.results.Units;
import org.headstart.examples.corridor.Corridor;
import org.headstart.examples.hillclimb.HillClimb;
import org.headstart.examples.hillclimb.HillClimbSettings;
import org.headstart.examples.sequential.Sequential;
import org.headstart.examples.supervised.Supervised;
import org.headstart.examples.supervised.SupervisedSettings;
import org.headstart.strategies.FineTune;
import org.headstart.strategies.FineTuneSettings;
import org.headstart.strategies.Scratch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the experiment file to results: budgets of examples and of updates, on labelled examples and nothing else. */
class SpiralsRunTest {

	private static final String TEXT = """
			headstart: 1
			name: spirals
			seeds: 1
			backbone: {id: mlp, hidden: [32, 32]}
			learner: {id: supervised, learning-rate: 1e-2}
			source: [{environment: spirals, task: train, examples: 64000}]
			target: [{environment: spirals, per-class: 100, task: test, examples: 9600}]
			strategies: [{id: scratch}, {id: fine-tune}]
			evaluation: {every: 3200, episodes: 200}
			""";

	private static final StepListener DEAF = new StepListener() {
		@Override
		public void progress(long done, long all) {
			assertTrue(done <= all, done + " of " + all);
		}

		@Override
		public void note(String message) {
			throw new AssertionError(message);
		}
	};

	@TempDir
	Path temp;

	/** Supervised learning that counts its updates. */
	private static final class ByUpdates implements Learner<SupervisedSettings> {

		private final Supervised learner = new Supervised();

		@Override
		public List<NetworkDescription> networks(SupervisedSettings settings, ObservationSpace observation, ActionSpace actions) {
			return learner.networks(settings, observation, actions);
		}

		@Override
		public BudgetUnit unit(SupervisedSettings settings) {
			return BudgetUnit.UPDATES;
		}

		@Override
		public Experience experience(SupervisedSettings settings) {
			return new Experience(1, true);
		}

		@Override
		public Agent agent(SupervisedSettings settings, AgentSite site) {
			return learner.agent(settings, site);
		}
	}

	/** Says that it counts examples, and makes agents that act. */
	private static final class Undecided implements Learner<HillClimbSettings> {

		private final HillClimb learner = new HillClimb();

		@Override
		public List<NetworkDescription> networks(HillClimbSettings settings, ObservationSpace observation, ActionSpace actions) {
			return learner.networks(settings, observation, actions);
		}

		@Override
		public BudgetUnit unit(HillClimbSettings settings) {
			return BudgetUnit.EXAMPLES;
		}

		@Override
		public Agent agent(HillClimbSettings settings, AgentSite site) {
			return learner.agent(settings, site);
		}
	}

	/** The corridor with examples beside its lanes: unlabelled ones, or a wrong label. */
	private record Beside(boolean labelled) implements Environment<Corridor.Settings> {

		@Override
		public TaskFamily create(Corridor.Settings settings) {
			TaskFamily corridor = new Corridor().create(settings);
			ObservationSpace inputs = new ObservationSpace(corridor.environment().observationParts());
			return corridor.withDataSets(Map.of("train", new DataSet() {
				@Override
				public ObservationSpace inputs() {
					return inputs;
				}

				@Override
				public Optional<ActionSpace> labels() {
					return labelled ? Optional.of(corridor.environment().actionSpace()) : Optional.empty();
				}

				@Override
				public int size(Split split) {
					return 40;
				}

				@Override
				public Examples open(Selection selection) {
					int[] classes = new int[40];
					classes[17] = 2;
					return new MemoryExamples(inputs, labels(), 40, new float[80], null, labelled ? classes : null, null);
				}
			}));
		}
	}

	/** The corridor, with a setting whose name is that of a budget's unit. */
	private static final class Busy implements Environment<Busy.Settings> {

		public record Settings(@Setting(value = "Of its own", byDefault = "3") int updates) {}

		@Override
		public TaskFamily create(Settings settings) {
			return new Corridor().create((Corridor.Settings) SettingsSchema.of(Corridor.Settings.class).bind(Map.of()).settings());
		}
	}

	/** Learns spirals by examples, and what the experiment's learner learns by acting on the target. */
	private static final class Sighted implements Strategy<NoSettings> {

		record Seeing() implements Acquisition {

			@Override
			public void run(StrategyRun run) throws IOException {
				Agent agent = run.agent("seeing", AgentView.PLAIN, new Supervised(), new SupervisedSettings(32, 1e-2));
				run.train(agent, TrainingPhase.of("examples", TrainingPhase.REMAINING));
				run.save("seeing", agent);
			}
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new Seeing());
		}

		@Override
		public Optional<Training> training(NoSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
			return Optional.of(new Training(AgentView.PLAIN, tasks.get(0).dataSets().isEmpty() ? Optional.empty()
					: Optional.of(new OwnLearner<>(new Supervised(), new SupervisedSettings(32, 1e-2))),
					List.of(TrainingPhase.of("target",
							TrainingPhase.REMAINING))));
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			run.warmStart(agent, "seeing", List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)), new StrategyRun.Keep(false, false));
			run.train(agent, TrainingPhase.of("target", TrainingPhase.REMAINING));
		}
	}

	private static Catalog catalog() {
		return new Catalog(
				sorted(SpiralsRunTest.<Environment<?>>contribution("spirals", Spirals.Settings.class, new Spirals()),
						contribution("corridor", Corridor.Settings.class, new Corridor()),
						contribution("busy", Busy.Settings.class, new Busy()),
						contribution("unlabelled", Corridor.Settings.class, new Beside(false)),
						contribution("mislabelled", Corridor.Settings.class, new Beside(true))),
				new TreeMap<>(), sorted(SpiralsRunTest.<Backbone<?>>contribution("mlp", MlpSettings.class, new Mlp())),
				sorted(SpiralsRunTest.<Learner<?>>contribution("supervised", SupervisedSettings.class, new Supervised()),
						contribution("by-updates", SupervisedSettings.class, new ByUpdates()),
						contribution("undecided", HillClimbSettings.class, new Undecided()),
						contribution("hill-climb", HillClimbSettings.class, new HillClimb())),
				new TreeMap<>(),
				sorted(SpiralsRunTest.<Strategy<?>>contribution("scratch", NoSettings.class, new Scratch()),
						contribution("sighted", NoSettings.class, new Sighted()),
						contribution("fine-tune", FineTuneSettings.class, new FineTune())),
				sorted(SpiralsRunTest.<Executor<?>>contribution("local", NoSettings.class, new Sequential())),
				new TreeMap<>(Map.of("org.headstart.engine", "1")), List.of());
	}

	private static <T> Contribution<T> contribution(String id, Class<? extends Record> settings, T instance) {
		return new Contribution<>(id, id, "", "test", "1", () -> settings, () -> instance);
	}

	@SafeVarargs
	private static <T> SortedMap<String, Contribution<T>> sorted(Contribution<T>... contributions) {
		return new TreeMap<>(Stream.of(contributions).collect(Collectors.toMap(Contribution::id, each -> each)));
	}

	private static Plan plan(String text) {
		Reading reading = read(text);
		assertEquals(List.of(), reading.problems(), "nothing is wrong with it");
		Reading frozen = read(reading.frozenText());
		assertEquals(reading.frozenText(), frozen.frozenText(), "what is frozen reads back");
		return Planner.plan(reading.experiment().orElseThrow(), catalog());
	}

	private static Reading read(String text) {
		return ExperimentReader.read(text, "a.yaml", catalog(), Map.of());
	}

	private static ResultStore run(Plan plan, Path folder) throws IOException {
		ResultStore store = store(folder);
		for (Step step : plan.steps()) {
			new StepRunner(store, plan, catalog()).run(step.key(), DEAF, new CancelToken());
		}
		return store;
	}

	private static ResultStore store(Path folder) throws IOException {
		Files.createDirectories(folder.resolve("steps"));
		return new ResultStore(folder);
	}

	private static Results results(Plan plan, ResultStore store) throws IOException {
		store.freeze("", plan, false);
		return Results.read(store.folder());
	}

	@Test
	void itLearnsFromExamplesAndCountsThem() throws IOException {
		Plan plan = plan(TEXT);
		ResultStore store = run(plan, temp);
		for (Step step : plan.steps()) {
			MetricsTable metrics = store.metrics(step.key()).orElseThrow();
			assertEquals(BudgetUnit.EXAMPLES, metrics.unit(), step.label());
			long budget = step.kind() == Step.Kind.ACQUIRE ? 64_000 : 9_600;
			assertEquals(Stream.iterate(0L, at -> at <= budget, at -> at + 3200).toList(),
					metrics.rows().stream().map(MetricsRow::steps).toList(), "judged at first, at the cadence and at last");
			StepProvenance provenance = store.provenance(step.key());
			assertEquals("examples", provenance.unit());
			assertEquals(budget, provenance.environmentSteps());
			assertEquals(budget / 32, provenance.updates());
			assertTrue(step.identity().contains(" examples " + budget + "\n"), step.identity());
		}
		assertTrue(accuracy(store, plan.steps().get(0)) >= 0.95, "accuracy on the source: " + accuracy(store, plan.steps().get(0)));
		double scratch = accuracy(store, plan.steps().get(1));
		double tuned = accuracy(store, plan.steps().get(2));
		assertTrue(scratch >= 0.7 && tuned >= 0.8, "accuracy from scratch " + scratch + ", fine-tuned " + tuned);
		CostEstimate cost = CostEstimate.of(plan.experiment(), plan.steps());
		assertEquals(Map.of(BudgetUnit.EXAMPLES, java.math.BigInteger.valueOf(64_000 + 2 * 9_600)), cost.training());
	}

	private static double accuracy(ResultStore store, Step step) throws IOException {
		List<MetricsRow> rows = store.metrics(step.key()).orElseThrow().rows();
		return rows.get(rows.size() - 1).returnMean();
	}

	@Test
	void budgetsOfUpdatesCountUpdates() throws IOException {
		Plan plan = plan(TEXT.replace("supervised", "by-updates").replace("examples: 64000", "updates: 30")
				.replace("examples: 9600", "updates: 25").replace("every: 3200", "every: 10"));
		ResultStore store = run(plan, temp);
		Step step = plan.steps().get(1);
		MetricsTable metrics = store.metrics(step.key()).orElseThrow();
		assertTrue(metrics.toCsv().startsWith("phase,task,updates,"), metrics.toCsv());
		assertEquals(List.of(0L, 10L, 20L, 25L), metrics.rows().stream().map(MetricsRow::steps).toList());
		assertEquals(25, store.provenance(step.key()).updates());
	}

	/** Interrupted again and again, the files are those of a run that never was. */
	@Test
	void aResumedRunGivesTheSameBytes() throws IOException {
		Plan plan = plan(TEXT.replace("64000", "3200").replace("9600", "3200").replace("every: 3200", "every: 640").replace("seeds: 1",
				"seeds: 1\ncheckpoint: {every: 1}"));
		ResultStore whole = run(plan, temp.resolve("whole"));
		ResultStore resumed = store(temp.resolve("resumed"));
		int interruptions = 0;
		for (Step step : plan.steps()) {
			for (int looks = 5; !resumed.finished(step.key()); looks += 23) {
				int most = looks;
				try {
					new StepRunner(resumed, plan, catalog()).run(step.key(), DEAF, new CancelToken() {
						private int left = most;

						@Override
						public boolean isCancelled() {
							return left-- <= 0;
						}
					});
				} catch (CancellationException e) {
					interruptions++;
				}
			}
		}
		assertTrue(interruptions > 10, interruptions + " interruptions");
		for (Step step : plan.steps()) {
			Path folder = whole.step(step.key());
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.endsWith(ResultStore.TIMING)).toList()) {
					assertArrayEquals(Files.readAllBytes(file),
							Files.readAllBytes(resumed.step(step.key()).resolve(folder.relativize(file))),
							step.label() + ": " + folder.relativize(file));
				}
			}
		}
	}

	/** Arms differ in what they do with the few examples, not in which these are; seeds differ in which. */
	@Test
	void theFewExamplesAreTheSeeds() throws IOException {
		String few = TEXT.replace("per-class: 100", "per-class: 1")
				.replace("{id: fine-tune}", "{id: scratch, label: again, learner: {id: supervised, minibatch: 16}}")
				.replace("examples: 9600", "examples: 320").replace("every: 3200", "every: 320").replace("seeds: 1", "seeds: 2");
		assertFalse(read(few).experiment().isEmpty(), read(few).problems()::toString);
		Plan plan = Planner.plan(read(few).experiment().get(), catalog());
		ResultStore store = run(plan, temp);
		double[] losses = plan.steps().stream().mapToDouble(step -> {
			try {
				List<MetricsRow> rows = store.metrics(step.key()).orElseThrow().rows();
				return rows.get(rows.size() - 1).learner().get("epochs");
			} catch (IOException e) {
				throw new AssertionError(e);
			}
		}).toArray();
		assertTrue(Arrays.stream(losses).allMatch(epochs -> epochs == 160), Arrays.toString(losses));
		assertNotEquals(accuracy(store, plan.steps().get(0)), accuracy(store, plan.steps().get(2)),
				"another seed learns from other examples");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					examples: 9600|steps: 9600|a.yaml:7:68: target.0.steps: the learner 'supervised' counts in examples, not in environment steps: write 'examples: …' instead of 'steps'
					examples: 64000|updates: 64000|a.yaml:6:55: source.0.updates: the learner 'supervised' counts in examples, not in updates: write 'examples: …' instead of 'updates'
					id: supervised, learning-rate: 1e-2|id: hill-climb|a.yaml:6:56: source.0.examples: the learner 'hill-climb' counts in environment steps, not in examples: write 'steps: …' instead of 'examples'
					, examples: 9600|''|a.yaml:7:10: target.0.steps: is missing; it is the budget in environment steps, and 'examples' or 'updates' stands in its place for a learner that counts these
					examples: 9600|examples: 9600, steps: 10|a.yaml:7:71: target.0.examples: the budget stands twice, as 'steps' and as 'examples': one of them has to go
					examples: 64000|examples: 0|a.yaml:6:56: source.0.examples: must be at least 1: nothing is learned on a source without examples
					examples: 9600|examples: 31|a.yaml:7:71: target.0.examples: the budget of 31 examples is less than the 32 that an update of the learner 'supervised' takes, so nothing is learned; 0 says that the target is only to be judged
					seeds: 1|shots: [0, 5]|a.yaml:3:8: shots: granted episodes (shots) are played, but the learner 'supervised' of 'scratch' counts in examples and plays nothing: write 'shots: [0]', or leave the strategy out
					environment: spirals, task: train|environment: corridor, task: train|a.yaml:6:24: source.0.environment: the learner 'supervised' learns from examples, and 'corridor' offers none for 'train'
					environment: spirals, task: train|environment: unlabelled, task: train|a.yaml:6:24: source.0.environment: the learner 'supervised': it learns labels, and these examples have none
					""")
	void whatDoesNotFitIsSaidWithLineAndColumn(String correct, String wrong, String message) {
		String text = TEXT.replace(correct, wrong.equals("''") ? "" : wrong);
		assertNotEquals(TEXT, text);
		List<String> problems = read(text).problems().stream().map(Object::toString).toList();
		assertTrue(problems.stream().anyMatch(problem -> problem.startsWith(message)), problems::toString);
		assertTrue(read(text).experiment().isEmpty());
	}

	/** A strategy's own learner counts in its own unit. */
	@Test
	void whatIsLearnedByExamplesIsTakenAlongToWhereOneActs() throws IOException {
		Plan plan = plan(TEXT.replace("id: supervised, learning-rate: 1e-2", "id: hill-climb").replace("64000", "640")
				.replace("{environment: spirals, per-class: 100, task: test, examples: 9600}",
						"{environment: corridor, task: test, steps: 4000}")
				.replace("strategies: [{id: scratch}, {id: fine-tune}]", "strategies: [{id: sighted}]")
				.replace("every: 3200", "every: 640"));
		ResultStore store = run(plan, temp);
		assertEquals(List.of(BudgetUnit.EXAMPLES, BudgetUnit.ENVIRONMENT_STEPS), plan.steps().stream().map(Step::unit).toList());
		assertEquals("examples", store.provenance(plan.steps().get(0).key()).unit());
		assertNull(store.provenance(plan.steps().get(1).key()).unit());
		assertTrue(store.metrics(plan.steps().get(1).key()).orElseThrow().toCsv().startsWith("phase,task,steps,"));
		Counted counted = results(plan, store).adaptations().get(0).counted();
		assertEquals(new Counted(new TreeSet<>(Set.of(BudgetUnit.EXAMPLES)), new TreeSet<>(Set.of(BudgetUnit.ENVIRONMENT_STEPS))), counted);
		assertEquals("env steps and examples", Units.of(plan), "the run's progress counts both");
	}

	/** Files of environments that were there before budgets had units are read as ever. */
	@Test
	void anEnvironmentsOwnSettingMayBeCalledUpdates() {
		Reading reading = read(TEXT.replace("id: supervised, learning-rate: 1e-2", "id: hill-climb")
				.replace("{environment: spirals, per-class: 100, task: test, examples: 9600}",
						"{environment: busy, updates: 7, task: test, steps: 4000}")
				.replace("source: [{environment: spirals, task: train, examples: 64000}]\n", "").replace(", {id: fine-tune}", ""));
		assertEquals(List.of(), reading.problems());
		assertEquals(new Busy.Settings(7), reading.experiment().orElseThrow().tasks().target().get(0).environment().settings());
		assertEquals(BudgetUnit.ENVIRONMENT_STEPS, reading.experiment().orElseThrow().tasks().target().get(0).unit());
		assertEquals(reading.frozenText(), read(reading.frozenText()).frozenText());
	}

	/** Axes, tables and files of the report say what is counted. */
	@Test
	void theReportsFiguresSayWhatIsCounted() throws IOException {
		Plan plan = plan(TEXT.replace("64000", "3200").replace("9600", "6400"));
		ResultStore store = run(plan, temp);
		Results results = results(plan, store);
		TransferAnalysis analysis = TransferAnalyser.analyse(List.of("scratch", "fine-tune"), "scratch", List.of("spirals/test"),
				results.adaptations(), AnalysisSettings.DEFAULT);
		LineChart curves = TransferCharts.learningCurves(analysis).get(0);
		assertEquals("examples on the target, examples", curves.x().label() + ", " + curves.x().unit());
		assertTrue(FigureTables.of(analysis).stream().flatMap(table -> table.columns().stream()).map(column -> column.unit())
				.noneMatch("env steps"::equals));
	}

	@Test
	void aTargetMayBeJudgedOnly() {
		plan(TEXT.replace("examples: 9600", "examples: 0"));
	}

	/** What a data set says is looked at where it enters, and the message says whose it is. */
	@Test
	void aWrongLabelEndsTheStep() {
		Plan plan =
				plan(TEXT.replace("environment: spirals, per-class: 100, task: test", "environment: mislabelled, task: train, label: wrong")
						.replace("strategies: [{id: scratch}, {id: fine-tune}]", "strategies: [{id: scratch}]")
						.replace("source: [{environment: spirals, task: train, examples: 64000}]\n", ""));
		String said = assertThrows(BrokenContributionException.class, () -> run(plan, temp)).getMessage();
		assertTrue(
				said.contains("the label of example 17 of mislabelled/train is 2; there are the classes 0 to 1") && said.contains("test"),
				said);
	}

	@Test
	void whoCountsExamplesLearnsFromThem() {
		Plan plan = plan(TEXT.replace("{id: supervised, learning-rate: 1e-2}", "{id: undecided}"));
		String said = assertThrows(BrokenContributionException.class, () -> run(plan, temp)).getMessage();
		assertTrue(
				said.contains("its budgets are counted in examples, and its agent ") && said.endsWith("HillClimbAgent is no ExampleAgent"),
				said);
	}
}
