package org.headstart.engine.internal.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.settings.Setting;
import org.headstart.api.settings.SettingEntry;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.backbones.Mlp;
import org.headstart.backbones.MlpSettings;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;
import org.headstart.engine.internal.experiment.ExperimentReader.Problem;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.engine.internal.experiment.ExperimentReader.Severity;
import org.headstart.testkit.internal.SampleCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentReaderTest {

	private static final Catalog CATALOG = SampleCatalog.catalog();

	/** A small right file, with places to put something wrong in. */
	private static final String SMALL = """
			headstart: 1
			name: small
			backbone: {id: mlp}
			learner: {id: ppo}
			source: [{environment: point-goal, steps: 1e5}]
			target: [{environment: point-goal, task: test, steps: 1e5}]
			strategies: [{id: fine-tune}]
			""";

	static Reading read(String text) {
		return ExperimentReader.read(text, "a.experiment.yaml", CATALOG, Map.of());
	}

	static Experiment valid(String text) {
		Reading reading = read(text);
		assertEquals(List.of(), reading.problems());
		return reading.experiment().orElseThrow();
	}

	private static void assertProblems(String text, String... problems) {
		assertProblems(read(text), problems);
	}

	static void assertProblems(Reading reading, String... problems) {
		assertEquals(String.join("\n", problems),
				String.join("\n", reading.problems().stream().map(Problem::toString).toList()));
		boolean failed = reading.problems().stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
		assertEquals(failed, reading.experiment().isEmpty());
		assertEquals(failed, reading.frozenText().isEmpty());
	}

	/** What decides an experiment, as text: two experiments with the same text are the same. */
	static String essence(Experiment experiment) {
		return experiment.toString().replaceAll("org\\.headstart\\S+\\$\\$Lambda\\S*?(?=[,\\]])", "code");
	}

	@Test
	void theSampleIsRead() {
		Experiment experiment = valid(SampleCatalog.EXPERIMENT);
		assertEquals("sample", experiment.name());
		assertEquals("", experiment.description());
		assertEquals(new SampleCatalog.MlpSettings(List.of(64, 64)), experiment.equipment().backbone().settings());
		assertEquals(new SampleCatalog.PpoSettings(3e-4, 8, 128), experiment.equipment().learner().settings());
		assertEquals(List.of(0, 1, 10), experiment.protocol().shots());
		assertEquals(3, experiment.protocol().seeds());
		assertEquals(1, experiment.protocol().rootSeed());
		assertEquals(new Experiment.TrialLength(1), experiment.protocol().trial());
		assertEquals(new Experiment.Evaluation(20_000, 20, true, false), experiment.protocol().evaluation());
		assertEquals(new Experiment.Checkpointing(60), experiment.running().checkpoint());
		assertEquals("local", experiment.running().executor().id());
		assertTrue(Double.isNaN(experiment.protocol().threshold()));
		assertEquals(List.of("point-goal/train"), experiment.tasks().source().stream().map(TaskUse::label).toList());
		assertEquals(2_000_000, experiment.tasks().source().get(0).steps());
		assertEquals(List.of("point-goal/test", "point-goal/validation"),
				experiment.tasks().target().stream().map(TaskUse::label).toList());
		assertEquals(-1, experiment.tasks().target().get(0).sample());
		assertEquals(List.of("scratch", "fine-tune layers=last", "fine-tune layers=all", "progressive"), labels(experiment));
	}

	private static List<String> labels(Experiment experiment) {
		return experiment.strategies().stream().map(Experiment.Arm::label).toList();
	}

	@Test
	void everyTopValueCanBeGiven() {
		Experiment experiment = valid(SMALL + """
				description: 'what: for'
				seed: 42
				seeds: 1e1
				trial: {episodes: 2}
				shots: [5, 1]
				evaluation: {every: 5e3, episodes: 3, greedy: false}
				checkpoint: {every: 2.5}
				executor: {id: local, jobs: 4}
				threshold: -1.5
				""");
		assertEquals("what: for", experiment.description());
		assertEquals(42, experiment.protocol().rootSeed());
		assertEquals(10, experiment.protocol().seeds());
		assertEquals(new Experiment.TrialLength(2), experiment.protocol().trial());
		assertEquals(List.of(0, 1, 5), experiment.protocol().shots());
		assertEquals(new Experiment.Evaluation(5000, 3, false, false), experiment.protocol().evaluation());
		assertEquals(2.5, experiment.running().checkpoint().everySeconds());
		assertEquals(new SampleCatalog.LocalSettings(4), experiment.running().executor().settings());
		assertEquals(-1.5, experiment.protocol().threshold());
	}

	@Test
	void environmentSettingsStandNextToTheTask() {
		Experiment experiment = valid(SMALL.replace("environment: point-goal", "environment: point-goal, time-limit: 20")
				.replace("task: test", "task: test, distance: [3, 4]"));
		assertEquals(20, ((SampleCatalog.PointGoalSettings) experiment.tasks().target().get(0).environment().settings()).timeLimit());
		assertEquals("20", frozenValue(experiment, "time-limit"));
	}

	private static String frozenValue(Experiment experiment, String key) {
		return org.headstart.api.settings.SettingsSchema.of(SampleCatalog.PointGoalSettings.class)
				.toYaml(experiment.tasks().source().get(0).environment().settings()).get(key).toString();
	}

	@Test
	void tasksCanBeDrawnOneByOne() {
		List<TaskUse> target = valid(SMALL.replace("task: test", "task: [test, train], tasks: 2")).tasks().target();
		assertEquals(List.of("point-goal/test-1 0", "point-goal/test-2 1", "point-goal/train-1 0", "point-goal/train-2 1"),
				target.stream().map(use -> use.label() + " " + use.sample()).toList());
	}

	@Test
	void explicitLabelsWin() {
		assertEquals(List.of("far"),
				valid(SMALL.replace("task: test", "task: test, label: far")).tasks().target().stream().map(TaskUse::label).toList());
		assertEquals(List.of("far/test-1", "far/test-2", "far/train-1", "far/train-2"),
				valid(SMALL.replace("task: test", "task: [test, train], tasks: 2, label: far")).tasks().target().stream()
						.map(TaskUse::label).toList());
		assertEquals(List.of("mine", "fine-tune layers=last", "fine-tune layers=all normalisers=false"),
				labels(valid(SMALL.replace("[{id: fine-tune}]",
						"[{id: fine-tune, label: mine}, {id: fine-tune, layers: last}, {id: fine-tune, normalisers: false}]"))).stream()
						.map(label -> label.replace(" normalisers=true", "")).toList());
	}

	@Test
	void tasksThatDifferOnlyInSettingsAreToldApart() {
		Experiment experiment = valid(SMALL.replace("target: [", "target: [{environment: point-goal, task: test, "
				+ "steps: 1e5, time-limit: 20}, {environment: point-goal, task: test, steps: 3e4}, "));
		assertEquals(List.of("point-goal/test time-limit=20 steps=100000", "point-goal/test time-limit=50 steps=30000",
				"point-goal/test time-limit=50 steps=100000"), experiment.tasks().target().stream().map(TaskUse::label).toList());
	}

	@Test
	void theSameSourceTwiceIsLearnedTwice() {
		Experiment experiment = valid(SMALL.replace("source: [", "source: [{environment: point-goal, steps: 1e5}, "));
		assertEquals(List.of("point-goal/train", "point-goal/train (2)"),
				experiment.tasks().source().stream().map(TaskUse::label).toList());
	}

	@Test
	void theFrozenTextReadsBackToTheSame() {
		for (String text : List.of(SampleCatalog.EXPERIMENT, SMALL, SMALL + "threshold: 5\ndescription: \"a\\tb 'c' # d\\n\"\n",
				SMALL.replace("task: test", "task: [test, train], tasks: 2, label: 'true', distance: {train: 1, test: [[1, 2], [3, 4]]}"),
				SMALL.replace("{id: fine-tune}", "{id: fine-tune, label: '1e3'}, {id: fine-tune, layers: last}"))) {
			Reading first = read(text);
			assertEquals(List.of(), first.problems());
			Reading second = read(first.frozenText());
			assertEquals(List.of(), second.problems(), first.frozenText());
			assertEquals(essence(first.experiment().orElseThrow()), essence(second.experiment().orElseThrow()));
			assertEquals(first.frozenText(), second.frozenText());
		}
	}

	@Test
	void theFrozenTextIsComplete() {
		String frozen = read(SMALL).frozenText();
		for (String setting : List.of("learning-rate: 3.0E-4", "time-limit: 50", "seeds: 5", "threshold: derived", "trial:\n  episodes: 1",
				"normalisers: true", "- train", "jobs: 0", "greedy: true")) {
			assertTrue(frozen.contains(setting), setting + " is missing in\n" + frozen);
		}
	}

	@Test
	void theFormatListsAllKeysWithDocumentation() {
		assertEquals(List.of("headstart", "name", "description", "seed", "seeds", "backbone", "learner", "losses", "source", "target",
				"trial", "strategies", "shots", "evaluation", "checkpoint", "executor", "threshold"), ExperimentFormat.keys());
		for (SettingEntry entry : ExperimentFormat.entries()) {
			assertFalse(entry.doc().isBlank(), entry.key());
			entry.nested().ifPresent(nested -> assertFalse(nested.entries().isEmpty()));
		}
	}

	// ---- wrong files: line, column, key and message

	@Test
	void unknownTopKey() {
		assertProblems(SMALL.replace("learner:", "laerner:"),
				"a.experiment.yaml: learner: is missing; write learner: {id: …}; there are: ppo",
				"a.experiment.yaml:4:1: laerner: unknown key 'laerner'; did you mean 'learner'? There are: backbone, learner, losses, "
						+ "source, target, strategies, executor, headstart, name, description, seed, seeds, trial, shots, "
						+ "evaluation, checkpoint, threshold");
	}

	@Test
	void unknownSettingPointsAtTheKey() {
		assertProblems(SMALL.replace("{id: ppo}", "{id: ppo, learning-rte: 1}"),
				"a.experiment.yaml:4:20: learner.learning-rte: unknown key 'learning-rte'; did you mean 'learning-rate'? "
						+ "There are: id, learning-rate, lanes, steps");
	}

	@Test
	void wrongValuePointsAtTheValue() {
		assertProblems(SMALL.replace("{id: ppo}", "{id: ppo, learning-rate: -1, lanes: 2.5}"),
				"a.experiment.yaml:4:35: learner.learning-rate: must be from 0 to 1, is -1",
				"a.experiment.yaml:4:46: learner.lanes: must be a whole number, not 2.5");
	}

	@Test
	void unknownContribution() {
		assertProblems(SMALL.replace("{id: ppo}", "{id: pppo}"),
				"a.experiment.yaml:4:15: learner.id: unknown learner 'pppo'; did you mean 'ppo'? There are: ppo");
		assertProblems(SMALL.replace("{id: ppo}", "ppo"),
				"a.experiment.yaml:4:10: learner: must be a map like {id: ppo}");
		assertProblems(SMALL.replace("{id: ppo}", "{}"), "a.experiment.yaml:4:10: learner.id: is missing; there are: ppo");
		assertProblems(SMALL.replace("{id: ppo}", "{idd: ppo}"),
				"a.experiment.yaml:4:10: learner.id: is missing ('idd' is no such key); there are: ppo");
		assertProblems(SMALL.replace("{id: ppo}", "{id: 3}"),
				"a.experiment.yaml:4:15: learner.id: must be the id of a contribution; there are: ppo");
	}

	@Test
	void unknownTaskSet() {
		assertProblems(SMALL.replace("task: test", "task: tset"),
				"a.experiment.yaml:6:42: target.0.task: unknown task 'tset'; did you mean 'test'? There are: train, validation, test");
		assertProblems(SMALL.replace("task: test", "task: [test, trian, test]"),
				"a.experiment.yaml:6:49: target.0.task.1: unknown task 'trian'; did you mean 'train'? There are: train, validation, test",
				"a.experiment.yaml:6:56: target.0.task.2: 'test' stands twice");
		assertProblems(SMALL.replace("task: test, ", ""),
				"a.experiment.yaml:6:10: target.0.task: is missing; it names the tasks to adapt to; there are: train, validation, test");
	}

	@Test
	void anUnknownKeyOfATaskOffersBothTheFormatsAndTheEnvironmentsKeys() {
		assertProblems(SMALL.replace("task: test", "task: test, gaol: shown"),
				"a.experiment.yaml:6:48: target.0.gaol: unknown key 'gaol'; did you mean 'goal'? There are: environment, wrap, task, "
						+ "tasks, steps, examples, updates, label, sources, goal, distance, time-limit");
	}

	@Test
	void settingsThatDoNotFitTogether() {
		assertProblems(SMALL.replace("task: test", "task: test, goal: hidden, time-limit: 5"),
				"a.experiment.yaml:6:10: target.0: a hidden goal needs a time-limit of at least 10 steps to be found");
		assertProblems(SMALL.replace("task: test", "task: test, time-limit: 13"),
				"a.experiment.yaml:6:10: target.0: a time-limit of 13 steps brings bad luck; take 12 or 14");
	}

	@Test
	void spacesThatDoNotFit() {
		assertSpaceProblems(SMALL.replace("task: test", "task: test, goal: hidden"),
				"a.experiment.yaml:6:24: target.0.environment: its observations have 1 number, those of source.0 have 2; "
						+ "'fine-tune' cannot take over backbone/policy/hidden-1 W [1, 64], where the source has W [2, 64]");
		assertSpaceProblems(SMALL.replace("environment: point-goal, task: test", "environment: lights, task: train"),
				"a.experiment.yaml:6:24: target.0.environment: its observations have 3 numbers, those of source.0 have 2; it has a "
						+ "choice of 3 actions, source.0 has actions of 1 number; 'fine-tune' cannot take over backbone/policy/hidden-1 "
						+ "W [3, 64], where the source has W [2, 64]; head/policy W [64, 3], where the source has W [64, 1]");
		assertSpaceProblems(SMALL.replace("[{environment: point-goal, steps: 1e5}]",
				"[{environment: point-goal, steps: 1e5}, {environment: lights, steps: 1e5}]"),
				"a.experiment.yaml:5:63: source.1.environment: its observations have 3 numbers, those of source.0 have 2; it has a "
						+ "choice of 3 actions, source.0 has actions of 1 number; one agent cannot learn on both");
	}

	private static void assertSpaceProblems(String text, String... problems) {
		Catalog catalog = new SampleCatalog().learner("ppo", "1.0.0", SampleCatalog.PpoSettings.class, SampleCatalog.Ppo::new)
				.backbone("mlp", "1.0.0", MlpSettings.class, Mlp::new).build();
		assertProblems(ExperimentReader.read(text, "a.experiment.yaml", catalog, Map.of()), problems);
	}

	@Test
	void aLearnerWhoseNetworksFitAnySpaceIsNotHeldToTheSources() {
		Catalog catalog = new SampleCatalog()
				.learner("ppo", "1.0.0", SampleCatalog.PpoSettings.class, SampleCatalog.OneByOne::new)
				.backbone("mlp", "1.0.0", MlpSettings.class, Mlp::new).build();
		Reading reading = ExperimentReader.read(SMALL.replace("task: test", "task: test, goal: hidden"), "a.experiment.yaml",
				catalog, Map.of());
		assertEquals(List.of(), reading.problems());
		// the choice of actions is another head
		List<Problem> problems = ExperimentReader.read(SMALL.replace("environment: point-goal, task: test",
				"environment: lights, task: train"), "a.experiment.yaml", catalog, Map.of()).problems();
		assertEquals(1, problems.size(), problems::toString);
		assertTrue(problems.get(0).message().endsWith("'fine-tune' cannot take over head/policy W [64, 3], where the source has W "
				+ "[64, 1]"), problems::toString);
	}

	@Test
	void aStrategyWithoutItsSources() {
		assertProblems(SMALL.replace("[{environment: point-goal, steps: 1e5}]", "[]"),
				"a.experiment.yaml:7:14: strategies.0: 'fine-tune' learns on sources first, but 'source' lists none");
		valid(SMALL.replace("source: [{environment: point-goal, steps: 1e5}]", "").replace("fine-tune", "scratch"));
	}

	@Test
	void sourcesThatNobodyUses() {
		assertProblems(SMALL.replace("fine-tune", "scratch"),
				"a.experiment.yaml:5:9: warning: source: none of the strategies learns on sources, so these are not used");
	}

	@Test
	void sourcesThatAreHeldOut() {
		assertProblems(SMALL.replace("point-goal, steps", "point-goal, task: test, steps"),
				"a.experiment.yaml:5:42: warning: source.0.task: the tasks of 'test' are held out for judging, and this trains on them");
	}

	@Test
	void anEvaluationThatNeverComes() {
		assertProblems(SMALL.replace("task: test, steps: 1e5", "task: test, steps: 5000"),
				"a.experiment.yaml:6:55: warning: target.0.steps: the budget of 5000 steps ends before the first evaluation at "
						+ "10000 steps (evaluation.every), so there is no learning curve");
	}

	@Test
	void judgedTrialsThatFillTheDisk() {
		assertFalse(valid(SMALL).protocol().evaluation().trials());
		assertTrue(valid(SMALL + "evaluation: {trials: true}\n").protocol().evaluation().trials());
		valid(SMALL + "evaluation: {episodes: 100000}\n");
		assertProblems(SMALL + "evaluation: {episodes: 100000, trials: true}\n",
				"a.experiment.yaml:8:40: warning: evaluation.trials: strategies × seeds × evaluations × evaluation.episodes are up to 1.3e+07"
						+ " judged trials, each a row of trials.csv: up to 1.2 GB");
		assertProblems(SMALL + "evaluation: {every: 400, episodes: 100000, trials: true}\n",
				"a.experiment.yaml:8:52: evaluation.trials: trials.csv of one step may get 2.3 GB, and a file of a result has at most 2.1 GB;"
						+ " judge less often (evaluation.every) or on fewer trials (evaluation.episodes)");
	}

	@Test
	void aTargetMayBeJudgedOnly() {
		assertEquals(0, valid(SMALL.replace("task: test, steps: 1e5", "task: test, steps: 0")).tasks().target().get(0).steps());
		assertProblems(SMALL.replace("point-goal, steps: 1e5", "point-goal, steps: 0"),
				"a.experiment.yaml:5:43: source.0.steps: must be at least 1: nothing is learned on a source without steps; only a "
						+ "target may have 0, which means that it is judged and not trained on");
	}

	@Test
	void aTrialHasAtLeastOneEpisode() {
		assertProblems(SMALL + "trial: {episodes: 0}\n",
				"a.experiment.yaml:8:19: trial.episodes: must be from 1 to 10000 (in episodes), is 0");
		assertProblems(SMALL.replace("1e5", "1e7") + "trial: {episodes: 10000}\nevaluation: {episodes: 10000}\n",
				"a.experiment.yaml:9:24: evaluation.episodes: evaluation.episodes × trial.episodes are 10000 × 10000 = 100000000 "
						+ "episodes in one evaluation; at most 10000000 are possible");
	}

	/** Wants to be told of a goal. */
	private static final class Choosy implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void check(NoSettings settings, TaskFamily target) {
			if (!target.parameterNames().contains("goal")) {
				throw new IllegalArgumentException("there is no goal to be told of");
			}
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) {
			throw new AssertionError("nothing is run here");
		}
	}

	@Test
	void aStrategyThatCannotAdaptToATargetSaysSo() {
		Catalog catalog = new SampleCatalog().strategy("choosy", "1.0.0", NoSettings.class, Choosy::new).build();
		String text = SMALL.replace("source: [{environment: point-goal, steps: 1e5}]\n", "").replace("fine-tune", "choosy");
		assertEquals(List.of(), ExperimentReader.read(text, "a.experiment.yaml", catalog, Map.of()).problems());
		assertProblems(ExperimentReader.read(text.replace("target: [", "target: [{environment: lights, task: train, steps: 1e5}, "),
				"a.experiment.yaml", catalog, Map.of()),
				"a.experiment.yaml:6:14: strategies.0: there is no goal to be told of (target.0, lights)");
	}

	@Test
	void duplicates() {
		assertProblems(SMALL.replace("[{id: fine-tune}]", "[{id: fine-tune}, {id: fine-tune, layers: all, label: x}]"),
				"a.experiment.yaml:7:31: strategies.1: is the same as strategies.0; the results would be the same too, remove one");
		assertProblems(
				SMALL.replace("[{id: fine-tune}]", "[{id: fine-tune, label: x}, {id: fine-tune, layers: last, label: x}]"),
				"a.experiment.yaml:7:78: strategies.1.label: the label 'x' is taken by strategies.0");
		assertProblems(SMALL.replace("target: [", "target: [{environment: point-goal, task: test, steps: 100000}, "),
				"a.experiment.yaml:6:64: target.1: is the same as target.0; the results would be the same too, remove one");
		assertProblems(SMALL + "shots: [1, 1]\n", "a.experiment.yaml:8:12: shots.1: 1 stands twice");
	}

	@Test
	void duplicateKeys() {
		assertProblems(SMALL + "name: again\n", "a.experiment.yaml:8:1: name: stands twice, first in line 2; remove one of the two");
		assertProblems(SMALL.replace("{id: ppo}", "{id: ppo, id: ppo}"),
				"a.experiment.yaml:4:20: learner.id: stands twice, first in line 4; remove one of the two");
	}

	@Test
	void missingAndEmpty() {
		assertProblems("", "a.experiment.yaml: is empty; an experiment file begins with 'headstart: 1'");
		assertProblems("# nothing\n", "a.experiment.yaml: is empty; an experiment file begins with 'headstart: 1'");
		assertProblems("- a\n", "a.experiment.yaml:1:1: must be a map with the keys " + String.join(", ", ExperimentFormat.keys()));
		assertProblems(SMALL.replace("seeds", "seeds") + "seeds:\n",
				"a.experiment.yaml:8:7: seeds: is empty; it needs a value: whole number");
		assertProblems(SMALL.replace("headstart: 1\n", ""),
				"a.experiment.yaml: headstart: is missing; it needs a value: whole number – Version of the file's format: 1");
		assertProblems(SMALL.replace("target: [{environment: point-goal, task: test, steps: 1e5}]", "target: []"),
				"a.experiment.yaml:6:9: target: is empty; it needs at least one entry");
		assertProblems(SMALL.replace("strategies: [{id: fine-tune}]", "strategies: fine-tune"),
				"a.experiment.yaml:7:13: strategies: must be a list: each entry begins with '- ', or all stand in [ ]");
		assertProblems(SMALL.replace("strategies: [{id: fine-tune}]", "strategies: [fine-tune]"),
				"a.experiment.yaml:7:14: strategies.0: must be a map like {id: fine-tune}");
	}

	@Test
	void anotherFormatIsAllThatIsSaid() {
		assertProblems(SMALL.replace("headstart: 1", "headstart: 2") + "something: new\n",
				"a.experiment.yaml:1:12: headstart: this Headstart reads format 1, not 2; the file needs a newer Headstart");
		assertProblems(SMALL.replace("headstart: 1", "headstart: 0"),
				"a.experiment.yaml:1:12: headstart: this Headstart reads format 1, not 0");
	}

	@Test
	void namesAndLabels() {
		assertProblems(SMALL.replace("name: small", "name: My Test!"),
				"a.experiment.yaml:2:7: name: must be text of lower-case letters, digits and single hyphens, at most 80, because "
						+ "it names a folder; for example 'my-test'");
		assertProblems(SMALL.replace("{id: fine-tune}", "{id: fine-tune, label: \"a\\nb\"}"),
				"a.experiment.yaml:7:37: strategies.0.label: must be text in one line of at most 100 letters, without blanks around it");
	}

	@Test
	void budgetsAndSeedsArePositive() {
		assertProblems(SMALL.replace("task: test, steps: 1e5", "task: test, steps: -1") + "seeds: 0\n",
				"a.experiment.yaml:6:55: target.0.steps: must be from 0 to 1e15 (in environment steps), is -1",
				"a.experiment.yaml:8:8: seeds: must be from 1 to 1000000 (in seeds), is 0");
		assertProblems(SMALL.replace("task: test", "task: test, tasks: 1000") + "seeds: 10000\n",
				"a.experiment.yaml:8:8: warning: seeds: 10000 is unusual; usual is at most 1000 (in seeds)",
				"a.experiment.yaml:8:8: seeds: strategies × targets × seeds are 1 × 1000 × 10000 = 10000000 adaptations; at most "
						+ "1000000 are possible");
	}

	@Test
	void aNetworkThatNoMemoryHoldsIsFound() {
		assertProblems(SMALL.replace("{id: mlp}", "{id: mlp, hidden: [4096, 4096]}"),
				"a.experiment.yaml:3:11: warning: backbone: the network has 16,797,697 parameters, which take 256 MiB with their gradients "
						+ "and the optimizer's moments; a step (executor.memory) has 512 MiB, which may be too little: what is learned from, "
						+ "checkpoints and the making of the network take room too");
		assertProblems(SMALL.replace("{id: mlp}", "{id: mlp, hidden: [4096, 4096, 4096, 4096]}"),
				"a.experiment.yaml:3:11: backbone: the network has 50,360,321 parameters, which take 768 MiB with their gradients and "
						+ "the optimizer's moments; a step (executor.memory) has 512 MiB");
	}

	@Test
	void numbersThatBecomeInfiniteOrNothingAreRefusedWhereTheyStand() {
		assertProblems(SMALL.replace("{id: ppo}", "{id: ppo, learning-rate: 1e-400}"),
				"a.experiment.yaml:4:35: learner.learning-rate: 1e-400 is too small for a number and would become 0; the smallest are "
						+ "near 1e-45");
		assertProblems(SMALL.replace("{id: ppo}", "{id: ppo, learning-rate: 1e400}"),
				"a.experiment.yaml:4:35: learner.learning-rate: must be a finite number from 0 to 1, not Infinity");
		assertProblems(SMALL + "threshold: 1e39\n", "a.experiment.yaml:8:12: threshold: must be number | derived; 1e39 does not fit "
				+ "single precision: a number other than 0 must have a size from 1.4e-45 to 3.4e38");
		assertProblems(SMALL.replace("point-goal, steps: 1e5", "point-goal, steps: 1e30"),
				"a.experiment.yaml:5:43: source.0.steps: must be from 0 to 1e15 (in environment steps), is 1e30");
	}

	@Test
	void whatAMessageQuotesDoesNotDrownIt() {
		String long64k = "x".repeat(60_000);
		for (String text : List.of(SMALL.replace("task: test", "task: " + long64k), SMALL.replace("task: test", long64k + ": 1"),
				SMALL.replace("id: fine-tune", "id: " + long64k))) {
			List<Problem> problems = read(text).problems();
			assertFalse(problems.isEmpty());
			for (Problem problem : problems) {
				assertTrue(problem.toString().length() < 2000, () -> problem.toString().length() + " characters");
			}
		}
	}

	@Test
	void halfACharacterIsRefusedWhereItStands() {
		assertProblems(SMALL.replace("task: test", "task: test, label: \"\\ud800\""),
				"a.experiment.yaml:6:55: \\uD800 is half of a character; write both halves, or the character itself");
	}

	@Test
	void aPipeIsReadToItsEnd(@TempDir Path folder) throws Exception {
		Reading reading = ExperimentReader.read(new ByteArrayInputStream(SMALL.getBytes(StandardCharsets.UTF_8)), "standard input",
				CATALOG, Map.of());
		assertEquals(List.of(), reading.problems());
		Path pipe = folder.resolve("pipe");
		assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor());
		Thread writer = new Thread(() -> {
			try {
				Files.writeString(pipe, SMALL);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		});
		writer.start();
		reading = ExperimentReader.read(pipe, CATALOG, Map.of());
		writer.join();
		assertEquals(List.of(), reading.problems());
		assertEquals("small", reading.experiment().orElseThrow().name());
	}

	@Test
	void allProblemsAreToldSortedByLine() {
		List<Problem> problems = read("""
				headstart: 1
				name: Wrong Name
				backbone: {id: mpl}
				learner: {id: ppo, lanes: none}
				source: [{environment: point-goal, steps: lots}]
				target: [{environment: point-gaol, task: test}]
				strategies: [{id: fine-tune, layers: frist}]
				seeds: -1
				""").problems();
		assertEquals(List.of(2, 3, 4, 5, 6, 6, 7, 8), problems.stream().map(Problem::line).toList(), problems.toString());
		assertEquals(List.of("name", "backbone.id", "learner.lanes", "source.0.steps", "target.0.steps",
				"target.0.environment", "strategies.0.layers", "seeds"), problems.stream().map(Problem::key).toList());
	}

	@Test
	void whatIsNotYamlIsToldInPlainWords() {
		assertProblems("name: [1, 2\nseeds: 3\n",
				"a.experiment.yaml:2:6: the list that begins in line 1 is not closed with ']', or a ',' is missing");
		assertProblems("learner: {id: ppo\nseeds: 3\n",
				"a.experiment.yaml:2:6: the map that begins in line 1 is not closed with '}', or a ',' is missing");
		assertProblems("shots: [1,\n", "a.experiment.yaml:2:1: the text ends where a value should be; is a ']' or '}' missing?");
		assertProblems("name: ]\n", "a.experiment.yaml:1:7: a value is missing here");
		assertProblems("learner:\n\tid: ppo\n",
				"a.experiment.yaml:2:1: a tab stands where YAML wants blanks; indent with blanks");
		assertProblems("name: a: b\n",
				"a.experiment.yaml:1:8: a key does not fit here: the line is indented too far, or a text with ': ' in it needs quotes");
		assertProblems("name: 'a\n", "a.experiment.yaml:2:1: the quoted text that begins in line 1 is not closed");
		assertProblems("name: *x\n", "a.experiment.yaml:1:7: the alias *x names nothing; put text that begins with '*' in quotes");
		assertProblems("name: @x\n", "a.experiment.yaml:1:7: text cannot begin with '@'; put it in quotes");
		assertProblems("name: a\n---\nname: b\n",
				"a.experiment.yaml:2:1: a second document begins here; an experiment file has only one");
		assertProblems(SMALL.replace("name: small", "name: !java.net.URL small"),
				"a.experiment.yaml:2:7: name: the tag !java.net.URL is not known here; leave it out");
		assertProblems(SMALL + "seed: !!int x\n",
				"a.experiment.yaml:8:7: seed: 'x' does not fit its tag; leave the tag out",
				"a.experiment.yaml:8:7: seed: must be a whole number, not the text 'x'");
		assertProblems(SMALL + "? [a]\n: 1\n", "a.experiment.yaml:8:3: a key must be a word, not a map or a list");
	}

	// ---- contributions that are wrong themselves

	record Reserved(@Setting("x") int steps) {}

	@Test
	void aContributionMustNotUseTheFormatsKeys() {
		Catalog catalog = new SampleCatalog().environment("bad", "1", Reserved.class, SampleCatalog.Lights::new).build();
		assertProblems(ExperimentReader.read(SMALL.replace("environment: point-goal, task: test", "environment: bad, task: train"),
				"f", catalog, Map.of()),
				"f:6:24: target.0.environment: 'bad' of sample.environments has a setting 'steps', a key that experiment files "
						+ "use themselves; its author has to rename it");
	}

	@Test
	void brokenContributionsAreProblemsOfTheFile() {
		Environment<NoSettings> failing = settings -> {
			throw new IllegalStateException("out of order");
		};
		Catalog catalog = new SampleCatalog().environment("failing", "1", NoSettings.class, () -> failing)
				.environment("broken", "1", NoSettings.class, () -> {
					throw new BrokenContributionException("bundle b, environment 'broken': class X is not there", null);
				}).build();
		List<Problem> problems = ExperimentReader.read(
				SMALL.replace("environment: point-goal, steps", "environment: failing, steps").replace("point-goal, task", "broken, task"),
				"f", catalog, Map.of()).problems();
		assertEquals(2, problems.size(), problems::toString);
		assertTrue(problems.get(0).toString().startsWith("f:5:10: source.0: bundle sample.environments, contribution 'failing': "
				+ "create failed: java.lang.IllegalStateException: out of order, at " + getClass().getName()), problems::toString);
		assertEquals("f:6:10: target.0: bundle b, environment 'broken': class X is not there", problems.get(1).toString());
	}

	/** Nothing that an experiment names may vanish. */
	@Test
	void whatGivesNullOrAnErrorIsAProblemOfTheFile() {
		Environment<NoSettings> none = settings -> null;
		Environment<NoSettings> endless = new Environment<>() {
			@Override
			public TaskFamily create(NoSettings settings) {
				return create(settings);
			}
		};
		Environment<NoSettings> lacking = settings -> {
			throw new NoClassDefFoundError("com/acme/Physics");
		};
		Catalog catalog = new SampleCatalog().environment("none", "1", NoSettings.class, () -> none)
				.environment("endless", "1", NoSettings.class, () -> endless)
				.environment("lacking", "1", NoSettings.class, () -> lacking).build();
		for (Map.Entry<String, String> fault : Map.of("none", "create gave null", "endless",
				"create failed: java.lang.StackOverflowError", "lacking",
				"create failed: java.lang.NoClassDefFoundError: com/acme/Physics, at " + getClass().getName()).entrySet()) {
			ExperimentReader.Reading reading = ExperimentReader.read(
					SMALL.replace("environment: point-goal, task: test", "environment: " + fault.getKey() + ", task: train"), "f",
					catalog, Map.of());
			assertTrue(reading.experiment().isEmpty(), fault.getKey());
			assertEquals(1, reading.problems().size(), reading.problems()::toString);
			assertTrue(reading.problems().get(0).toString().startsWith("f:6:10: target.0: bundle sample.environments, contribution '"
					+ fault.getKey() + "': " + fault.getValue()), reading.problems()::toString);
		}
	}

	@Test
	void anAcquisitionThatIsNullIsAProblemOfTheFile() {
		Strategy<NoSettings> odd = new Strategy<>() {
			@Override
			public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
				return null;
			}

			@Override
			public void adapt(NoSettings settings, StrategyRun run) {
				throw new AssertionError("nobody adapts here");
			}
		};
		Catalog catalog = new SampleCatalog().strategy("odd", "1", NoSettings.class, () -> odd).build();
		assertProblems(ExperimentReader.read(SMALL.replace("fine-tune", "odd"), "f", catalog, Map.of()),
				"f:7:14: strategies.0: bundle sample.strategies, contribution 'odd': acquisitions gave null");
	}

	@Test
	void anAcquisitionMustBeARecord() {
		Strategy<NoSettings> odd = new Strategy<>() {
			@Override
			public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
				return List.of(run -> {});
			}

			@Override
			public void adapt(NoSettings settings, StrategyRun run) {
				throw new AssertionError("nobody adapts here");
			}
		};
		Catalog catalog = new SampleCatalog().strategy("odd", "1", NoSettings.class, () -> odd).build();
		List<Problem> problems = ExperimentReader.read(SMALL.replace("fine-tune", "odd"), "f", catalog, Map.of()).problems();
		assertEquals(1, problems.size());
		assertTrue(problems.get(0).toString().startsWith("f:7:14: strategies.0: 'odd' of sample.strategies gives an acquisition "
				+ "that is no record"), problems.toString());
	}

	@Test
	void anExecutorThatIsNotThereIsNamed() {
		assertProblems(SMALL + "executor: {id: slurm}\n",
				"a.experiment.yaml:8:16: executor.id: unknown executor 'slurm'; there are: local");
	}

	// ---- files

	@Test
	void filesAreReadAsUtf8(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("x.experiment.yaml");
		Files.writeString(file, "\uFEFF" + SMALL + "description: Größe ∑ 😀\n");
		Reading reading = ExperimentReader.read(file, CATALOG, Map.of());
		assertEquals(List.of(), reading.problems());
		assertEquals("Größe ∑ 😀", reading.experiment().orElseThrow().description());
		assertEquals("Größe ∑ 😀", valid(reading.frozenText()).description());
		Files.writeString(file, SMALL + "seeds: x\n");
		assertEquals(file + ":8:8: seeds: must be a whole number (in seeds), not the text 'x'",
				ExperimentReader.read(file, CATALOG, Map.of()).problems().get(0).toString());
	}

	@Test
	void filesThatCannotBeRead(@TempDir Path folder) throws Exception {
		Path file = folder.resolve("x");
		assertProblems(ExperimentReader.read(file, CATALOG, Map.of()), file + ": there is no such file");
		assertProblems(ExperimentReader.read(folder, CATALOG, Map.of()), folder + ": is a folder, not an experiment file");
		Files.write(file, new byte[] {'a', (byte) 0xC3, '('});
		assertProblems(ExperimentReader.read(file, CATALOG, Map.of()),
				file + ": is not UTF-8 text; save it as UTF-8 (is it a binary file?)");
		Files.write(file, new byte[2 << 20]);
		assertProblems(ExperimentReader.read(file, CATALOG, Map.of()),
				file + ": is too large for an experiment: more than 1 MiB");
	}
}
