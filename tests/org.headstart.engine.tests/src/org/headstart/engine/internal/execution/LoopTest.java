package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

import org.headstart.analysis.internal.Results;
import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Loop;
import org.headstart.api.strategy.LoopRun;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Planner;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops of a strategy's own: what they may do, what they cost, what the metrics say, and that a resume repeats nothing. */
class LoopTest {

	private static final int BUDGET = 600;

	/** Called in each iteration with its number since the step began, as the loop's state counts it. */
	private static IntConsumer hook = iteration -> {
		// nobody listens
	};
	/** Called in each step that is collected. */
	private static Runnable watched = () -> {
		// nobody listens
	};
	/** Iterations that were begun, in all attempts. */
	private static int begun;

	@TempDir
	Path temp;
	private int failures;

	@AfterEach
	void forget() {
		hook = iteration -> {};
		watched = () -> {};
		begun = 0;
	}

	/** Two agents, a task for each, that take turns; the first looks into the other's task now and then. */
	private static final class InTurn implements Loop, LoopRun.Watcher {

		private final Agent one;
		private final Agent other;
		/** The task of the other one. */
		private final int second;
		private final int most;
		private final RandomStream random;
		private final Counting counting = new Counting();
		private int iterations;
		private double meanReward;

		InTurn(StrategyRun run, Agent one, Agent other, int second, int most) {
			this.most = most;
			this.one = one;
			this.other = other;
			this.second = second;
			random = run.random("turns");
		}

		@Override
		public boolean run(LoopRun run) throws IOException {
			begun++;
			hook.accept(++iterations);
			long taken = run.train(one, 0, run.updateSteps(one) * 7);
			taken += run.train(other, second, 28);
			if (random.nextFloat() < 0.4f) {
				taken += run.train(one, second, 16);
			}
			taken += run.collect(one, second, 3, 12, this);
			taken += run.collect("counting", View.PLAIN, counting, 0, 2, 10, this);
			if (iterations % 2 == 0) {
				run.evaluate(one, second);
				double mean = run.evaluate(one, 0);
				assertTrue(Double.isFinite(mean));
			}
			run.report("collected-reward", meanReward);
			return taken > 0 && iterations < most;
		}

		@Override
		public void acted(Lanes lanes, ActionBatch actions) {
			watched.run();
			assertEquals(lanes.lanes(), actions.index.length);
		}

		@Override
		public void stepped(Lanes lanes) {
			for (float reward : lanes.rewards()) {
				meanReward += 0.1 * (reward - meanReward);
			}
		}

		@Override
		public void writeState(DataOutput out) throws IOException {
			out.writeInt(iterations);
			out.writeDouble(meanReward);
			out.writeInt(counting.acts);
			random.writeState(out);
		}

		@Override
		public void readState(DataInput in) throws IOException {
			iterations = in.readInt();
			meanReward = in.readDouble();
			counting.acts = in.readInt();
			random.readState(in);
		}
	}

	/** Remembers how often it has acted. */
	private static final class Counting implements Policy {

		private int acts;

		@Override
		public void begin(Lanes environment) {
			assertEquals(0, acts, "the beginning is told once, even in a resumed run");
		}

		@Override
		public void act(Lanes environment, ActionBatch actions) {
			for (int lane = 0; lane < environment.lanes(); lane++) {
				actions.index[lane] = acts / 3 % 2;
			}
			acts++;
		}
	}

	/** Learns on two sources in turn, and goes on with a phase, a loop and another phase on the target. */
	private static final class Turns implements Strategy<NoSettings> {

		/** Two agents. */
		record Both() implements Acquisition {

			@Override
			public void run(StrategyRun run) throws IOException {
				Agent one = run.agent("one");
				Agent other = run.agent("other");
				run.loop("in-turn", List.of(one, other), new InTurn(run, one, other, 1, Integer.MAX_VALUE));
				run.save("one", one);
				run.save("other", other);
			}
		}

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of(new Both());
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			run.warmStart(agent, "one", List.of(new WarmStartRule("", WarmStartRule.Action.LOAD)), new StrategyRun.Keep(true, true));
			run.train(agent, TrainingPhase.granted("shots"));
			Agent helper = run.agent("helper");
			run.loop("both", List.of(agent, helper), new InTurn(run, agent, helper, 0, 3));
			run.train(agent, TrainingPhase.of("rest", TrainingPhase.REMAINING));
		}
	}

	/** An iteration with one agent. */
	@FunctionalInterface
	private interface Iteration {
		boolean run(LoopRun run, Agent agent) throws IOException;
	}

	/** A loop on the target alone. */
	private record OnTarget(Iteration iteration) implements Strategy<NoSettings> {

		@Override
		public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		public void adapt(NoSettings settings, StrategyRun run) throws IOException {
			Agent agent = run.agent("agent");
			run.loop("loop", List.of(agent), loop -> iteration.run(loop, agent));
		}
	}

	private static Catalog catalog(Strategy<?> strategy, boolean open) {
		return WalkExperiment.catalogWith(new WalkDynamics.Walk(), new GradientLearner(4, open), strategy);
	}

	private static Plan plan(Catalog catalog) {
		String text = WalkExperiment.text(1, BUDGET, "  - {id: scratch}").replace("source: [{environment: walk, task: train, steps: 600}]",
				"source: [{environment: walk, task: train, steps: 600}, {environment: walk, task: train, tasks: 1, steps: 450}]")
				.replace("greedy: false", "greedy: false, trials: true");
		ExperimentReader.Reading reading = ExperimentReader.read(text, "test.yaml", catalog, Map.of());
		return Planner.plan(reading.experiment().orElseThrow(() -> new AssertionError(reading.problems().toString())), catalog);
	}

	/** Task and environment steps of each evaluation, as {@code trials.csv} has them. */
	private static List<String> evaluations(Path trials) throws IOException {
		return Files.readAllLines(trials).stream().skip(1).map(line -> line.split(",")).filter(row -> row[4].equals("1"))
				.map(row -> row[1] + " " + row[2]).toList();
	}

	/** A plan, and where its steps are run. */
	private final class Tested {

		final Catalog catalog;
		final Plan plan;
		final ResultStore store;

		Tested(String name, Strategy<?> strategy, boolean open) throws IOException {
			catalog = catalog(strategy, open);
			plan = plan(catalog);
			Files.createDirectories(temp.resolve(name).resolve("steps"));
			store = new ResultStore(temp.resolve(name));
		}

		void run(Step step, CancelToken cancel) throws IOException {
			new StepRunner(store, plan, catalog, new LinearNetwork.Factory()).run(step.key(), StepRunnerTest.DEAF, cancel);
		}

		Tested all() throws IOException {
			for (Step step : plan.steps()) {
				run(step, new CancelToken());
			}
			return this;
		}

		Map<String, Integer> contents(int step) throws IOException {
			return StepFolders.contents(store, plan.steps().get(step).key());
		}

		List<MetricsRow> rows(int step) throws IOException {
			return store.metrics(plan.steps().get(step).key()).orElseThrow().rows();
		}
	}

	/** Wherever it is interrupted, by a cancel in a loop as in a phase, and between loops and phases. */
	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void interruptedAnywhereGivesTheSameBytes(boolean open) throws IOException {
		Tested whole = new Tested("whole", new Turns(), open).all();
		Random random = new Random(5);
		int interruptions = 0;
		for (int attempt = 0; attempt < 5; attempt++) {
			Tested interrupted = new Tested("interrupted-" + attempt, new Turns(), open);
			for (Step step : interrupted.plan.steps()) {
				while (!interrupted.store.finished(step.key())) {
					CancelToken token = new CancelToken();
					WalkDynamics.COUNTDOWN.set(new WalkDynamics.Countdown(random.nextInt(250), token::cancel));
					try {
						interrupted.run(step, token);
					} catch (CancellationException e) {
						interruptions++;
					} finally {
						WalkDynamics.COUNTDOWN.remove();
					}
				}
			}
			assertEquals(whole.contents(0), interrupted.contents(0), "acquisition of attempt " + attempt);
			assertEquals(whole.contents(1), interrupted.contents(1), "adaptation of attempt " + attempt);
		}
		assertTrue(interruptions > 20, "only " + interruptions + " interruptions");
	}

	/** Interrupted in every iteration, each is begun once all the same: nothing is repeated. */
	@Test
	void aResumeRepeatsNothing() throws IOException {
		Tested whole = new Tested("whole", new Turns(), true).all();
		int iterations = begun;
		assertTrue(iterations > 8, "only " + iterations + " iterations");
		begun = 0;
		Tested interrupted = new Tested("interrupted", new Turns(), true);
		int interruptions = 0;
		for (Step step : interrupted.plan.steps()) {
			while (!interrupted.store.finished(step.key())) {
				CancelToken token = new CancelToken();
				hook = iteration -> token.cancel();
				try {
					interrupted.run(step, token);
				} catch (CancellationException e) {
					interruptions++;
				}
			}
		}
		assertEquals(iterations, begun);
		assertEquals(iterations, interruptions);
		assertEquals(whole.contents(0), interrupted.contents(0));
		assertEquals(whole.contents(1), interrupted.contents(1));
	}

	/** Who cancels does not wait for a long iteration; what it did is done again. */
	@Test
	void aLongIterationGoesBackToTheLastCheckpoint() throws IOException {
		Tested whole = new Tested("whole", new Turns(), true).all();
		int iterations = begun;
		begun = 0;
		Tested interrupted = new Tested("interrupted", new Turns(), true);
		CancelToken token = new CancelToken();
		hook = iteration -> {
			if (iteration == 2) {
				token.cancel();
			}
		};
		watched = () -> {
			if (token.isCancelled()) {
				sleep(300);
			}
		};
		assertThrows(CancellationException.class, () -> interrupted.run(interrupted.plan.steps().get(0), token));
		assertEquals(2, begun);
		forget();
		begun = 2;
		interrupted.all();
		assertTrue(begun > iterations, "the second iteration is begun again");
		assertEquals(whole.contents(0), interrupted.contents(0));
		assertEquals(whole.contents(1), interrupted.contents(1));
	}

	private static void sleep(int milliseconds) {
		try {
			Thread.sleep(milliseconds);
		} catch (InterruptedException e) {
			throw new AssertionError(e);
		}
	}

	/** Rows: each source has the curve of the agent that learned on it first; who looks in stands aside. */
	@Test
	void curvesAreOfOneAgentATask() throws IOException {
		Tested tested = new Tested("out", new Turns(), true).all();
		Map<String, List<MetricsRow>> byTask = tested.rows(0).stream().collect(Collectors.groupingBy(MetricsRow::task));
		assertEquals(List.of("agent one: walk/train#0", "walk/train", "walk/train#0"), byTask.keySet().stream().sorted().toList());
		assertEquals(tested.rows(0).stream().map(row -> row.task() + " " + row.steps()).toList(),
				evaluations(tested.store.step(tested.plan.steps().get(0).key()).resolve(ResultStore.TRIALS)));
		for (MetricsRow row : tested.rows(0)) {
			assertEquals("in-turn", row.phase());
			assertEquals(row.task().startsWith("agent "), row.aside());
			assertTrue(row.learner().containsKey("collected-reward") || row.steps() < 200, row.toString());
		}
		for (String task : List.of("walk/train", "walk/train#0")) {
			long before = 0;
			List<MetricsRow> rows = byTask.get(task);
			assertEquals(0, rows.get(0).steps());
			for (MetricsRow row : rows) {
				assertTrue(row.steps() >= before);
				before = row.steps();
			}
			long budget = task.endsWith("#0") ? 450 : BUDGET;
			assertTrue(before <= budget && before > budget - 4, "the last row is at " + before);
			long cadence = before / 2 / 200 * 200;
			assertTrue(rows.stream().anyMatch(row -> row.steps() >= cadence && row.steps() < cadence + 60), "no row near " + cadence);
		}
		// of all tasks together, ascending
		List<MetricsRow> aside = byTask.get("agent one: walk/train#0");
		assertTrue(aside.get(0).steps() > 0 && aside.get(aside.size() - 1).steps() > aside.get(0).steps());

		tested.store.freeze("", tested.plan, false);
		Results results = Results.read(tested.store.folder());
		assertEquals(List.of(), results.problems());
		assertEquals(List.of("walk/train", "walk/train#0", "agent one: walk/train#0"),
				results.acquisitions().stream().map(AcquisitionResult::source).toList());
		AdaptationResult adaptation = results.adaptations().get(0);
		List<MetricsRow> target = tested.rows(1);
		assertTrue(target.stream().noneMatch(MetricsRow::aside), "the only agent that is judged is the loop's first");
		assertEquals(0, adaptation.steps()[0]);
		assertEquals(BUDGET, adaptation.steps()[adaptation.steps().length - 1], 4);
		assertEquals(List.of(0, 1, 3), target.stream().map(MetricsRow::shots).filter(shots -> shots >= 0).distinct().toList());
		assertEquals(List.of("shots", "both", "rest"), target.stream().map(MetricsRow::phase).distinct().toList());
		long taken = tested.store.provenance(tested.plan.steps().get(1).key()).environmentSteps();
		assertTrue(taken <= BUDGET && taken > BUDGET - 4, taken + " steps");
		assertEquals(List.of("final"), tested.store.provenance(tested.plan.steps().get(1).key()).agents());
		assertEquals(List.of("one", "other"), tested.store.provenance(tested.plan.steps().get(0).key()).agents());
	}

	private String failure(Iteration iteration) throws IOException {
		Tested tested = new Tested("failure-" + ++failures, new OnTarget(iteration), true);
		return assertThrows(RuntimeException.class, tested::all).getMessage();
	}

	@Test
	void whatCannotBeIsRefused() throws IOException {
		assertTrue(failure((run, agent) -> run.train(agent, 0, 2) == 0).contains("would never end"), "a rest is never taken");
		assertTrue(failure((run, agent) -> run.collect(agent, 0, 0, 10, (lanes, actions) -> {}) > 0).contains("collects from 0 lanes"));
		assertTrue(failure((run, agent) -> run.train(agent, 1, 10) > 0).contains("there is no task 1; the run has 1"));
		assertTrue(failure((run, agent) -> run.train(agent, 0, -1) > 0).contains("asks for -1 steps"));
		String diverged = failure((run, agent) -> {
			run.report("loss", Double.NaN);
			return true;
		});
		assertTrue(diverged.contains("contribution 'scratch'") && diverged.contains("loop 'loop' reports 'loss' as NaN"), diverged);
		String wrong = failure((run, agent) -> run.collect("wrong", View.PLAIN, (lanes, actions) -> actions.index[1] = 2, 0, 2, 10,
				(lanes, actions) -> {}) > 0);
		assertTrue(wrong.contains("contribution 'scratch'") && wrong.contains("act (wrong) chose the action 2 in step 1 of lane 1"), wrong);
		String watching = failure((run, agent) -> run.collect(agent, 0, 2, 10, (lanes, actions) -> {
			throw new IllegalStateException("not this");
		}) > 0);
		assertTrue(watching.contains("contribution 'scratch': the watcher of loop loop failed: java.lang.IllegalStateException: not this"),
				watching);
	}

	/** One that trains on no environment at all. */
	@Test
	void aLoopMayDoWithoutSteps() throws IOException {
		int[] iterations = {0};
		Tested tested = new Tested("fits", new OnTarget((run, agent) -> {
			run.report("loss", 1.0 / ++iterations[0]);
			return iterations[0] < 5;
		}), true).all();
		List<MetricsRow> rows = tested.rows(0);
		assertEquals(1, rows.size());
		assertEquals(0, rows.get(0).steps());
		assertEquals(0, rows.get(0).shots());
		assertEquals(0.2, rows.get(0).learner().get("loss"), 1e-12);
		assertFalse(tested.store.provenance(tested.plan.steps().get(0).key()).warnings().toString().contains("nothing was done"));
	}
}
