package org.headstart.analysis.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.TraceResult;
import org.headstart.api.environment.Trace;
import org.headstart.engine.internal.plan.Step;
import org.headstart.engine.internal.results.Json;
import org.headstart.engine.internal.results.Machine;
import org.headstart.engine.internal.results.MetricsRow;
import org.headstart.engine.internal.results.MetricsTable;
import org.headstart.engine.internal.results.PlanFile;
import org.headstart.engine.internal.results.PlanFile.PlannedStep;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.StepProvenance;
import org.headstart.engine.internal.results.StepTiming;
import org.headstart.engine.internal.results.TraceTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

	private static final List<String> ACQUIRE = List.of(Step.keyOf("sources, seed 1\n"), Step.keyOf("sources, seed 2\n"));
	private static final List<String> ADAPT = List.of(Step.keyOf("seed 1\n"), Step.keyOf("seed 2\n"));

	@TempDir
	Path folder;
	private ResultStore store;

	@BeforeEach
	void plan() throws IOException {
		store = new ResultStore(folder);
		List<PlannedStep> steps = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			steps.add(new PlannedStep(ACQUIRE.get(i), PlanFile.ACQUIRE, List.of("rl2"), null, i + 1, List.of(), "acquire", 20, null));
			steps.add(new PlannedStep(ADAPT.get(i), PlanFile.ADAPT, List.of("rl2"), "test", i + 1, List.of(ACQUIRE.get(i)),
					"adapt, seed " + (i + 1), 0, null));
		}
		Files.writeString(store.planFile(), Json.text(new PlanFile(ResultStore.FORMAT, "meta", "",
				new PlanFile.Comparison(List.of("rl2"), "rl2", List.of("test")), new PlanFile.Protocol(List.of(0), 2, 1, null), steps)));
	}

	private static MetricsRow row(String task, long steps, double value, Map<String, Double> outcomes, List<Double> episodes) {
		return new MetricsRow("phase", task, steps, 0, steps == 0 ? 0 : -1, value, 0, value, value, 1, 4, Double.NaN, outcomes,
				episodes, Map.of());
	}

	private void metrics(String key, MetricsRow... rows) throws IOException {
		Files.createDirectories(store.partial(key));
		Files.writeString(store.partial(key).resolve(ResultStore.METRICS), new MetricsTable(List.of(rows)).toCsv());
	}

	private void finish(String key, String kind) throws IOException {
		store.write(new StepProvenance(ResultStore.FORMAT, key, kind, 1, 1, List.of(), 0, null, 0L, List.of(), null, Machine.here(), "",
				new TreeMap<>(), List.of(), List.of(), null, List.of("of " + kind),
				List.of("seed " + (ADAPT.indexOf(key) + 1))));
		store.write(key, StepTiming.NONE);
		store.finish(key);
	}

	@Test
	void curvesOfTheSourcesAreReadWhileTheyGrow() throws IOException {
		metrics(ACQUIRE.get(0), row("points/train", 0, 1, Map.of(), List.of()), row("maze/train", 0, 5, Map.of(), List.of()),
				row("points/train", 10, 2, Map.of(), List.of()));
		List<AcquisitionResult> read = Results.read(folder).acquisitions();
		assertEquals(List.of("points/train", "maze/train"), read.stream().map(AcquisitionResult::source).toList());
		assertEquals(List.of("rl2"), read.get(0).strategies());
		assertArrayEquals(new double[] {0, 10}, read.get(0).steps());
		assertArrayEquals(new double[] {1, 2}, read.get(0).returns());
		assertEquals(1, read.get(0).seed());
	}

	@Test
	void outcomesAndEpisodesAreThoseOfTheLastEvaluation() throws IOException {
		metrics(ADAPT.get(0), row("points/test", 0, 1, Map.of("regret", 9.0), List.of(1.0, 2.0)),
				row("points/test", 10, 2, Map.of("regret", 4.0), List.of(3.0, 4.0)));
		AdaptationResult read = Results.read(folder).adaptations().get(0);
		assertEquals(Map.of("regret", 4.0), read.outcomes());
		assertArrayEquals(new double[] {3, 4}, read.episodeReturns());
		assertEquals(2, read.finalReturn());
	}

	@Test
	void tracesAreThoseOfTheFirstSeedThatHasThem() throws IOException {
		assertEquals(List.of(), Results.traces(folder, new ArrayList<>()));
		for (String key : ADAPT) {
			metrics(key, row("points/test", 0, 1, Map.of(), List.of()));
			Files.writeString(store.partial(key).resolve(ResultStore.TRACE), new TraceTable(Trace.Kind.PLANE, List.of("x", "y"),
					List.of(new TraceTable.Row(1, 1, 0, List.of(0.0, 1.0)), new TraceTable.Row(1, 1, 1, List.of(0.5, Double.NaN)),
							new TraceTable.Row(1, 2, 0, List.of(7.0, 8.0))))
					.toCsv());
			finish(key, PlanFile.ADAPT);
		}
		List<TraceResult> traces = Results.traces(folder, new ArrayList<>());
		assertEquals(1, traces.size());
		TraceResult trace = traces.get(0);
		assertEquals(1, trace.seed());
		assertEquals("rl2", trace.strategy());
		assertEquals(new Trace(Trace.Kind.PLANE, List.of("x", "y")), trace.trace());
		assertEquals(List.of(1, 2), trace.episodes().stream().map(TraceResult.Episode::number).toList());
		assertArrayEquals(new double[] {0, 1}, trace.episodes().get(0).steps());
		assertArrayEquals(new double[] {1, Double.NaN}, trace.episodes().get(0).values()[1]);
		assertArrayEquals(new double[] {7}, trace.episodes().get(1).values()[0]);

		// a damaged one is named, and the next seed's takes its place
		Path damaged = store.step(ADAPT.get(0)).resolve(ResultStore.TRACE);
		Files.writeString(damaged, Files.readString(damaged).replace("0.5", "0.6"));
		List<String> problems = new ArrayList<>();
		assertEquals(2, Results.traces(folder, problems).get(0).seed());
		assertEquals(1, problems.size());
		assertTrue(problems.get(0).startsWith("adapt, seed 1: "), problems.toString());
		assertTrue(problems.get(0).contains("trace.csv"), problems.toString());
	}
}
