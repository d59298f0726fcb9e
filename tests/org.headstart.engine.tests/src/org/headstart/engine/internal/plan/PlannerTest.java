package org.headstart.engine.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.CodeVersion;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.engine.internal.plan.Step.Kind;
import org.headstart.testkit.internal.SampleCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

	private static final Catalog CATALOG = SampleCatalog.catalog();

	private static Experiment read(String text, Catalog catalog, String... overrides) {
		Map<String, String> sets = new LinkedHashMap<>();
		for (int i = 0; i < overrides.length; i += 2) {
			sets.put(overrides[i], overrides[i + 1]);
		}
		Reading reading = ExperimentReader.read(text, "f", catalog, sets);
		return reading.experiment().orElseThrow(() -> new AssertionError(reading.problems()));
	}

	private static Plan plan(String... overrides) {
		return Planner.plan(read(SampleCatalog.EXPERIMENT, CATALOG, overrides), CATALOG);
	}

	private static Plan planOf(String text) {
		return Planner.plan(read(text, CATALOG), CATALOG);
	}

	private static List<String> keys(Plan plan) {
		return plan.steps().stream().map(Step::key).toList();
	}

	/** Keys of one seed's steps of a kind. */
	private static Set<String> keys(Plan plan, Kind kind) {
		Set<String> keys = new LinkedHashSet<>();
		plan.steps().stream().filter(step -> step.kind() == kind).forEach(step -> keys.add(step.key()));
		return keys;
	}

	@Test
	void stepsComeSeedBySeedBehindThoseTheyNeed() {
		List<String> labels = plan("seeds", "2").steps().stream().map(Step::label).toList();
		assertEquals(List.of("acquire for fine-tune layers=last, fine-tune layers=all, seed 1",
				"acquire for progressive, seed 1", "adapt scratch to point-goal/test, seed 1",
				"adapt scratch to point-goal/validation, seed 1", "adapt fine-tune layers=last to point-goal/test, seed 1",
				"adapt fine-tune layers=last to point-goal/validation, seed 1",
				"adapt fine-tune layers=all to point-goal/test, seed 1",
				"adapt fine-tune layers=all to point-goal/validation, seed 1", "adapt progressive to point-goal/test, seed 1",
				"adapt progressive to point-goal/validation, seed 1"), labels.subList(0, 10));
		assertEquals(20, labels.size());
		Set<String> before = new HashSet<>();
		for (Step step : plan().steps()) {
			assertTrue(before.containsAll(step.needs()), step.label());
			assertTrue(before.add(step.key()), "two steps have the key of " + step.label());
			assertTrue(step.key().matches("[0-9a-f]{32}"), step.key());
		}
	}

	@Test
	void equalAcquisitionsAreShared() {
		Plan plan = plan("seeds", "1");
		Step shared = plan.steps().get(0);
		assertEquals(Kind.ACQUIRE, shared.kind());
		assertEquals(List.of(1, 2), shared.arms());
		assertEquals(-1, shared.target());
		assertEquals(2_000_000, shared.envSteps());
		for (Step step : plan.steps()) {
			if (step.kind() == Kind.ADAPT) {
				int arm = step.arms().get(0);
				assertEquals(arm == 0 ? List.of() : List.of(plan.steps().get(arm == 3 ? 1 : 0).key()), step.needs());
				assertEquals(1_000_000, step.envSteps());
			}
		}
	}

	@Test
	void theSameFileGivesTheSameKeys() {
		assertEquals(keys(plan()), keys(plan()));
		Reading reading = ExperimentReader.read(SampleCatalog.EXPERIMENT, "f", CATALOG, Map.of());
		assertEquals(keys(plan()), keys(planOf(reading.frozenText())));
		assertEquals(keys(plan()), keys(Planner.plan(read(SampleCatalog.EXPERIMENT, SampleCatalog.catalog()),
				SampleCatalog.catalog())), "another catalog of the same contributions");
	}

	@Test
	void theIdentityTellsWhatDecides() {
		Step step = plan("seeds", "1").steps().get(4);
		assertEquals(
				"""
						step: adapt
						format: 1
						code of contribution fine-tune of sample.strategies: 1.0.0
						code of contribution mlp of sample.backbones: 1.0.0
						code of contribution point-goal of sample.environments: 1.0.0
						code of contribution ppo of sample.learners: 1.0.0
						code of org.headstart.api: 1.0.0
						code of org.headstart.nn: 1.0.0
						backbone: mlp {hidden: [64, 64]}
						learner: ppo {learning-rate: 3.0E-4, lanes: 8, steps: 128}
						trial: {episodes: 1}
						evaluation: {every: 20000, episodes: 20, greedy: true}
						target: point-goal {goal: shown, distance: {train: ["[0.5, 1.0]"], validation: ["[0.5, 1.0]"], test: ["[1.0, 2.0]"]}, time-limit: 50} set test steps 1000000
						shots: [0, 1, 10]
						strategy: fine-tune {layers: last, normalisers: true}
						seed: 1 number 1
						"""
						.replace("\"[", "[").replace("]\"", "]") + "needs: " + step.needs().get(0) + "\n",
				step.identity());
		String acquisition = plan().steps().get(0).identity();
		assertTrue(acquisition.contains("acquisition: org.headstart.api.strategy.Pretraining Pretraining[]"), acquisition);
		assertTrue(acquisition.contains("code of acquisition Pretraining of sample.strategies: 1.0.0\n"), acquisition);
		assertFalse(acquisition.contains("code of contribution fine-tune"), acquisition);
	}

	// ---- what must not change keys

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"executor.jobs | 4", "checkpoint.every | 5", "name | other", "description | other",
			"threshold | 3", "strategies.0.label | mine", "learner.lanes | 8", "learner.learning-rate | 0.0003",
			"target.0.label | mine", "source.0.label | mine", "shots | '[10, 1]'", "target.0.steps | 1000000",
			"source.0.task | train"})
	void whatDecidesNothingDoesNotChangeKeys(String key, String value) {
		assertEquals(keys(plan()), keys(plan(key, value)));
	}

	@Test
	void theNumberOfSeedsChangesNoKey() {
		List<String> three = keys(plan());
		assertEquals(three, keys(plan("seeds", "5")).subList(0, three.size()));
	}

	@Test
	void otherArmsChangeNoKey() {
		Set<String> all = Set.copyOf(keys(plan()));
		for (String arms : List.of("[{id: scratch}]", "[{id: fine-tune, layers: last}]",
				"[{id: progressive, columns: 2}, {id: fine-tune}, {id: fine-tune, layers: last}, {id: scratch}]")) {
			assertTrue(all.containsAll(keys(plan("strategies", arms))), arms);
		}
		assertTrue(keys(plan("strategies", "[{id: scratch}, {id: fine-tune, layers: last, normalisers: false}, "
				+ "{id: fine-tune, layers: last}, {id: fine-tune, layers: all}, {id: progressive, columns: 2}]")).containsAll(all));
	}

	@Test
	void otherTargetsAndTheirOrderChangeNoKey() {
		Set<String> all = Set.copyOf(keys(plan()));
		assertTrue(all.containsAll(keys(plan("target.0.task", "test"))));
		assertEquals(all, Set.copyOf(keys(plan("target.0.task", "[validation, test]"))));
	}

	@Test
	void sourcesChangeNoKeyOfAnArmThatDoesNotUseThem() {
		String[] scratch = {"strategies", "[{id: scratch}]"};
		assertEquals(keys(plan(scratch)), keys(plan(scratch[0], scratch[1], "source.0.steps", "5e5")));
	}

	@Test
	void contributionsThatAreNotUsedChangeNoKey() {
		Catalog more = new SampleCatalog().strategy("another", "2", NoSettings.class, SampleCatalog.Scratch::new)
				.environment("lights", "9", NoSettings.class, SampleCatalog.Lights::new).build();
		assertEquals(keys(plan()), keys(Planner.plan(read(SampleCatalog.EXPERIMENT, more), more)));
	}

	// ---- what must change keys

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"seed | 2", "learner.learning-rate | 1e-3", "learner.lanes | 4", "backbone.hidden | [64]",
			"trial.episodes | 2", "evaluation.every | 1e4", "evaluation.episodes | 5", "evaluation.greedy | false"})
	void whatDecidesEverythingChangesAllKeys(String key, String value) {
		Set<String> changed = new HashSet<>(keys(plan(key, value)));
		changed.retainAll(keys(plan()));
		assertEquals(Set.of(), changed);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"source.0.steps | 1e6", "source.0.tasks | 1", "source.0.time-limit | 20",
			"source.0.distance | 3", "source.0.task | validation",
			"source | '[{environment: point-goal, steps: 2e6}, {environment: point-goal, steps: 2e6}]'"})
	void sourcesDecideAcquisitionsAndWhatBuildsOnThem(String key, String value) {
		Plan before = plan();
		Plan after = plan(key, value);
		for (int i = 0; i < before.steps().size(); i++) {
			Step step = before.steps().get(i);
			boolean builds = step.kind() == Kind.ACQUIRE || !step.needs().isEmpty();
			assertEquals(!builds, step.key().equals(after.steps().get(i).key()), step.label());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {"target.0.steps | 2e6", "target.0.tasks | 1", "target.0.time-limit | 20",
			"target.0.distance | 3", "shots | [1]"})
	void targetsDecideAdaptationsOnly(String key, String value) {
		assertEquals(keys(plan(), Kind.ACQUIRE), keys(plan(key, value), Kind.ACQUIRE));
		Set<String> adaptations = new HashSet<>(keys(plan(key, value), Kind.ADAPT));
		adaptations.retainAll(keys(plan(), Kind.ADAPT));
		assertEquals(Set.of(), adaptations);
	}

	@Test
	void theOrderOfSourcesDecides() {
		String[] one = {"source", "[{environment: point-goal, steps: 1e6}, {environment: point-goal, steps: 2e6}]"};
		String[] other = {"source", "[{environment: point-goal, steps: 2e6}, {environment: point-goal, steps: 1e6}]"};
		assertNotEquals(plan(one).steps().get(0).key(), plan(other).steps().get(0).key());
	}

	@Test
	void aStrategysSettingsDecideItsOwnAdaptations() {
		Plan before = plan();
		Plan after = plan("strategies.1.normalisers", "false");
		for (int i = 0; i < before.steps().size(); i++) {
			Step step = before.steps().get(i);
			boolean changes = step.kind() == Kind.ADAPT && step.arms().get(0) == 1;
			assertEquals(!changes, step.key().equals(after.steps().get(i).key()), step.label());
		}
		assertNotEquals(plan("strategies.3.columns", "3").steps().get(1).key(), before.steps().get(1).key(),
				"a setting that is part of the acquisition");
	}

	@Test
	void singleTasksAreToldApart() {
		Plan plan = plan("target.0.tasks", "3");
		assertEquals(plan.steps().size(), new HashSet<>(keys(plan)).size());
	}

	@Test
	void codeDecides() {
		Plan before = plan();
		assertAllKeysChange(before, new SampleCatalog().code("org.headstart.nn", "1.0.1"));
		assertAllKeysChange(before, new SampleCatalog().learner("ppo", "1.0.1", SampleCatalog.PpoSettings.class, SampleCatalog.Ppo::new));
		assertAllKeysChange(before, new SampleCatalog().backbone("mlp", "1.0.1", SampleCatalog.MlpSettings.class, SampleCatalog.Mlp::new));
		assertAllKeysChange(before, new SampleCatalog().environment("point-goal", "1.0.1",
				SampleCatalog.PointGoalSettings.class, SampleCatalog.PointGoal::new));
		Catalog catalog = new SampleCatalog()
				.strategy("fine-tune", "1.0.1", SampleCatalog.FineTuneSettings.class, SampleCatalog.FineTune::new).build();
		Plan after = Planner.plan(read(SampleCatalog.EXPERIMENT, catalog), catalog);
		for (int i = 0; i < before.steps().size(); i++) {
			Step step = before.steps().get(i);
			boolean fineTune = step.arms().contains(1) || step.arms().contains(2);
			assertEquals(!fineTune, step.key().equals(after.steps().get(i).key()), step.label());
		}
	}

	/** A strategy beside fine-tune, of the same bundle: other code adapts, and that of the acquisition has a version. */
	private static Plan planWithTwin(String acquisition) {
		var strategies = new TreeMap<>(CATALOG.strategies());
		strategies.put("twin", new Contribution<>("strategy", "twin", "Twin", "", "sample.strategies", new CodeVersion() {
			@Override
			public String whole() {
				return "2.0.0";
			}

			@Override
			public String of(Collection<Class<?>> classes) {
				assertEquals(Set.of(Pretraining.class), classes);
				return acquisition;
			}
		}, () -> SampleCatalog.FineTuneSettings.class, SampleCatalog.FineTune::new));
		Catalog catalog = new Catalog(CATALOG.environments(), CATALOG.wrappers(), CATALOG.backbones(), CATALOG.learners(),
				CATALOG.losses(), strategies, CATALOG.executors(), CATALOG.code(), List.of());
		return Planner.plan(read(SampleCatalog.EXPERIMENT, catalog, "strategies", "[{id: fine-tune}, {id: twin}]", "seeds", "1"), catalog);
	}

	@Test
	void strategiesOfOneBundleShareAnAcquisitionWhoseCodeIsTheSame() {
		assertEquals(List.of(List.of(0, 1)), acquired(planWithTwin("1.0.0")));
		assertEquals(List.of(List.of(0), List.of(1)), acquired(planWithTwin("1.0.1")));
	}

	private static List<List<Integer>> acquired(Plan plan) {
		return plan.steps().stream().filter(step -> step.kind() == Kind.ACQUIRE).map(Step::arms).toList();
	}

	private static void assertAllKeysChange(Plan before, SampleCatalog sample) {
		Catalog catalog = sample.build();
		Set<String> after = new HashSet<>(keys(Planner.plan(read(SampleCatalog.EXPERIMENT, catalog), catalog)));
		after.retainAll(keys(before));
		assertEquals(Set.of(), after);
	}

	@Test
	void codeVersionsAreAskedForOnce() {
		int[] asked = new int[1];
		Catalog known = CATALOG;
		Catalog counting = new Catalog(known.environments(), known.wrappers(), known.backbones(), known.learners(), known.losses(),
				known.strategies(), known.executors(), () -> {
					asked[0]++;
					return known.codeVersions();
				}, List.of());
		Planner.plan(read(SampleCatalog.EXPERIMENT, counting), counting);
		assertEquals(1, asked[0]);
	}

	// ---- costs

	@Test
	void costsAreBudgetsAndEvaluationsToTheirLimit() {
		Experiment experiment = read(SampleCatalog.EXPERIMENT, CATALOG, "seeds", "1");
		Plan plan = Planner.plan(experiment, CATALOG);
		// 2e6 steps, an evaluation every 2e4 and at the start; 20 episodes of at most 50 steps
		assertEquals(cost(2_000_000, 101 * 20 * 50), CostEstimate.of(experiment, plan.steps().get(0)));
		// and after 1 and 10 shots
		assertEquals(cost(1_000_000, (51 + 2) * 20 * 50), CostEstimate.of(experiment, plan.steps().get(2)));
		CostEstimate sum = CostEstimate.NONE;
		for (Step step : plan.steps()) {
			sum = sum.plus(CostEstimate.of(experiment, step));
		}
		assertEquals(sum, CostEstimate.of(experiment, plan.steps()));
		assertEquals(BigInteger.valueOf(12_000_000), sum.training(BudgetUnit.ENVIRONMENT_STEPS));
	}

	@Test
	void costsCountWholeTrialsAndABudgetOfNothingIsJudgedOnce() {
		Experiment experiment = read(SampleCatalog.EXPERIMENT, CATALOG, "seeds", "1", "trial.episodes", "3", "target.0.steps", "0",
				"shots", "[0]");
		Plan plan = Planner.plan(experiment, CATALOG);
		assertEquals(cost(2_000_000, 101 * 20 * 3 * 50), CostEstimate.of(experiment, plan.steps().get(0)));
		assertEquals(cost(0, 20 * 3 * 50), CostEstimate.of(experiment, plan.steps().get(2)));
	}

	@Test
	void costsAreExactHoweverLarge() {
		Experiment experiment = read(SampleCatalog.EXPERIMENT, CATALOG, "target.0.steps", "1e15", "evaluation.every", "1",
				"evaluation.episodes", "1e6", "target.0.time-limit", "10000");
		Plan plan = Planner.plan(experiment, CATALOG);
		CostEstimate cost = CostEstimate.of(experiment, plan.steps());
		assertTrue(cost.evaluation().compareTo(BigInteger.valueOf(Long.MAX_VALUE)) > 0, cost.toString());
		CostEstimate sum = CostEstimate.NONE;
		for (Step step : plan.steps()) {
			sum = sum.plus(CostEstimate.of(experiment, step));
		}
		assertEquals(sum, cost);
		assertEquals(Long.MAX_VALUE, Step.sum(Long.MAX_VALUE - 3, 4));
		assertEquals(Long.MAX_VALUE - 1, Step.sum(Long.MAX_VALUE - 3, 2));
	}

	private static CostEstimate cost(long training, long evaluation) {
		return new CostEstimate(BudgetUnit.ENVIRONMENT_STEPS, BigInteger.valueOf(training), BigInteger.valueOf(evaluation));
	}

	@Test
	void onlyStepsThatTheLanesCanTakeArePlanned() {
		Experiment experiment = read(SampleCatalog.EXPERIMENT, CATALOG, "seeds", "1", "target.0.steps", "1005", "source.0.steps",
				"2001");
		Plan plan = Planner.plan(experiment, CATALOG);
		assertEquals(2000, plan.steps().get(0).envSteps());
		assertEquals(1000, plan.steps().get(2).envSteps());
	}

	/** Texts of a million steps would be gigabytes. */
	@Test
	void manyStepsShareTheirTexts() {
		Experiment experiment = read(SampleCatalog.EXPERIMENT, CATALOG, "seeds", "10000");
		Plan plan = Planner.plan(experiment, CATALOG);
		assertEquals(100_000, plan.steps().size());
		Step first = plan.steps().get(4);
		Step last = plan.steps().get(99_994);
		assertSame(first.work(), last.work());
		assertEquals(first.identity().lines().filter(line -> !line.startsWith("seed") && !line.startsWith("needs")).toList(),
				last.identity().lines().filter(line -> !line.startsWith("seed") && !line.startsWith("needs")).toList());
		assertEquals(first.label().replace("seed 1", "seed 10000"), last.label());
		assertEquals(100_000, new HashSet<>(keys(plan)).size());
	}

	@ParameterizedTest
	@CsvSource({"0, 1", "4, 1", "4, 1000"})
	void theKeyIsTheHashOfTheIdentity(int at, int tasks) throws NoSuchAlgorithmException {
		Step step = plan("seeds", "1", "target.0.tasks", Integer.toString(tasks)).steps().get(at);
		byte[] hash = MessageDigest.getInstance("SHA-256").digest(step.identity().getBytes(StandardCharsets.UTF_8));
		assertEquals(HexFormat.of().formatHex(hash).substring(0, 32), step.key());
	}

	// ---- acquisitions without a text

	record WithArray(int[] sizes) implements Acquisition {

		@Override
		public void run(StrategyRun run) {
			throw new AssertionError("nobody runs this");
		}
	}

	@Test
	void anAcquisitionNeedsACanonicalText() {
		Strategy<NoSettings> odd = new Strategy<>() {
			@Override
			public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
				return List.of(new WithArray(new int[] {1}));
			}

			@Override
			public void adapt(NoSettings settings, StrategyRun run) {
				throw new AssertionError("nobody runs this");
			}
		};
		Catalog catalog = new SampleCatalog().strategy("odd", "1", NoSettings.class, () -> odd).build();
		Experiment experiment = read(SampleCatalog.EXPERIMENT, catalog, "strategies", "[{id: odd}]");
		String message = assertThrows(IllegalArgumentException.class, () -> Planner.plan(experiment, catalog)).getMessage();
		assertTrue(message.contains("'odd' of sample.strategies") && message.contains("'sizes'"), message);
	}
}
