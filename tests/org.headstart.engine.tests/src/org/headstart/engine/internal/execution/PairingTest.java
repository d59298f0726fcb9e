package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Learner;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.CostEstimate;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.wrappers.FrameStack;
import org.headstart.wrappers.FrameStackSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arms with a learner, wrappers and sources of their own, targets with sources of their own, and acquisitions that build on each other. */
class PairingTest {

	@TempDir
	Path temp;

	/** Learns on one source after the other, each time from where the last one left off, and goes on from the last. */
	private static final class Ladder implements Strategy<NoSettings> {

		private record Rung(int number) implements Acquisition {

			@Override
			public List<Acquisition> needs() {
				return number == 0 ? List.of() : List.of(new Rung(number - 1));
			}

			@Override
			public List<Integer> sources(int count) {
				return List.of(number);
			}

			@Override
			public void run(StrategyRun run) throws IOException {
				climb(run, TrainingPhase.of("rung", TrainingPhase.REMAINING));
			}
		}

		private static Agent climb(StrategyRun run, TrainingPhase phase) throws IOException {
			int number = run.knowledge().size();
			Agent agent = run.agent("agent");
			if (number > 0) {
				run.warmStart(agent, run.knowledge().get(number - 1), List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)),
						new StrategyRun.Keep(true, true));
			}
			run.train(agent, phase);
			run.save("rung-" + number, agent);
			return agent;
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			List<Acquisition> rungs = new ArrayList<>();
			for (int i = 0; i < sources.size(); i++) {
				// each one finds the agent of the last alone, so that its number is the number of those before it
				rungs.add(i < 2 ? new Rung(i) : new Top(i));
			}
			return rungs;
		}

		/** The third rung, which needs both below. */
		private record Top(int number) implements Acquisition {

			@Override
			public List<Acquisition> needs() {
				return List.of(new Rung(0), new Rung(1));
			}

			@Override
			public List<Integer> sources(int count) {
				return List.of(number);
			}

			@Override
			public void run(StrategyRun run) throws IOException {
				climb(run, TrainingPhase.of("rung", TrainingPhase.REMAINING));
			}
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			climb(run, TrainingPhase.whole("target"));
		}
	}

	/** Its acquisitions save under one name. */
	private static final class Twins implements Strategy<NoSettings> {

		private record Twin(int number) implements Acquisition {

			@Override
			public void run(StrategyRun run) throws IOException {
				Agent agent = run.agent("agent");
				run.train(agent, TrainingPhase.of("twin", 100));
				run.save("twin", agent);
			}
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new Twin(1), new Twin(2));
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			run.warmStart(run.agent("agent"), "twin", List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)),
					new StrategyRun.Keep(true, true));
		}
	}

	/** Goes to and fro between the target and the sources, and ends on the target. */
	private static final class ToAndFro implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public boolean adaptsOnSources(NoSettings settings) {
			return true;
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			for (int source = 1; source < run.taskCount(); source++) {
				run.train(agent, TrainingPhase.of("target-" + source, 60));
				run.train(agent, TrainingPhase.of("source-" + source, TrainingPhase.REMAINING).onTask(source));
			}
			run.train(agent, TrainingPhase.whole("target"));
		}
	}

	/** Gives acquisitions that cannot be. */
	private record Wrong(List<Acquisition> acquisitions) implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return acquisitions;
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) {
			throw new AssertionError("nobody adapts here");
		}
	}

	private record Needing(List<Acquisition> needs, List<Integer> on) implements Acquisition {

		@Override
		public List<Integer> sources(int count) {
			return on;
		}

		@Override
		public void run(StrategyRun run) {
			throw new AssertionError("nobody runs this");
		}
	}

	private static Catalog catalog(Strategy<NoSettings> ladder) {
		Catalog walk = WalkExperiment.catalog();
		SortedMap<String, Contribution<Strategy<?>>> strategies = new TreeMap<>(walk.strategies());
		strategies.put("ladder", new Contribution<>("ladder", "Ladder", "", "ladders", "1", () -> NoSettings.class, () -> ladder));
		SortedMap<String, Contribution<Learner<?>>> learners = new TreeMap<>(walk.learners());
		learners.put("wide", new Contribution<>("wide", "Wide", "", "wide", "1", () -> NoSettings.class, () -> new GradientLearner(6)));
		SortedMap<String, Contribution<Wrapper<?>>> wrappers = new TreeMap<>();
		wrappers.put("frame-stack",
				new Contribution<>("frame-stack", "Frames", "", "wraps", "1", () -> FrameStackSettings.class, FrameStack::new));
		return new Catalog(walk.environments(), wrappers, walk.backbones(), learners, walk.losses(), strategies,
				walk.executors(), walk.codeVersions(), List.of());
	}

	private static final Catalog CATALOG = catalog(new Ladder());

	/** Three sources a, b, c of 300, 400, 500 steps, a target for two of them and one for all. */
	private static String text(String arms) {
		return """
				headstart: 1
				name: pairs
				seeds: 1
				backbone: {id: none}
				learner: {id: gradient}
				source:
				- {environment: walk, task: train, steps: 300, label: a}
				- {environment: walk, task: train, steps: 400, label: b}
				- {environment: walk, task: train, steps: 500, label: c}
				target:
				- {environment: walk, task: test, steps: 300, label: two, sources: [a, b]}
				- {environment: walk, task: test, steps: 300, label: all}
				strategies:
				%s
				evaluation: {every: 200, episodes: 2, greedy: false}
				""".formatted(arms.stripTrailing());
	}

	private static ExperimentReader.Reading read(String text, Catalog catalog) {
		return ExperimentReader.read(text, "f", catalog, Map.of());
	}

	private static Plan plan(String arms) {
		ExperimentReader.Reading reading = read(text(arms), CATALOG);
		return Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(reading.problems().toString())), CATALOG);
	}

	private static List<String> problems(String text, Catalog catalog) {
		return read(text, catalog).problems().stream().map(Object::toString).toList();
	}

	private static String line(Step step, String what) {
		return String.join(" ", step.identity().lines().filter(line -> line.startsWith(what)).toList());
	}

	@Test
	void acquisitionsBuildOnEachOtherAndAreSharedByTargetsWithTheSameBeginning() throws IOException {
		Plan plan = plan("- {id: ladder}");
		assertEquals(List.of("acquire for ladder, part 1, on a, seed 1", "acquire for ladder, part 2, on b, seed 1",
				"acquire for ladder, part 3, on c, seed 1", "adapt ladder to two, seed 1", "adapt ladder to all, seed 1"),
				plan.steps().stream().map(Step::label).toList());
		List<String> keys = plan.steps().stream().map(Step::key).toList();
		assertEquals(List.of(List.of(), keys.subList(0, 1), keys.subList(0, 2), keys.subList(0, 2), keys.subList(0, 3)),
				plan.steps().stream().map(Step::needs).toList());
		assertEquals(List.of(300L, 400L, 500L, 300L, 300L), plan.steps().stream().map(Step::envSteps).toList());
		assertEquals(List.of("300", "400", "500", "300", "300"),
				plan.steps().stream()
						.map(step -> CostEstimate.of(plan.experiment(), step).training().get(BudgetUnit.ENVIRONMENT_STEPS).toString())
						.toList());
		ResultStore store = store(temp.resolve("ladder"));
		StepRunner runner = new StepRunner(store, plan, CATALOG, new LinearNetwork.Factory());
		for (Step step : plan.steps()) {
			runner.run(step.key(), StepRunnerTest.DEAF, new CancelToken());
		}
		assertEquals("rung-1", store.provenance(keys.get(2)).warmStarts().get(0).from());
		assertEquals("rung-1", store.provenance(keys.get(3)).warmStarts().get(0).from());
		assertEquals("rung-2", store.provenance(keys.get(4)).warmStarts().get(0).from());
		assertEquals(400, store.provenance(keys.get(1)).environmentSteps());
		assertTrue(Playback.of(store, plan, keys.get(2), CATALOG, new LinearNetwork.Factory())
				.play(1, 8, 8, (frame, episode, number, reward) -> true).steps() > 0);
	}

	@Test
	void aTargetsSourcesAreItsOwnAlsoForWhoLearnsNothingThere() {
		Plan plan = plan("- {id: scratch}\n- {id: warm-up}");
		assertEquals(List.of("acquire for warm-up, on a, b, seed 1", "acquire for warm-up, seed 1", "adapt scratch to two, seed 1",
				"adapt scratch to all, seed 1", "adapt warm-up to two, seed 1", "adapt warm-up to all, seed 1"),
				plan.steps().stream().map(Step::label).toList());
		assertEquals("paired with: walk {} set train steps 300 paired with: walk {} set train steps 400",
				line(plan.steps().get(2), "paired"));
		assertEquals("", line(plan.steps().get(3), "paired"));
		assertEquals(List.of(700L, 1200L), plan.steps().stream().limit(2).map(Step::envSteps).toList());
	}

	@Test
	void allSourcesByNameAreAllSources() {
		List<String> keys = plan("- {id: warm-up}").steps().stream().map(Step::key).toList();
		assertEquals(keys, plan("- {id: warm-up, sources: [c, a, b]}").steps().stream().map(Step::key).toList());
		assertNotEquals(keys.get(0), plan("- {id: warm-up, sources: a}").steps().get(0).key());
	}

	@Test
	void armsThatComeToTheSameOnATargetAreTwoSteps() {
		Plan plan = plan("- {id: warm-up}\n- {id: warm-up, label: own, sources: [a, b]}");
		assertEquals(List.of("acquire for warm-up, own, on a, b, seed 1", "acquire for warm-up, seed 1"),
				plan.steps().stream().map(Step::label).limit(2).toList());
		assertEquals(plan.steps().size(), plan.steps().stream().map(Step::key).distinct().count());
		assertEquals(plan.steps().get(2).needs(), plan.steps().get(4).needs());
	}

	@Test
	void anArmLearnsWithWhatItNames() throws IOException {
		Plan plan = plan("""
				- {id: warm-up}
				- {id: warm-up, label: wide, learner: {id: wide}}
				- {id: warm-up, label: stacked, wrap: [{id: frame-stack, frames: 3}], sources: c}
				""".replace("sources: c}", "sources: [a, b]}"));
		List<Step> all =
				plan.steps().stream().filter(step -> step.label().contains(" to two") || step.label().startsWith("acquire")).toList();
		assertEquals(List.of("acquire for warm-up, on a, b, seed 1", "acquire for warm-up, seed 1", "acquire for wide, on a, b, seed 1",
				"acquire for wide, seed 1", "acquire for stacked, on a, b, seed 1", "adapt warm-up to two, seed 1",
				"adapt wide to two, seed 1", "adapt stacked to two, seed 1"), all.stream().map(Step::label).toList());
		assertEquals("learner: gradient {}", line(all.get(5), "learner"));
		assertEquals("learner: wide {}", line(all.get(6), "learner"));
		assertEquals("target: walk {} in frame-stack {frames: 3, parts: []} set test steps 300", line(all.get(7), "target"));
		assertTrue(line(all.get(7), "code of contribution frame-stack of wraps").endsWith(": 1")
				&& line(all.get(6), "code of contribution frame-stack of wraps").isEmpty());
		ResultStore store = store(temp.resolve("own"));
		StepRunner runner = new StepRunner(store, plan, CATALOG, new LinearNetwork.Factory());
		for (int step : List.of(0, 2, 4, 5, 6, 7)) {
			runner.run(all.get(step).key(), StepRunnerTest.DEAF, new CancelToken());
		}
		assertEquals(3 * observed(store, all.get(5)), observed(store, all.get(7)));
		assertTrue(Files.readString(agent(store, all.get(6))).contains("\"wide\""));
		assertTrue(store.provenance(all.get(7).key()).versions().containsKey("contribution frame-stack of wraps"));
		assertFalse(store.provenance(all.get(6).key()).versions().containsKey("contribution frame-stack of wraps"));
	}

	/** As a run makes it. */
	private static ResultStore store(Path folder) throws IOException {
		Files.createDirectories(folder.resolve("steps"));
		return new ResultStore(folder);
	}

	private static Path agent(ResultStore store, Step step) {
		return store.step(step.key()).resolve(ResultStore.CHECKPOINT).resolve("final").resolve("agent.json");
	}

	/** Numbers in the observation of the agent that a step left. */
	private static int observed(ResultStore store, Step step) throws IOException {
		return SavedAgent.open(agent(store, step).getParent(), CATALOG, new LinearNetwork.Factory(), new AtWork(),
				new RandomStreams(1)).made().description().observation().stream()
				.mapToInt(part -> part.shape().stream().reduce(1, (a, b) -> a * b)).sum();
	}

	@Test
	void anAdaptationTrainsOnSourcesToo() throws IOException {
		Catalog catalog = catalog(new ToAndFro());
		ExperimentReader.Reading reading = read(text("- {id: ladder}"), catalog);
		assertEquals(List.of(), reading.problems());
		Plan plan = Planner.plan(reading.experiment().orElseThrow(), catalog);
		assertEquals(List.of("adapt ladder to two, seed 1", "adapt ladder to all, seed 1"),
				plan.steps().stream().map(Step::label).toList());
		Step two = plan.steps().get(0);
		assertEquals("source 1: walk {} set train steps 300 source 2: walk {} set train steps 400", line(two, "source"));
		assertEquals(List.of(1000L, 1500L), plan.steps().stream().map(Step::envSteps).toList());
		assertEquals("1000", CostEstimate.of(plan.experiment(), two).training().get(BudgetUnit.ENVIRONMENT_STEPS).toString());
		ResultStore store = store(temp.resolve("joint"));
		new StepRunner(store, plan, CATALOG, new LinearNetwork.Factory()).run(two.key(), StepRunnerTest.DEAF, new CancelToken());
		List<String> tasks = store.metrics(two.key()).orElseThrow().rows().stream().map(MetricsRow::task).distinct().toList();
		assertEquals(List.of("walk/test", "source 1: walk/train", "source 2: walk/train"), tasks);
		assertEquals(List.of(false, true, true), store.metrics(two.key()).orElseThrow().rows().stream()
				.collect(Collectors.toMap(MetricsRow::task, MetricsRow::aside, (a, b) -> a, LinkedHashMap::new)).values().stream()
				.toList());
		StepProvenance made = store.provenance(two.key());
		assertTrue(made.environmentSteps() > 900 && made.environmentSteps() <= 1000, made.environmentSteps() + " steps");
		// the last rows are of the target, and the agent is judged there
		List<MetricsRow> rows = store.metrics(two.key()).orElseThrow().rows();
		assertEquals("walk/test", rows.get(rows.size() - 1).task());
		assertEquals(List.of("f:14:3: strategies.0: 'ladder' learns on sources, but 'source' lists none"),
				problems(text("- {id: ladder}").replaceAll("(?m)^source:\n(- .*label: [abc]}\n)+", "").replace(", sources: [a, b]", "")
						.replace("label: two", "label: two, sources: []").replace("steps: 300, label: all", "steps: 400, label: all"),
						catalog).stream().map(problem -> problem.replaceFirst("f:\\d+", "f:14")).toList());
	}

	@Test
	void theFrozenFileKeepsEverything() {
		String arms =
				"""
						- {id: ladder}
						- {id: warm-up, label: own, backbone: {id: none}, learner: {id: wide}, wrap: [{id: frame-stack, frames: 3}], sources: [b, a]}
						""";
		ExperimentReader.Reading reading = read(text(arms), CATALOG);
		ExperimentReader.Reading again = read(reading.frozenText(), CATALOG);
		assertEquals(again.frozenText(), reading.frozenText());
		assertEquals(Planner.plan(reading.experiment().orElseThrow(), CATALOG).steps().stream().map(Step::key).toList(),
				Planner.plan(again.experiment().orElseThrow(), CATALOG).steps().stream().map(Step::key).toList());
	}

	@Test
	void whatDoesNotFitIsToldWhereItStands() {
		assertEquals(List.of("f:14:35: strategies.0.sources.1: unknown source 'd'; did you mean 'a'? There are: a, b, c"),
				problems(text("- {id: ladder, sources: [a,       d]}"), CATALOG));
		assertEquals(List.of(
				"f:14:3: strategies.0: 'warm-up' learns on sources first, but its 'sources' and those of target 'two' have none in common"),
				problems(text("- {id: warm-up, sources: c}"), CATALOG));
		assertEquals(List.of("f:14:34: strategies.0.learner.id: unknown learner 'wild'; did you mean 'wide'? There are: gradient, wide"),
				problems(text("- {id: ladder,     learner: {id: wild}}"), CATALOG));
		assertEquals(List
				.of("f:7:67: source.0.sources: belongs into a target, where it names the sources that are learned on for it; leave it out"),
				problems(text("- {id: ladder}").replace("label: a}", "label: a, sources: [b]}"), CATALOG));
		assertEquals(List.of("f:9:3: warning: source.2: no strategy learns on 'c'"),
				problems(text("- {id: ladder, sources: [a, b]}"), CATALOG));
		assertEquals(List.of("f:15:3: strategies.1: is the same as strategies.0; the results would be the same too, remove one"),
				problems(text("- {id: ladder, learner: {id: wide}}\n- {id: ladder, learner: {id: wide}}"), CATALOG));
	}

	@Test
	void acquisitionsThatCannotBeAreTold() {
		Needing base = new Needing(List.of(), List.of(0));
		for (Map.Entry<String, Needing> each : Map.of("needs one that does not stand before it", new Needing(List.of(base), List.of(0)),
				"learns on the sources [5] of", new Needing(List.of(), List.of(5)), "learns on the sources [] of",
				new Needing(List.of(), List.of()), "learns on the sources [1, 1] of", new Needing(List.of(), List.of(1, 1))).entrySet()) {
			String problem = problems(text("- {id: ladder}"), catalog(new Wrong(List.of(each.getValue())))).toString().substring(1);
			assertTrue(problem.startsWith("f:14:3: strategies.0: 'ladder' of ladders gives the acquisition ")
					&& problem.contains(each.getKey()), problem);
		}
	}

	@Test
	void agentsOfOneNameAreAskedFor() throws IOException {
		Catalog catalog = catalog(new Twins());
		Plan plan = Planner.plan(read(text("- {id: ladder}"), catalog).experiment().orElseThrow(), catalog);
		ResultStore store = store(temp.resolve("twins"));
		StepRunner runner = new StepRunner(store, plan, CATALOG, new LinearNetwork.Factory());
		for (Step step : plan.steps()) {
			if (step.kind() == Step.Kind.ACQUIRE) {
				runner.run(step.key(), StepRunnerTest.DEAF, new CancelToken());
			} else {
				assertTrue(assertThrows(RuntimeException.class, () -> runner.run(step.key(), StepRunnerTest.DEAF, new CancelToken()))
						.toString().contains("2 acquisitions left an agent named 'twin'; they have to save under different names"));
			}
		}
	}
}
