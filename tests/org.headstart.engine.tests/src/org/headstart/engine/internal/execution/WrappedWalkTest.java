package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.wrapper.Wrapper;
import org.headstart.api.wrapper.WrappingSimulation;
import org.headstart.api.wrapper.WrappingSimulator;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.wrappers.ActionRepeat;
import org.headstart.wrappers.ActionRepeatSettings;
import org.headstart.wrappers.Context;
import org.headstart.wrappers.ContextSettings;
import org.headstart.wrappers.FrameStack;
import org.headstart.wrappers.FrameStackSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrappers from the experiment file to a step's result. */
class WrappedWalkTest {

	private static final String WRAP = "wrap: [{id: action-repeat, times: 2}, {id: context, noise: 0.1}, {id: frame-stack, frames: 3}]";

	@TempDir
	Path temp;

	/** Gives an environment of no parameters. */
	private static final class Forgetful implements Wrapper<NoSettings> {

		@Override
		public Simulator wrap(NoSettings settings, TaskFamily family) {
			Simulator inner = Simulator.of(family.environment());
			return new WrappingSimulator() {
				@Override
				public Simulator inner() {
					return inner;
				}

				@Override
				public int parameterCount() {
					return 0;
				}

				@Override
				public Simulation open(LaneStreams streams) {
					return inner.open(streams);
				}
			};
		}
	}

	/** Breaks down in its third step. */
	private static final class Tired implements Wrapper<NoSettings> {

		@Override
		public Simulator wrap(NoSettings settings, TaskFamily family) {
			return new TiredSimulator(Simulator.of(family.environment()));
		}

		private record TiredSimulator(Simulator inner) implements WrappingSimulator {

			@Override
			public Simulation open(LaneStreams streams) {
				return new TiredSimulation(inner.open(streams), new int[1]);
			}
		}

		private record TiredSimulation(Simulation inner, int[] steps) implements WrappingSimulation {

			@Override
			public void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated) {
				if (++steps[0] == 3) {
					throw new IllegalStateException("enough");
				}
				inner.step(actions, moves, rewards, terminated);
			}
		}
	}

	private static Contribution<Wrapper<?>> wrapper(String id, Class<? extends Record> settings, Wrapper<?> instance, String version) {
		return new Contribution<>(id, id, "", "wraps", version, () -> settings, () -> instance);
	}

	private static Catalog catalog(String version) {
		Catalog walk = WalkExperiment.catalog();
		SortedMap<String, Contribution<Wrapper<?>>> wrappers = new TreeMap<>();
		wrappers.put("action-repeat", wrapper("action-repeat", ActionRepeatSettings.class, new ActionRepeat(), version));
		wrappers.put("context", wrapper("context", ContextSettings.class, new Context(), version));
		wrappers.put("frame-stack", wrapper("frame-stack", FrameStackSettings.class, new FrameStack(), version));
		wrappers.put("tired", wrapper("tired", NoSettings.class, new Tired(), version));
		wrappers.put("forgetful", wrapper("forgetful", NoSettings.class, new Forgetful(), version));
		return new Catalog(walk.environments(), wrappers, walk.backbones(), walk.learners(), walk.losses(), walk.strategies(),
				walk.executors(), walk.codeVersions(), List.of());
	}

	private static String text(String wrap) {
		return WalkExperiment.text(1, 600, WalkExperiment.ARMS).replace("environment: walk,", "environment: walk, " + wrap + ",");
	}

	private static ExperimentReader.Reading read(String text) {
		return ExperimentReader.read(text, "test.yaml", catalog("1"), Map.of());
	}

	private static Plan plan(String text, String version) {
		return Planner.plan(ExperimentReader.read(text, "test.yaml", catalog(version), Map.of()).experiment().orElseThrow(),
				catalog(version));
	}

	private static List<String> problems(String wrap) {
		return read(text(wrap)).problems().stream().map(Object::toString).toList();
	}

	@Test
	void theyAreAroundTheEnvironmentTheInnermostFirst() {
		TaskUse target = read(text(WRAP)).experiment().orElseThrow().tasks().target().get(0);
		var environment = target.family().environment();
		assertEquals(13, environment.maxEpisodeSteps(), "25 steps, two by two");
		assertEquals(List.of("state: 9", "context: 3"),
				environment.observationParts().stream().map(part -> part.name() + ": " + part.size()).toList());
		assertEquals(List.of("context: 1", "state: 9"), read(text("wrap: [{id: frame-stack, frames: 3}, {id: context}]")).experiment()
				.orElseThrow().tasks().target().get(0).family().environment().observationParts().stream()
				.map(part -> part.name() + ": " + part.size()).sorted().toList());
		assertEquals(List.of(), target.family().references());
	}

	@Test
	void theFrozenFileHasThemAndSaysNothingWhereThereAreNone() {
		String frozen = read(text(WRAP)).frozenText();
		assertEquals(plan(text(WRAP), "1").steps().stream().map(Step::key).toList(),
				plan(frozen, "1").steps().stream().map(Step::key).toList());
		assertFalse(read(WalkExperiment.text(1, 600, WalkExperiment.ARMS)).frozenText().contains("wrap"));
	}

	@Test
	void whatIsWrongHasItsPlace() {
		assertEquals(List.of(
				"test.yaml:7:42: source.0.wrap.0.id: unknown wrapper 'frame-stak'; did you mean 'frame-stack'? There are: action-repeat, context, forgetful, frame-stack, tired",
				"test.yaml:8:42: target.0.wrap.0.id: unknown wrapper 'frame-stak'; did you mean 'frame-stack'? There are: action-repeat, context, forgetful, frame-stack, tired"),
				problems("wrap: [{id: frame-stak}]"));
		assertEquals("test.yaml:7:61: source.0.wrap.0.frames: must be from 2 to 100 (in frames), is 1",
				problems("wrap: [{id: frame-stack, frames: 1}]").get(0).replaceAll("7:\\d+", "7:61"));
		assertTrue(problems("wrap: [{id: frame-stack, frame: 2}]").get(0).contains("source.0.wrap.0.frame: "),
				problems("wrap: [{id: frame-stack, frame: 2}]")::toString);
		assertTrue(problems("wrap: [{id: context, show: [mass]}]").get(0)
				.endsWith("source.0.wrap.0: show: the tasks have no parameter 'mass'; there are goal"),
				problems("wrap: [{id: context, show: [mass]}]")::toString);
		assertTrue(problems("wrap: {id: context}").get(0).contains("source.0.wrap: must be a list"),
				problems("wrap: {id: context}")::toString);
		assertTrue(problems("wrap: [context]").get(0).endsWith("source.0.wrap.0: must be a map like {id: context}"),
				problems("wrap: [context]")::toString);
		assertTrue(
				problems("wrap: [{id: forgetful}]").get(0)
						.endsWith("source.0.wrap.0: bundle wraps, contribution 'forgetful': the wrapped"
								+ " environment has 0 parameters; the family has 1, and a wrapper leaves tasks as they are"),
				problems("wrap: [{id: forgetful}]")::toString);
	}

	@Test
	void labelsTellThemApart() {
		String two = WalkExperiment.text(1, 600, "  - {id: scratch}").replace("target: [", "target: [{environment: walk, task: test, wrap:"
				+ " [{id: context}, {id: frame-stack, frames: 2}], steps: 600}, ");
		assertEquals(List.of("walk/test wrap=\"context+frame-stack(frames=2)\"", "walk/test"),
				read(two).experiment().orElseThrow().tasks().target().stream().map(TaskUse::label).toList());
	}

	@Test
	void stepsAreKeyedBySettingsAndCode() {
		String bare = WalkExperiment.text(1, 600, WalkExperiment.ARMS);
		assertEquals(WalkExperiment.plan(bare).steps().get(0).key(), plan(bare, "1").steps().get(0).key(), "what is not there is no key");
		Step one = plan(text("wrap: [{id: frame-stack, frames: 3}]"), "1").steps().get(0);
		assertTrue(one.identity().contains(" in frame-stack {frames: 3, parts: []} set train"), one::identity);
		assertTrue(one.identity().contains("code of contribution frame-stack of wraps: 1\n"), one::identity);
		assertNotEquals(one.key(), plan(text("wrap: [{id: frame-stack, frames: 2}]"), "1").steps().get(0).key());
		assertNotEquals(one.key(), plan(text("wrap: [{id: frame-stack, frames: 3}]"), "2").steps().get(0).key());
	}

	@Test
	void whatFailsHasTheNameOfWhoFailed() throws IOException {
		Plan tired = plan(text("wrap: [{id: context}, {id: tired}, {id: frame-stack, frames: 2}]"), "1");
		ResultStore store = store("out");
		assertTrue(assertThrows(BrokenContributionException.class, () -> runner(store, tired).run(tired.steps().get(0).key(),
				StepRunnerTest.DEAF, new CancelToken())).getMessage().startsWith(
						"bundle wraps, contribution 'tired': step failed: java.lang.IllegalStateException: enough, at "));
		Plan fit = plan(text(WRAP), "1");
		WalkDynamics.COUNTDOWN.set(new WalkDynamics.Countdown(5, () -> {
			throw new IllegalStateException("out of breath");
		}));
		try {
			assertTrue(assertThrows(BrokenContributionException.class, () -> runner(store, fit).run(fit.steps().get(0).key(),
					StepRunnerTest.DEAF, new CancelToken())).getMessage().startsWith(
							"bundle test, contribution 'walk': step failed: java.lang.IllegalStateException: out of breath, at "));
		} finally {
			WalkDynamics.COUNTDOWN.remove();
		}
	}

	@Test
	void stepsRunAreResumedAndAreWatched() throws IOException {
		Plan plan = plan(text(WRAP), "1");
		ResultStore whole = store("whole");
		ResultStore interrupted = store("interrupted");
		Random random = new Random(3);
		int interruptions = 0;
		for (Step step : plan.steps()) {
			runner(whole, plan).run(step.key(), StepRunnerTest.DEAF, new CancelToken());
			while (!interrupted.finished(step.key())) {
				try {
					new StepRunnerTest.CancelAfter(random.nextInt(400)).run(runner(interrupted, plan), step.key());
				} catch (CancellationException e) {
					interruptions++;
				}
			}
			assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(interrupted, step.key()), step.label());
			assertEquals("1", whole.provenance(step.key()).versions().get("contribution frame-stack of wraps"));
		}
		assertTrue(interruptions > 3, "only " + interruptions + " interruptions");
		Step last = plan.steps().get(plan.steps().size() - 1);
		assertTrue(Playback.of(whole, plan, last.key(), catalog("1"), new LinearNetwork.Factory())
				.play(1, 40, 30, (frame, number, at, reward) -> true).steps() <= 13);
	}

	private ResultStore store(String name) throws IOException {
		Files.createDirectories(temp.resolve(name).resolve("steps"));
		return new ResultStore(temp.resolve(name));
	}

	private static StepRunner runner(ResultStore store, Plan plan) {
		return new StepRunner(store, plan, WalkExperiment.catalog(), new LinearNetwork.Factory());
	}
}
