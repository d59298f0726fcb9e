package org.headstart.engine.internal.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.analysis.internal.Results;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {

	private static final String IDENTITY = "all that decides the outcome";
	private static final String KEY = Step.keyOf(IDENTITY + "\n");

	@TempDir
	Path folder;
	private ResultStore store;

	@BeforeEach
	void open() {
		store = new ResultStore(folder.resolve("out"));
	}

	private void writePlan() throws IOException {
		Files.createDirectories(store.folder());
		Files.writeString(store.planFile(), Json.text(new PlanFile(ResultStore.FORMAT, "test", "",
				new PlanFile.Comparison(List.of("arm"), "arm", List.of("target")), new PlanFile.Protocol(List.of(0, 3), 1, 1, null),
				List.of(new PlannedStep(KEY, PlanFile.ADAPT, List.of("arm"), "target", 1, List.of(), "adapt", 100, null)))));
	}

	@Test
	void oneRunAtATime() throws IOException {
		FolderLock lock = store.lock();
		ResultsException refused = assertThrows(ResultsException.class, store::lock);
		assertTrue(refused.getMessage().contains("this process (" + ProcessHandle.current().pid() + ")"), refused.getMessage());
		lock.close();
		store.lock().close();
	}

	@Test
	void aFileIsNoResultsFolder() throws IOException {
		Files.writeString(store.folder(), "notes");
		assertTrue(assertThrows(ResultsException.class, store::lock).getMessage().contains("is a file"));
	}

	@Test
	void aFolderAppearsWholeOrNotAtAll() throws IOException {
		Path partial = Files.createDirectories(store.partial(KEY));
		Files.createDirectories(partial.resolve(ResultStore.RESUME));
		Files.writeString(partial.resolve(ResultStore.RESUME).resolve("checkpoint.bin"), "state");
		Files.writeString(partial.resolve(ResultStore.PROVENANCE), "{}");
		assertFalse(store.finished(KEY));
		store.finish(KEY);
		assertTrue(store.finished(KEY));
		assertFalse(Files.exists(partial));
		assertFalse(Files.exists(store.step(KEY).resolve(ResultStore.RESUME)));
	}

	@Test
	void rowsOfAPartialStepCanBeRead() throws IOException {
		writePlan();
		assertEquals(List.of(), Results.read(store.folder()).adaptations());
		Files.createDirectories(store.partial(KEY));
		MetricsRow first = new MetricsRow("target", "walk/test", 0, 0, 0, 1.5, 0, 1, 2, 10, 5, Double.NaN,
				Map.of(), List.of(), Map.of());
		MetricsRow shots = new MetricsRow("target", "walk/test", 40, 3, 3, 2.5, 0, 1, 2, 10, 5, 2,
				Map.of(), List.of(), Map.of());
		MetricsRow second = new MetricsRow("after", "walk/test", 40, 3, -1, 3.5, 0, 1, 2, 10, 5, 2,
				Map.of(), List.of(), Map.of());
		Files.writeString(store.partial(KEY).resolve(ResultStore.METRICS),
				new MetricsTable(List.of(first, shots, second)).toCsv());
		Results results = Results.read(store.folder());
		assertEquals(1, results.adaptations().size());
		assertEquals(List.of(false), results.complete());
		assertEquals(List.of(), results.finished());
		assertEquals(List.of(0.0, 40.0), java.util.Arrays.stream(results.adaptations().get(0).steps()).boxed().toList());
		assertEquals(List.of(1.5, 3.5), java.util.Arrays.stream(results.adaptations().get(0).returns()).boxed().toList());
		assertEquals(java.util.Map.of(0, 1.5, 3, 2.5), results.adaptations().get(0).shotReturns());
	}

	@Test
	void damagedFilesGiveOneClearError() throws IOException {
		writePlan();
		Files.writeString(store.planFile(), Files.readString(store.planFile()).substring(0, 40));
		ResultsException damaged = assertThrows(ResultsException.class, () -> Results.read(store.folder()));
		assertTrue(damaged.getMessage().contains("plan.json is damaged"), damaged.getMessage());
		writePlan();
		Files.writeString(store.planFile(), Files.readString(store.planFile()).replace("\"format\": 1", "\"format\": 99"));
		assertTrue(assertThrows(ResultsException.class, () -> Results.read(store.folder())).getMessage().contains("format 99"));
	}

	@Test
	void damageThatCanStillBeReadIsFound() throws IOException {
		MetricsRow row = new MetricsRow("target", "walk/test", 0, 0, 0, 1.5, 0, 1, 2, 10, 5, Double.NaN,
				Map.of(), List.of(), Map.of());
		MetricsRow next = new MetricsRow("target", "walk/test", 40, 3, 3, 2.5, 0, 1, 2, 10, 5, 2,
				Map.of(), List.of(), Map.of());
		String network = ResultStore.CHECKPOINT + "/final/network.zip";
		for (String damaged : List.of(ResultStore.METRICS, network, ResultStore.PROVENANCE, ResultStore.CHECKSUMS)) {
			store = new ResultStore(folder.resolve(damaged.replace('/', '-')));
			writePlan();
			Path partial = Files.createDirectories(store.partial(KEY));
			Files.createDirectories(partial.resolve(network).getParent());
			Files.writeString(partial.resolve(network), "network");
			Files.writeString(partial.resolve(ResultStore.METRICS), new MetricsTable(List.of(row, next)).toCsv());
			store.write(new StepProvenance(ResultStore.FORMAT, KEY, PlanFile.ADAPT, 1, 1, List.of(), 40, null, 1L, List.of(), 1.0,
					Machine.here(), "", new java.util.TreeMap<>(), List.of(), List.of("final"), null, List.of(), List.of(IDENTITY)));
			store.write(KEY, StepTiming.NONE);
			store.finish(KEY);
			assertEquals(Optional.empty(), store.damage(KEY));
			assertEquals(List.of(), Results.read(store.folder()).problems());
			Path file = store.step(KEY).resolve(damaged);
			String text = Files.readString(file);
			// the table loses its last row, and is a table still
			Files.writeString(file, text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
			assertTrue(store.damage(KEY).orElseThrow().contains(file.getFileName().toString()), store.damage(KEY).toString());
			assertThrows(ResultsException.class, () -> store.verify(KEY));
			List<String> problems = Results.read(store.folder()).problems();
			// a report reads no networks
			assertEquals(damaged.equals(network) ? 0 : 1, problems.size(), problems.toString());
			Files.delete(file);
			assertTrue(store.damage(KEY).orElseThrow().contains("is missing"), store.damage(KEY).toString());
		}
	}
}
