package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.TraceTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evaluation: {trials: true}}: each judged trial has a row of {@code trials.csv}. */
class JudgedTrialsTest {

	private static final String HEADER = "phase,task,steps,shots,trial,omega:goal,return,length,outcome:distance,outcome:reached";

	@TempDir
	Path temp;
	private Plan plan = plan(WalkExperiment.text(1, 1000, WalkExperiment.ARMS));

	private static Plan plan(String text) {
		return WalkExperiment.plan(asked(text));
	}

	private static String asked(String text) {
		return text.replace("greedy: false", "greedy: false, trials: true");
	}

	private StepRunner runner(ResultStore store) {
		return new StepRunner(store, plan, WalkExperiment.catalog(), new LinearNetwork.Factory());
	}

	private ResultStore store(String name) throws IOException {
		Files.createDirectories(temp.resolve(name).resolve("steps"));
		return new ResultStore(temp.resolve(name));
	}

	private ResultStore runAll(String name) throws IOException {
		ResultStore store = store(name);
		for (Step step : plan.steps()) {
			runner(store).run(step.key(), StepRunnerTest.DEAF, new CancelToken());
		}
		return store;
	}

	private static double[] column(List<String[]> rows, int column) {
		return rows.stream().mapToDouble(row -> Double.parseDouble(row[column])).toArray();
	}

	private static double mean(List<String[]> rows, int column) {
		return java.util.Arrays.stream(column(rows, column)).average().orElseThrow();
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void theRowsAreWhatTheMetricsAreTheMeansOf(boolean trials) throws IOException {
		if (trials) {
			plan = plan(WalkExperiment.trials(1, 1000));
		}
		ResultStore store = runAll("out");
		for (Step step : plan.steps()) {
			List<String> lines = Files.readAllLines(store.step(step.key()).resolve(ResultStore.TRIALS));
			assertEquals(HEADER, lines.get(0));
			List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",", -1)).toList();
			assertEquals(rows.size(), store.provenance(step.key()).kept().trials());
			int from = 0;
			List<MetricsRow> metrics = store.metrics(step.key()).orElseThrow().rows();
			for (MetricsRow row : metrics) {
				List<String[]> trialRows = rows.subList(from, from += row.evaluationEpisodes());
				for (int trial = 0; trial < trialRows.size(); trial++) {
					assertEquals(List.of(row.phase(), row.task(), Long.toString(row.steps()),
							row.shots() < 0 ? "" : Integer.toString(row.shots()), Integer.toString(trial + 1)),
							List.of(trialRows.get(trial)).subList(0, 5));
					double goal = Double.parseDouble(trialRows.get(trial)[5]);
					assertTrue(row.task().equals("walk/train") ? goal >= 1 && goal <= 3 : goal >= -3 && goal <= -1, "goal " + goal);
				}
				assertEquals(row.returnMean(), mean(trialRows, 6), 1e-12);
				assertEquals(row.returnMax(), java.util.Arrays.stream(column(trialRows, 6)).max().orElseThrow());
				assertEquals(row.lengthMean(), mean(trialRows, 7), 1e-12);
				assertEquals(row.outcomes().get("distance"), mean(trialRows, 8), 1e-12);
				assertEquals(row.outcomes().get("reached"), mean(trialRows, 9), 1e-12);
			}
			assertEquals(rows.size(), from);
			List<String[]> last = rows.subList(from - metrics.get(metrics.size() - 1).evaluationEpisodes(), from);
			TraceTable trace = store.traces(step.key()).orElseThrow();
			for (TraceTable.Row row : trace.rows()) {
				assertEquals(row.values().get(1), Double.parseDouble(last.get(row.trial() - 1)[5]), "goal of trial " + row.trial());
			}
		}
	}

	/** More trials than lanes: each lane's second task is another one, which begins in the step in which the first ends. */
	@Test
	void aLanesLaterTrialsHaveTheirOwnTask() throws IOException {
		plan = plan(WalkExperiment.text(1, 100, "  - {id: scratch}").replace("episodes: 5", "episodes: 70"));
		ResultStore store = runAll("out");
		List<String[]> rows = Files.readAllLines(store.step(plan.steps().get(0).key()).resolve(ResultStore.TRIALS)).stream().skip(1)
				.limit(70).map(line -> line.split(",", -1)).toList();
		assertEquals(70, java.util.Arrays.stream(column(rows, 5)).distinct().count());
		for (String[] row : rows) {
			// 25 steps of at most 0.3 m and noise lie between a start near 0 and the end, whose distance is told
			double goal = Double.parseDouble(row[5]);
			boolean reached = row[9].equals("1.0");
			assertEquals(reached, Double.parseDouble(row[8]) < 0.3, String.join(",", row));
			double shortest = (Math.abs(goal) - 0.5 - 0.3) / 0.45;
			assertTrue(!reached || Double.parseDouble(row[7]) >= shortest, String.join(",", row));
		}
	}

	@Test
	void whoDoesNotAskHasTheSameStepsAsBefore() throws IOException {
		String text = WalkExperiment.text(1, 1000, WalkExperiment.ARMS);
		Plan without = WalkExperiment.plan(text);
		Plan said = WalkExperiment.plan(text.replace("greedy: false", "greedy: false, trials: false"));
		for (int i = 0; i < plan.steps().size(); i++) {
			assertEquals(without.steps().get(i).key(), said.steps().get(i).key());
			assertNotEquals(without.steps().get(i).key(), plan.steps().get(i).key());
			assertTrue(without.steps().get(i).identity().contains("\nevaluation: {every: 200, episodes: 5, greedy: false}\n"),
					without.steps().get(i).identity());
			assertTrue(plan.steps().get(i).identity().contains("\nevaluation: {every: 200, episodes: 5, greedy: false, trials: true}\n"),
					plan.steps().get(i).identity());
		}
		plan = without;
		ResultStore store = runAll("out");
		for (Step step : plan.steps()) {
			assertFalse(Files.exists(store.step(step.key()).resolve(ResultStore.TRIALS)));
			assertNull(store.provenance(step.key()).kept());
			assertFalse(Files.readString(store.step(step.key()).resolve(ResultStore.PROVENANCE)).contains("kept"));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = {false, true})
	void interruptedAnywhereGivesTheSameBytes(boolean trials) throws IOException {
		if (trials) {
			plan = plan(WalkExperiment.trials(1, 1000));
		}
		ResultStore whole = runAll("whole");
		Random random = new Random(5);
		int interruptions = 0;
		Set<Long> sizes = new LinkedHashSet<>();
		for (int attempt = 0; attempt < 2; attempt++) {
			ResultStore store = store("interrupted-" + attempt);
			for (Step step : plan.steps()) {
				while (!store.finished(step.key())) {
					try {
						new StepRunnerTest.CancelAfter(random.nextInt(300)).run(runner(store), step.key());
					} catch (CancellationException e) {
						interruptions++;
						Path file = store.partial(step.key()).resolve(ResultStore.TRIALS);
						if (Files.exists(file)) {
							// what a kill leaves behind the last checkpoint
							sizes.add(Files.size(file));
							try (RandomAccessFile more = new RandomAccessFile(file.toFile(), "rw")) {
								more.seek(more.length());
								more.write("target,walk/test,99,,1,to".getBytes());
							}
						}
					}
				}
				assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(store, step.key()),
						"attempt " + attempt + ", " + step.label());
			}
		}
		assertTrue(interruptions > 8 && sizes.size() > 4, interruptions + " interruptions, files of " + sizes + " bytes");
	}

	@Test
	void aDamagedFileStartsTheStepAnewAndSaysSo() throws IOException {
		ResultStore whole = runAll("whole");
		Step step = plan.steps().stream().filter(each -> each.label().contains("scratch")).findFirst().orElseThrow();
		for (int damage = 0; damage < 4; damage++) {
			ResultStore store = store("damaged-" + damage);
			assertThrows(CancellationException.class, () -> new StepRunnerTest.CancelAfter(400).run(runner(store), step.key()));
			Path file = store.partial(step.key()).resolve(ResultStore.TRIALS);
			byte[] bytes = Files.readAllBytes(file);
			assertTrue(bytes.length > 1000, "there are rows while the step is under way");
			switch (damage) {
				case 0 -> bytes[bytes.length / 2] ^= 1;
				case 1 -> bytes = java.util.Arrays.copyOf(bytes, bytes.length - 9);
				default -> Files.delete(file);
			}
			if (damage < 2) {
				Files.write(file, bytes);
			} else if (damage == 3) {
				Files.createDirectory(file);
			}
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
			assertTrue(notes.get(0).contains("starts anew") && notes.get(0).contains(file.toString()), notes.get(0));
			assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(store, step.key()));
		}
	}

	@Test
	void damageIsFoundAndADifferenceIsNamed() throws IOException {
		String text = asked(WalkExperiment.text(1, 400, WalkExperiment.ARMS));
		ResultStore store = new ResultStore(temp.resolve("out"));
		ExperimentRun.run(WalkSupervisor.request(text, store.folder(), 0, new CancelToken()), WalkSupervisor.SILENT,
				new LinearNetwork.Factory());
		plan = WalkExperiment.plan(text);
		Step step = plan.steps().get(1);
		assertTrue(reproduce(store, step).same());
		Path file = store.step(step.key()).resolve(ResultStore.TRIALS);
		String trials = Files.readString(file);
		DurableFiles.replace(file, trials.replaceFirst("target,walk/test,0,0,1,-", "target,walk/test,0,0,1,"));
		assertTrue(store.damage(step.key()).orElseThrow().startsWith(file + " is damaged"), store.damage(step.key()).toString());
		List<String> differences = reproduce(store, step).differences();
		assertEquals(1, differences.size(), differences.toString());
		assertTrue(differences.get(0).startsWith("trials.csv: line 2: recorded target,walk/test,0,0,1,"), differences.toString());
	}

	private static Reproduction reproduce(ResultStore store, Step step) throws IOException {
		return Reproduction.of(store, step.key(), WalkExperiment.catalog(), new LinearNetwork.Factory(), StepRunnerTest.DEAF,
				new CancelToken());
	}
}
