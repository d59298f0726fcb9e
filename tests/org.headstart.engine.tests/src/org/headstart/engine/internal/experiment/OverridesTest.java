package org.headstart.engine.internal.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.experiment.ExperimentReader.Reading;
import org.headstart.testkit.internal.SampleCatalog;
import org.junit.jupiter.api.Test;

class OverridesTest {

	private static final Catalog CATALOG = SampleCatalog.catalog();

	private static Reading with(String... keysAndValues) {
		Map<String, String> overrides = new LinkedHashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2) {
			overrides.put(keysAndValues[i], keysAndValues[i + 1]);
		}
		return ExperimentReader.read(SampleCatalog.EXPERIMENT, "f", CATALOG, overrides);
	}

	private static Experiment valid(String... keysAndValues) {
		Reading reading = with(keysAndValues);
		assertEquals(List.of(), reading.problems());
		Reading frozen = ExperimentReader.read(reading.frozenText(), "frozen", CATALOG, Map.of());
		assertEquals(ExperimentReaderTest.essence(reading.experiment().orElseThrow()),
				ExperimentReaderTest.essence(frozen.experiment().orElseThrow()));
		return reading.experiment().orElseThrow();
	}

	private static void assertProblem(String key, String value, String problem) {
		ExperimentReaderTest.assertProblems(with(key, value), problem);
	}

	@Test
	void valuesAreReplacedAndAdded() {
		assertEquals(new SampleCatalog.PpoSettings(1e-3, 8, 128), valid("learner.learning-rate", "1e-3").equipment().learner().settings());
		assertEquals(new SampleCatalog.PpoSettings(3e-4, 2, 128), valid("learner.lanes", "2").equipment().learner().settings());
		assertEquals(7, valid("seeds", "7").protocol().seeds());
		assertEquals("a b", valid("description", "a b").description());
		assertEquals(new Experiment.Checkpointing(5), valid("checkpoint.every", "5").running().checkpoint());
		assertEquals(new SampleCatalog.LocalSettings(3), valid("executor.jobs", "3").running().executor().settings());
		assertEquals(new SampleCatalog.MlpSettings(List.of(32)), valid("backbone.hidden", "[32]").equipment().backbone().settings());
		assertEquals(List.of(0, 3), valid("shots", "[3]").protocol().shots());
		assertEquals(List.of(0, 1, 20), valid("shots.2", "20").protocol().shots());
		assertEquals(2, valid("strategies", "[{id: scratch}, {id: fine-tune}]", "seeds", "2").strategies().size());
	}

	@Test
	void elementsOfListsAreFoundByIndexAndByLabel() {
		assertEquals(5000, valid("target.0.steps", "5e3", "evaluation.every", "1e3").tasks().target().get(0).steps());
		for (String name : List.of("point-goal/validation", "point-goal/test")) {
			assertEquals(50_000, valid("target." + name + ".steps", "5e4").tasks().target().get(0).steps());
		}
		for (String name : List.of("3", "progressive")) {
			Experiment experiment = valid("strategies." + name + ".columns", "4");
			assertEquals(new SampleCatalog.ProgressiveSettings(4), experiment.strategies().get(3).strategy().settings());
		}
		Experiment experiment = valid("strategies.fine-tune layers=last.normalisers", "false");
		assertEquals(new SampleCatalog.FineTuneSettings(SampleCatalog.Layers.LAST, false),
				experiment.strategies().get(1).strategy().settings());
	}

	@Test
	void labelsMayHaveDots() {
		String text = SampleCatalog.EXPERIMENT.replace("columns: 2", "columns: 2, label: v1.5");
		Reading reading = ExperimentReader.read(text, "f", CATALOG, Map.of("strategies.v1.5.columns", "3"));
		assertEquals(List.of(), reading.problems());
		assertEquals(new SampleCatalog.ProgressiveSettings(3),
				reading.experiment().orElseThrow().strategies().get(3).strategy().settings());
	}

	@Test
	void anOverrideCanMendAFile() {
		String wrong = SampleCatalog.EXPERIMENT.replace("seeds: 3", "seeds: many").replace("columns: 2", "columns: 2, label: mine");
		Reading reading = ExperimentReader.read(wrong, "f", CATALOG, Map.of("seeds", "2", "strategies.mine.columns", "1"));
		assertEquals(List.of(), reading.problems());
	}

	@Test
	void wrongPathsAreToldWithTheNearest() {
		assertProblem("lerner.lanes", "2", "--set lerner.lanes=2: lerner.lanes: unknown key 'lerner'; did you mean 'learner'? "
				+ "There are: " + String.join(", ", ExperimentFormat.keys()));
		assertProblem("learner.lans", "2", "--set learner.lans=2: learner.lans: unknown key 'lans'; did you mean 'lanes'? "
				+ "There are: id, learning-rate, lanes, steps");
		assertProblem("strategies.9.layers", "all", "--set strategies.9.layers=all: strategies.9.layers: 'strategies' has no "
				+ "element '9'; there are: 0 (scratch), 1 (fine-tune layers=last), 2 (fine-tune layers=all), 3 (progressive)");
		assertProblem("strategies.progresive.columns", "1",
				"--set strategies.progresive.columns=1: strategies.progresive.columns: 'strategies' has no element 'progresive'; "
						+ "did you mean 'progressive'? There are: 0 (scratch), 1 (fine-tune layers=last), 2 (fine-tune layers=all), "
						+ "3 (progressive)");
		// an id that two arms have says nothing
		assertTrue(with("strategies.fine-tune.layers", "all").problems().get(0).message().contains("has no element 'fine-tune'"));
		assertProblem("seeds.x", "2", "--set seeds.x=2: seeds.x: 'seeds' has no settings inside, so 'x' cannot be set");
		assertProblem("learner..x", "2",
				"--set learner..x=2: learner..x: is no path to a setting; write it like learner.learning-rate=1e-3");
	}

	@Test
	void wrongValuesAreToldWithTheOption() {
		assertProblem("learner.learning-rate", "fast",
				"--set learner.learning-rate=fast: learner.learning-rate: must be a number, not the text 'fast'");
		assertProblem("seeds", "", "--set seeds=: seeds: is empty; it needs a value: whole number");
		assertProblem("shots", "[1,", "--set shots=[1,: shots: the text ends where a value should be; is a ']' or '}' missing?");
		assertProblem("strategies.1.layers", "{a: 1, a: 2}",
				"--set strategies.1.layers={a: 1, a: 2}: strategies.1.layers: stands twice; remove one of the two\n"
						+ "--set strategies.1.layers={a: 1, a: 2}: strategies.1.layers: must be one of last, all, not a map");
	}

	@Test
	void pathsOfAnyFormGiveProblems() {
		for (String key : List.of("", ".", "..", "target", "target.", "target.-1.x", "strategies.0.", "strategies.0.id.x",
				"strategies.1e9", "\u0000", "x".repeat(10_000), "evaluation.every.a.b.c", "target.0.task.0", "shots.x")) {
			assertTrue(with(key, "{").problems().size() > 0, key);
			assertTrue(with(key, "true").problems().size() > 0, key);
		}
	}
}
