package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {

	@TempDir
	Path temp;
	private ResultStore store;
	private final String text = WalkExperiment.text(1, 400, WalkExperiment.ARMS);

	@BeforeEach
	void run() throws IOException {
		store = new ResultStore(temp.resolve("out"));
		ExperimentRun.run(WalkSupervisor.request(text, store.folder(), 0, new CancelToken()), WalkSupervisor.SILENT,
				new LinearNetwork.Factory());
	}

	private Reproduction reproduce(String key, Catalog catalog) throws IOException {
		return Reproduction.of(store, key, catalog, new LinearNetwork.Factory(), StepRunnerTest.DEAF, new CancelToken());
	}

	private Step step(String part) {
		return WalkExperiment.plan(text).steps().stream().filter(step -> step.label().contains(part)).findFirst()
				.orElseThrow();
	}

	@Test
	void everyStepIsReproduced() throws IOException {
		for (Step step : WalkExperiment.plan(text).steps()) {
			Reproduction reproduction = reproduce(step.key(), WalkExperiment.catalog());
			assertTrue(reproduction.same(), reproduction.toString());
			assertTrue(reproduction.circumstances().isEmpty(), reproduction.toString());
		}
	}

	@Test
	void theFirstDifferenceIsNamed() throws IOException {
		Step step = step("adapt scratch");
		Path metrics = store.step(step.key()).resolve(ResultStore.METRICS);
		Files.writeString(metrics, Files.readString(metrics).replaceFirst("target,walk/test,0,0,0,-", "target,walk/test,0,0,0,-9"));
		Reproduction reproduction = reproduce(step.key(), WalkExperiment.catalog());
		assertEquals(1, reproduction.differences().size(), reproduction.toString());
		assertTrue(reproduction.differences().get(0).startsWith("metrics.csv: line 2: recorded target,walk/test,0,0,0,-9"),
				reproduction.toString());
	}

	@Test
	void otherCodeIsNamed() throws IOException {
		Catalog now = WalkExperiment.catalog();
		Catalog other = new Catalog(now.environments(), now.wrappers(), now.backbones(), now.learners(), now.losses(), now.strategies(),
				now.executors(), new TreeMap<>(java.util.Map.of("org.headstart.engine", "2")), java.util.List.of());
		Reproduction reproduction = reproduce(step("adapt warm-up").key(), other);
		assertTrue(reproduction.same(), reproduction.toString());
		assertEquals("[code of org.headstart.engine: recorded 1, now 2]", reproduction.circumstances().toString());
	}

	@Test
	void anUnfinishedStepCannotBeReproduced() {
		ResultsException refused = assertThrows(ResultsException.class,
				() -> reproduce("0123456789abcdef0123456789abcdef", WalkExperiment.catalog()));
		assertTrue(refused.getMessage().contains("no finished step"), refused.getMessage());
	}

	@Test
	void leavesTheFolderAsItIs() throws IOException {
		var before = StepFolders.contents(store, step("adapt scratch").key());
		reproduce(step("adapt scratch").key(), WalkExperiment.catalog());
		assertEquals(before, StepFolders.contents(store, step("adapt scratch").key()));
		assertFalse(Files.exists(store.partial(step("adapt scratch").key())));
	}
}
