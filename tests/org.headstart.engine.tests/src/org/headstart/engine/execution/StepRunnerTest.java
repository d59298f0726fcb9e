package org.headstart.engine.execution;

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

import org.headstart.engine.plan.Plan;
import org.headstart.engine.plan.Step;
import org.headstart.engine.results.MetricsRow;
import org.headstart.engine.results.ResultStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepRunnerTest {

	private static final StepListener DEAF = new StepListener() {
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
		return new StepRunner(store, plan, WalkExperiment.catalog().codeVersions(), new LinearNetwork.Factory());
	}

	private ResultStore runAll(String name) throws IOException {
		ResultStore store = new ResultStore(temp.resolve(name));
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
	@Test
	void interruptedAnywhereGivesTheSameBytes() throws IOException {
		ResultStore whole = runAll("whole");
		Random random = new Random(3);
		int interruptions = 0;
		for (int trial = 0; trial < 12; trial++) {
			ResultStore store = new ResultStore(temp.resolve("interrupted-" + trial));
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
						"trial " + trial + ", " + step.label());
			}
		}
		assertTrue(interruptions > 40, "only " + interruptions + " interruptions");
	}

	/** Cancels after so many environment steps or evaluation steps, counted by the slowness hook of the dynamics. */
	private static final class CancelAfter {

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
	void resumedAfterEveryPhaseKeepsTimesAndCountsAttempts() throws IOException {
		ResultStore store = new ResultStore(temp.resolve("out"));
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
			ResultStore store = new ResultStore(temp.resolve("damaged-" + damage));
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
		ResultStore store = new ResultStore(temp.resolve("out"));
		String key = plan.steps().get(0).key();
		IllegalStateException failure = assertThrows(IllegalStateException.class,
				() -> runner(store).run(key, DEAF, new CancelToken()));
		assertEquals("this strategy always fails", failure.getMessage());
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
