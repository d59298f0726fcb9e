package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import org.headstart.analysis.internal.Results;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.engine.internal.results.TraceTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepRunnerTest {

	/** For a step that nobody watches and that has nothing to say. */
	static final StepListener DEAF = new StepListener() {
		@Override
		public void progress(long done, long all) {
			// nobody watches
		}

		@Override
		public void note(String message) {
			throw new AssertionError("unexpected note: " + message);
		}
	};

	@TempDir
	Path temp;
	private Plan plan;

	@BeforeEach
	void makePlan() {
		plan = WalkExperiment.plan(WalkExperiment.text(1, 1000, WalkExperiment.ARMS));
	}

	private StepRunner runner(ResultStore store) {
		return new StepRunner(store, plan, WalkExperiment.catalog(), new LinearNetwork.Factory());
	}

	/** As a run makes it. */
	private ResultStore store(String name) throws IOException {
		Files.createDirectories(temp.resolve(name).resolve("steps"));
		return new ResultStore(temp.resolve(name));
	}

	private ResultStore runAll(String name) throws IOException {
		ResultStore store = store(name);
		for (Step step : plan.steps()) {
			runner(store).run(step.key(), DEAF, new CancelToken());
		}
		return store;
	}

	private Step adaptation(String arm) {
		return plan.steps().stream().filter(step -> step.kind() == Step.Kind.ADAPT && step.label().contains(arm)).findFirst()
				.orElseThrow();
	}

	@Test
	void sameExperimentGivesSameBytes() throws IOException {
		ResultStore first = runAll("first");
		ResultStore second = runAll("second");
		for (Step step : plan.steps()) {
			assertEquals(StepFolders.contents(first, step.key()), StepFolders.contents(second, step.key()), step.label());
		}
		assertTrue(StepFolders.contents(first, adaptation("warm-up").key()).keySet().containsAll(List.of("step.json",
				"metrics.csv", "log.txt", "checkpoint/final/weights", "checkpoint/final/knowledge.bin",
				"checkpoint/after-first/weights")));
	}

	@Test
	void evaluatesAtTheStartAfterShotsAtTheCadenceAndAtTheEnd() throws IOException {
		ResultStore store = runAll("out");
		List<MetricsRow> rows = store.metrics(adaptation("scratch").key()).orElseThrow().rows();
		assertEquals(0, rows.get(0).steps());
		assertEquals(List.of(0, 1, 3), rows.stream().map(MetricsRow::shots).filter(k -> k >= 0 && k != 2).toList());
		MetricsRow last = rows.get(rows.size() - 1);
		assertTrue(last.steps() > 1000 - 4 && last.steps() <= 1000, "ends at " + last.steps());
		long before = -1;
		for (MetricsRow row : rows) {
			assertTrue(row.steps() > before, "ascending: " + row);
			assertEquals(5, row.evaluationEpisodes());
			assertTrue(row.returnMin() <= row.returnMean() && row.returnMean() <= row.returnMax());
			before = row.steps();
		}
		for (long cadence = 200; cadence < 1000; cadence += 200) {
			long from = cadence;
			assertTrue(rows.stream().anyMatch(row -> row.steps() >= from && row.steps() < from + 28),
					"no evaluation near " + from + ": " + rows);
		}
		assertTrue(last.learner().containsKey("mean-reward"));
	}

	/** The arm with a learner of its own does not say so, as a stranger's might not, so that nothing is said beforehand. */
	@Test
	void aBudgetThatTrainsNothingIsToldOfByTheResult() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.text(1, 5, "  - {id: own-learner}\n  - {id: scratch}\n  - {id: warm-up}\n")
				.replace("shots: [0, 1, 3]", "shots: [0]"));
		ResultStore store = runAll("little");
		StepProvenance nothing = store.provenance(adaptation("own-learner").key());
		assertEquals(0, nothing.updates());
		assertEquals(0, nothing.environmentSteps());
		assertEquals(List.of("no update was made in phase target on walk/test: its budget of 5 environment steps, over 6 lanes, is "
				+ "too small for an update"), nothing.warnings());
		StepProvenance little = store.provenance(adaptation("scratch").key());
		assertEquals(1, little.updates());
		assertEquals(4, little.environmentSteps());
		assertEquals(List.of(), little.warnings());
		assertEquals(List.of("no update was made in phase second on walk/test: its budget of 1 environment step, over 4 lanes, is "
				+ "too small for an update"), store.provenance(adaptation("warm-up").key()).warnings());
		store.freeze("", plan, false);
		assertEquals(List.of(nothing.warnings(), List.of()),
				Results.read(store.folder()).adaptations().stream().map(AdaptationResult::warnings).limit(2).toList());
	}

	@Test
	void evaluationsAreNotPartOfTraining() throws IOException {
		ResultStore rarely = runAll("rarely");
		Step step = adaptation("scratch");
		plan = WalkExperiment.plan(
				WalkExperiment.text(1, 1000, WalkExperiment.ARMS).replace("every: 200, episodes: 5", "every: 30, episodes: 40"));
		ResultStore often = runAll("often");
		assertEquals(
				StepFolders.contents(rarely, step.key()).get("checkpoint/final/weights"),
				StepFolders.contents(often, adaptation("scratch").key()).get("checkpoint/final/weights"));
	}

	/** The heart of the matter: run(2N) equals run(N) and resume(N), wherever it is interrupted. */
	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void interruptedAnywhereGivesTheSameBytes(boolean trials) throws IOException {
		if (trials) {
			plan = WalkExperiment.plan(WalkExperiment.trials(1, 1000));
		}
		ResultStore whole = runAll("whole");
		Random random = new Random(3);
		int interruptions = 0;
		for (int attempt = 0; attempt < 12; attempt++) {
			ResultStore store = store("interrupted-" + attempt);
			for (Step step : plan.steps()) {
				boolean finished = false;
				while (!finished) {
					CancelAfter cancel = new CancelAfter(random.nextInt(300));
					try {
						cancel.run(runner(store), step.key());
						finished = true;
					} catch (CancellationException e) {
						interruptions++;
						assertFalse(store.finished(step.key()));
					}
				}
				assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(store, step.key()),
						"attempt " + attempt + ", " + step.label());
			}
		}
		assertTrue(interruptions > 40, "only " + interruptions + " interruptions");
	}

	/** Cancels after so many environment steps or evaluation steps, counted by the slowness hook of the dynamics. */
	static final class CancelAfter {

		private final int steps;

		CancelAfter(int steps) {
			this.steps = steps;
		}

		void run(StepRunner runner, String key) throws IOException {
			CancelToken token = new CancelToken();
			WalkDynamics.COUNTDOWN.set(new WalkDynamics.Countdown(steps, token::cancel));
			try {
				runner.run(key, DEAF, token);
			} finally {
				WalkDynamics.COUNTDOWN.remove();
			}
		}
	}

	@Test
	void trialsAreJudgedAsAWholeAndByEpisode() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.trials(1, 1000));
		ResultStore store = runAll("out");
		for (Step step : plan.steps()) {
			for (MetricsRow row : store.metrics(step.key()).orElseThrow().rows()) {
				assertEquals(3, row.episodeReturns().size());
				assertEquals(row.returnMean(), row.episodeReturns().stream().mapToDouble(Double::doubleValue).sum(), 1e-9);
				assertEquals(List.of("distance", "reached"), List.copyOf(row.outcomes().keySet()));
				assertTrue(row.outcomes().get("distance") >= 0 && row.outcomes().get("reached") <= 3, row.toString());
				// whole groups of lanes that share a task
				assertEquals(step.label().contains("own-learner") ? 6 : 5, row.evaluationEpisodes(), step.label());
				assertTrue(row.lengthMean() <= 3 * 25 && row.lengthMean() > 0, row.toString());
			}
			StepProvenance provenance = store.provenance(step.key());
			assertEquals(List.of("distance", "reached"),
					provenance.outcomes().stream().map(StepProvenance.OutcomeEntry::name).toList());
			assertEquals("m", provenance.outcomes().get(0).unit());
		}
	}

	@Test
	void aJudgedPolicyHasOneRowAndLeavesNoAgent() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.trials(1, 1000));
		ResultStore store = runAll("out");
		String key = adaptation("judged").key();
		List<MetricsRow> rows = store.metrics(key).orElseThrow().rows();
		assertEquals(1, rows.size());
		assertEquals(0, rows.get(0).steps());
		assertEquals(0, rows.get(0).shots());
		assertEquals("judged", rows.get(0).phase());
		assertEquals(List.of(), store.provenance(key).agents());
		assertEquals(0, store.provenance(key).environmentSteps());
	}

	@Test
	void aTargetOfNoStepsIsJudgedOnce() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.trials(1, 1000).replace("task: test, steps: 1000", "task: test, steps: 0"));
		ResultStore store = runAll("out");
		for (Step step : plan.steps()) {
			List<MetricsRow> rows = store.metrics(step.key()).orElseThrow().rows();
			if (step.kind() == Step.Kind.ACQUIRE) {
				assertTrue(rows.size() > 4, rows.toString());
			} else {
				assertEquals(1, rows.size(), step.label());
				assertEquals(0, rows.get(0).steps());
				assertEquals(0, store.provenance(step.key()).environmentSteps());
			}
		}
		assertEquals(List.of("final"), store.provenance(adaptation("history").key()).agents());
	}

	@Test
	void theLastEvaluationLeavesTraces() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.trials(1, 1000));
		ResultStore store = runAll("out");
		for (Step step : plan.steps()) {
			TraceTable trace = store.traces(step.key()).orElseThrow();
			assertEquals(List.of("place", "goal"), trace.names());
			int together = step.label().contains("own-learner") ? 2 : 1;
			int trials = step.label().contains("own-learner") ? 6 : 5;
			assertEquals(trials, trace.rows().stream().mapToInt(TraceTable.Row::trial).max().orElseThrow());
			int episodes = 0;
			int steps = 0;
			TraceTable.Row before = null;
			for (TraceTable.Row row : trace.rows()) {
				if (row.step() == 0) {
					assertTrue(Math.abs(row.values().get(0)) <= 0.5, "an episode starts near 0: " + row);
					episodes++;
				} else {
					assertEquals(before.step() + 1, row.step());
					double moved = Math.abs(row.values().get(0) - before.values().get(0));
					assertTrue(moved > 0.01 && moved < 0.7, "from " + before + " to " + row);
					steps++;
				}
				if (before != null && before.trial() == row.trial()) {
					assertEquals(before.values().get(1), row.values().get(1), "the goal stays for the trial");
				}
				before = row;
			}
			assertEquals(3 * trials, episodes);
			// the same trials that were judged last, as long as they were
			List<MetricsRow> rows = store.metrics(step.key()).orElseThrow().rows();
			assertEquals(rows.get(rows.size() - 1).lengthMean(), (double) steps / trials, 1e-9, step.label());
			List<Double> goals = trace.rows().stream().filter(row -> row.step() == 0 && row.episode() == 1)
					.map(row -> row.values().get(1)).toList();
			assertEquals(trials / together, goals.stream().distinct().count());
			assertEquals(trace, TraceTable.parse(trace.toCsv()));
		}
	}

	@Test
	void grantedEpisodesAreTrials() throws IOException {
		String text = WalkExperiment.trials(1, 1000).replace("trial:", "shots: [0, 2]\ntrial:").replace("  - {id: own-learner}\n",
				"");
		plan = WalkExperiment.plan(text);
		ResultStore store = runAll("out");
		List<MetricsRow> rows = store.metrics(adaptation("history").key()).orElseThrow().rows();
		MetricsRow second = rows.stream().filter(row -> row.shots() == 2).findFirst().orElseThrow();
		assertEquals(2, second.episodes());
		assertTrue(second.steps() <= 2 * 3 * 25 && second.steps() >= 2 * 3, second.toString());
	}

	@Test
	void grantedEpisodesNeedLanesThatAreOnTheirOwn() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.trials(1, 1000).replace("trial:", "shots: [0, 1]\ntrial:"));
		ResultStore store = store("out");
		IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
				() -> runner(store).run(adaptation("own-learner").key(), DEAF, new CancelToken()));
		assertTrue(refused.getMessage().contains("2 lanes of a task") && refused.getMessage().contains("shots: [0]"),
				refused.getMessage());
	}

	@Test
	void resumedAfterEveryPhaseKeepsTimesAndCountsAttempts() throws IOException {
		ResultStore store = store("out");
		Step step = adaptation("scratch");
		assertThrows(CancellationException.class, () -> new CancelAfter(150).run(runner(store), step.key()));
		long before = store.timing(step.key()).environmentSteps();
		assertTrue(before > 0);
		assertTrue(store.metrics(step.key()).isPresent(), "rows can be seen while the step is under way");
		runner(store).run(step.key(), DEAF, new CancelToken());
		assertEquals(2, store.timing(step.key()).attempts().size());
		assertEquals("resumed", store.timing(step.key()).attempts().get(1).note());
		assertTrue(store.timing(step.key()).environmentSteps() > before);
		assertFalse(Files.exists(store.step(step.key()).resolve(ResultStore.RESUME)));
	}

	@Test
	void damagedCheckpointStartsTheStepAnewAndSaysSo() throws IOException {
		ResultStore whole = runAll("whole");
		Step step = adaptation("scratch");
		for (int damage = 0; damage < 4; damage++) {
			ResultStore store = store("damaged-" + damage);
			assertThrows(CancellationException.class, () -> new CancelAfter(150).run(runner(store), step.key()));
			Path checkpoint = store.partial(step.key()).resolve(ResultStore.RESUME).resolve("checkpoint.bin");
			byte[] bytes = Files.readAllBytes(checkpoint);
			switch (damage) {
				case 0 -> bytes[bytes.length / 2] ^= 1;
				case 1 -> bytes = java.util.Arrays.copyOf(bytes, bytes.length - 9);
				case 2 -> bytes = new byte[0];
				default -> bytes = java.util.Arrays.copyOf("nonsense, not a checkpoint at all".getBytes(), 5000);
			}
			Files.write(checkpoint, bytes);
			List<String> notes = new ArrayList<>();
			runner(store).run(step.key(), new StepListener() {
				@Override
				public void progress(long done, long all) {
					// not looked at
				}

				@Override
				public void note(String message) {
					notes.add(message);
				}
			}, new CancelToken());
			assertEquals(1, notes.size());
			assertTrue(notes.get(0).contains("starts anew") && notes.get(0).contains("checkpoint"), notes.get(0));
			assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(store, step.key()));
		}
	}

	@Test
	void failureLeavesATraceAndKeepsTheState() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.text(1, 1000, "  - {id: failing}"));
		ResultStore store = store("out");
		String key = plan.steps().get(0).key();
		BrokenContributionException failure = assertThrows(BrokenContributionException.class,
				() -> runner(store).run(key, DEAF, new CancelToken()));
		assertTrue(failure.getMessage().startsWith("bundle test, contribution 'failing': acquisition failed: "
				+ "java.lang.IllegalStateException: this strategy always fails, at "), failure::getMessage);
		String trace = Files.readString(store.partial(key).resolve(ResultStore.FAILURE));
		assertTrue(trace.contains("this strategy always fails") && trace.contains("FailingPretraining"), trace);
		assertFalse(store.finished(key));
	}

	@Test
	void randomPolicyIsTheSameInEveryArmAndSeed() throws IOException {
		plan = WalkExperiment.plan(WalkExperiment.text(2, 200, WalkExperiment.ARMS));
		ResultStore store = runAll("out");
		List<Double> values = new ArrayList<>();
		for (Step step : plan.steps()) {
			if (step.kind() == Step.Kind.ADAPT) {
				values.add(store.provenance(step.key()).randomReturn());
			}
		}
		assertEquals(4, values.size());
		assertEquals(1, Stream.of(values.toArray()).distinct().count(), values.toString());
	}
}
