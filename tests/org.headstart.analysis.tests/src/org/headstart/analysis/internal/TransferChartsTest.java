package org.headstart.analysis.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.chart.IntervalChart;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.chart.PathChart;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.CurveBand;
import org.junit.jupiter.api.Test;

class TransferChartsTest {

	private static final AnalysisSettings QUICK = AnalysisSettings.DEFAULT.withResamples(500, 200);
	private static final List<String> ARMS = List.of("scratch", "tuned");

	private static AdaptationResult run(String arm, String target, int seed, double... returns) {
		double[] steps = new double[returns.length];
		for (int i = 0; i < steps.length; i++) {
			steps[i] = 10 * i;
		}
		return new AdaptationResult(arm, target, seed, steps, returns, new TreeMap<>(Map.of(0, returns[0], 10, 3.0)), 0, 0, 0, 0, 0);
	}

	@Test
	void everyChartHasAnIdOfItsOwnAndArmsKeepTheirColours() {
		List<AdaptationResult> results = new ArrayList<>();
		// labels that differ only in what an id cannot hold
		List<String> targets = List.of("task/1", "task 1", "ß");
		for (String target : targets) {
			for (int seed = 1; seed <= 3; seed++) {
				results.add(run("scratch", target, seed, 0, 2, 4 + seed));
				results.add(run("tuned", target, seed, 1, 3, 5 + seed));
			}
		}
		List<ChartModel> charts = TransferCharts.of(TransferAnalyser.analyse(ARMS, "scratch", targets, results, QUICK));
		Set<String> ids = new HashSet<>();
		for (ChartModel chart : charts) {
			assertTrue(ids.add(chart.id()), chart.id());
			assertTrue(chart.id().matches("[a-z0-9-]+"), chart.id());
			switch (chart) {
				case LineChart lines -> lines.lines().forEach(line -> assertEquals(ARMS.indexOf(line.name()), line.colour()));
				case PathChart paths -> throw new AssertionError("no episode was given: " + paths.id());
				case IntervalChart intervals -> intervals.groups().forEach(
						group -> group.rows().forEach(row -> assertEquals(ARMS.indexOf(row.label()), row.colour())));
			}
		}
		// curves 4, metrics 4 + 3 over all, improvement, shots 4, profile
		assertEquals(17, charts.size());
	}

	@Test
	void curvesOfUnfinishedRunsUseWhatIsThere() {
		List<AdaptationResult> results = List.of(run("scratch", "a", 1, 0, 2, 4), run("scratch", "a", 2, 2, 4),
				run("tuned", "a", 1, 7));
		List<LineChart> charts = TransferCharts.liveLearningCurves(ARMS, List.of("a", "b"), results, QUICK);
		assertEquals(1, charts.size());
		LineChart chart = charts.get(0);
		assertArrayEquals(new double[] {0, 10, 20}, chart.lines().get(0).x());
		assertArrayEquals(new double[] {1, 3, 4}, chart.lines().get(0).y());
		assertTrue(Double.isNaN(chart.lines().get(0).low()[2]), "one run has no band");
		assertArrayEquals(new double[] {7, Double.NaN, Double.NaN}, chart.lines().get(1).y());
	}

	@Test
	void runsEvaluatedAtOtherStepsMeetOnAGrid() {
		AdaptationResult other = new AdaptationResult("tuned", "a", 1, new double[] {0, 7, 20}, new double[] {0, 7, 20},
				new TreeMap<>(), 0, 0, 0, 0, 0);
		TransferAnalysis analysis = TransferAnalyser.analyse(ARMS, "scratch", List.of("a"),
				List.of(run("scratch", "a", 1, 0, 10, 20), other), QUICK);
		CurveBand tuned = analysis.curves().get("a").get(1);
		assertEquals(101, tuned.x().length);
		assertEquals(tuned.x()[37], tuned.value()[37], 1e-9);
	}

	@Test
	void noResultsGiveNoCharts() {
		assertTrue(TransferCharts.of(TransferAnalyser.analyse(ARMS, "scratch", List.of("a"), List.of(), QUICK)).isEmpty());
		assertTrue(TransferCharts.liveLearningCurves(ARMS, List.of("a"), List.of(), QUICK).isEmpty());
	}
}
