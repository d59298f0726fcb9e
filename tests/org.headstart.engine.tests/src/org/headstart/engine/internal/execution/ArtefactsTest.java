package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Artefact;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.RefusedException;
import org.headstart.engine.internal.plan.Plan;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.CannotWriteException;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.StepProvenance.ArtefactEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtefactsTest {

	private static final String ARMS = "  - {id: scratch}\n  - {id: keeping}\n";

	@TempDir
	Path temp;
	private final Plan plan = WalkExperiment.plan(WalkExperiment.text(1, 1000, ARMS));

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

	private Step step(String beginning) {
		return plan.steps().stream().filter(step -> step.label().startsWith(beginning)).findFirst().orElseThrow();
	}

	@Test
	void areFilesOfTheResultAndListed() throws IOException {
		ResultStore store = runAll("out");
		Step adapt = step("adapt keeping");
		List<ArtefactEntry> entries = store.provenance(adapt.key()).kept().artefacts();
		assertEquals(List.of("artefacts/after.npy", "artefacts/before.npy", "artefacts/dots.png", "artefacts/phases.csv"),
				entries.stream().map(ArtefactEntry::file).toList());
		assertEquals("picture of 2 × 1 pixels", entries.get(2).content());
		assertEquals("table of 2 rows and 2 columns", entries.get(3).content());
		String sums = Files.readString(store.step(adapt.key()).resolve(ResultStore.CHECKSUMS));
		for (ArtefactEntry entry : entries) {
			assertTrue(sums.contains(entry.sha256() + "  " + entry.file() + "\n"), entry.file());
		}
		Path folder = store.step(adapt.key()).resolve(ResultStore.ARTEFACTS);
		assertEquals("phase,asked for\nfirst,300\nsecond,\n", Files.readString(folder.resolve("phases.csv")));
		assertTrue(Files.mismatch(folder.resolve("before.npy"), folder.resolve("after.npy")) > 64, "training moves weights");
		Step acquire = step("acquire");
		assertEquals(List.of("artefacts/weights.npy"),
				store.provenance(acquire.key()).kept().artefacts().stream().map(ArtefactEntry::file).toList());
		assertEquals(-1, Files.mismatch(store.step(acquire.key()).resolve("artefacts/weights.npy"), folder.resolve("before.npy")),
				"the warm start took over what was kept last");
		assertFalse(Files.exists(store.step(step("adapt scratch").key()).resolve(ResultStore.ARTEFACTS)));
		assertFalse(Files.readString(store.step(step("adapt scratch").key()).resolve(ResultStore.PROVENANCE)).contains("kept"));
	}

	@Test
	void interruptedAnywhereGivesTheSameBytes() throws IOException {
		ResultStore whole = runAll("whole");
		Random random = new Random(4);
		int interruptions = 0;
		for (int attempt = 0; attempt < 3; attempt++) {
			ResultStore store = store("interrupted-" + attempt);
			for (Step step : plan.steps()) {
				while (!store.finished(step.key())) {
					try {
						new StepRunnerTest.CancelAfter(random.nextInt(300)).run(runner(store), step.key());
					} catch (CancellationException e) {
						interruptions++;
						Path folder = store.partial(step.key()).resolve(ResultStore.ARTEFACTS);
						if (Files.exists(folder)) {
							// what another version of the strategy, or a kill, left
							Files.writeString(folder.resolve("stale.csv"), "a\n");
							Files.createDirectories(folder.resolve("stale"));
						}
					}
				}
				assertEquals(StepFolders.contents(whole, step.key()), StepFolders.contents(store, step.key()),
						"attempt " + attempt + ", " + step.label());
				assertFalse(Files.exists(store.step(step.key()).resolve("artefacts/stale")));
			}
		}
		assertTrue(interruptions > 8, "only " + interruptions + " interruptions");
	}

	/** A strategy may go on from a checkpoint without keeping again what it kept before. */
	@Test
	void aCheckpointHasWhatWasKeptBeforeIt() throws IOException {
		Path folder = temp.resolve("artefacts");
		Artefacts first = new Artefacts(folder);
		first.keep(new Artefact.Array("a", new float[] {1}));
		first.keep(new Artefact.Array("b", new float[] {2}));
		ByteArrayOutputStream state = new ByteArrayOutputStream();
		first.writeState(new DataOutputStream(state));
		first.keep(new Artefact.Array("b", new float[] {3}));
		first.keep(new Artefact.Array("c", new float[] {4}));

		Artefacts next = new Artefacts(folder);
		next.readState(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
		next.keep(new Artefact.Array("b", new float[] {3}));
		next.complete();
		assertEquals(List.of("artefacts/a.npy", "artefacts/b.npy"), next.entries().stream().map(ArtefactEntry::file).toList());
		assertEquals(first.entries().subList(0, 2), next.entries());
		assertFalse(Files.exists(folder.resolve("c.npy")));

		byte[] bytes = Files.readAllBytes(folder.resolve("a.npy"));
		bytes[bytes.length - 1] ^= 1;
		for (int damage = 0; damage < 2; damage++) {
			if (damage == 0) {
				Files.write(folder.resolve("a.npy"), bytes);
			} else {
				Files.delete(folder.resolve("a.npy"));
			}
			Artefacts damaged = new Artefacts(folder);
			damaged.readState(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
			damaged.keep(new Artefact.Array("b", new float[] {3}));
			DamagedCheckpointException found = assertThrows(DamagedCheckpointException.class, damaged::complete);
			assertTrue(found.getMessage().contains("a.npy"), found.getMessage());
			damaged.keep(new Artefact.Array("a", new float[] {1}));
			damaged.complete();
		}
	}

	@Test
	void damageIsFoundAndADifferenceIsNamed() throws IOException {
		String text = WalkExperiment.text(1, 400, ARMS);
		ResultStore store = new ResultStore(temp.resolve("out"));
		ExperimentRun.run(WalkSupervisor.request(text, store.folder(), 0, new CancelToken()), WalkSupervisor.SILENT,
				new LinearNetwork.Factory());
		Step adapt = WalkExperiment.plan(text).steps().stream().filter(step -> step.label().startsWith("adapt keeping")).findFirst()
				.orElseThrow();
		assertTrue(reproduce(store, adapt).same());
		Path table = store.step(adapt.key()).resolve("artefacts/phases.csv");
		DurableFiles.replace(table, "phase,asked for\nfirst,300\nsecond,7\n");
		assertTrue(store.damage(adapt.key()).orElseThrow().startsWith(table + " is damaged"), store.damage(adapt.key()).toString());
		assertEquals(List.of("artefacts/phases.csv: line 3: recorded second,7, now second,"), reproduce(store, adapt).differences());
	}

	private static Reproduction reproduce(ResultStore store, Step step) throws IOException {
		return Reproduction.of(store, step.key(), WalkExperiment.catalog(), new LinearNetwork.Factory(), StepRunnerTest.DEAF,
				new CancelToken());
	}

	/** An adaptation of nothing else than to keep something. */
	private interface Adaptation extends Strategy<NoSettings> {

		@Override
		default List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
			return List.of();
		}

		@Override
		default void adapt(NoSettings settings, StrategyRun run) throws IOException {
			adapt(run);
		}

		void adapt(StrategyRun run) throws IOException;
	}

	private void run(ResultStore store, Adaptation strategy) throws IOException {
		Catalog catalog = WalkExperiment.catalogWith(new WalkDynamics.Walk(), new GradientLearner(), strategy);
		new StepRunner(store, org.headstart.engine.internal.plan.Planner.plan(org.headstart.engine.internal.experiment.ExperimentReader
				.read(WalkExperiment.text(1, 1000, ARMS), "test.yaml", catalog, java.util.Map.of()).experiment().orElseThrow(), catalog),
				catalog, new LinearNetwork.Factory()).run(step("adapt scratch").key(), StepRunnerTest.DEAF, new CancelToken());
	}

	@Test
	void whatCannotBeWrittenNamesTheStrategy() throws IOException {
		ResultStore store = store("out");
		CannotWriteException full = assertThrows(CannotWriteException.class, () -> run(store, run -> {
			DurableFiles.delete(store.folder());
			run.keep(new Artefact.Array("weights", new float[] {1}));
		}));
		assertTrue(full.getMessage().startsWith("bundle test, contribution 'scratch' cannot keep artefact 'weights': ")
				&& full.getMessage().endsWith("artefacts cannot be written: there is no such file or folder"), full.getMessage());
	}

	@Test
	void whatIsNoArtefactNamesTheStrategy() throws IOException {
		ResultStore store = store("out");
		RefusedException shape = assertThrows(RefusedException.class,
				() -> run(store, run -> run.keep(new Artefact.Array("weights", new float[3], 2, 2))));
		assertEquals("bundle test, contribution 'scratch': array 'weights' of shape [2, 2] has 4 numbers, and 3 are given",
				shape.getMessage());
		RefusedException many = assertThrows(RefusedException.class, () -> run(store, run -> {
			for (int i = 0; i <= 10_000; i++) {
				run.keep(new Artefact.Table("iteration-" + i, List.of("loss"), List.of()));
			}
		}));
		assertTrue(many.getMessage().contains("'iteration-10000' is one too many"), many.getMessage());
	}
}
