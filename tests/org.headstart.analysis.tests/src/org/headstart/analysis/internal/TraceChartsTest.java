package org.headstart.analysis.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.headstart.analysis.chart.PathChart;
import org.headstart.analysis.result.TraceResult;
import org.headstart.api.environment.Trace;
import org.junit.jupiter.api.Test;

class TraceChartsTest {

	private static final List<String> ARMS = List.of("a", "b");
	private static final Trace PLANE = new Trace(Trace.Kind.PLANE, List.of("x", "y", "goal-x", "goal-y"));

	private static TraceResult.Episode path(int trial, int number) {
		return new TraceResult.Episode(trial, number, new double[] {0, 1},
				new double[][] {{0, trial}, {0, number}, {9, 10 * trial}, {9, 7}});
	}

	@Test
	void aPanelForEachArmWithTheFirstAndTheLastEpisodeOfEachTrial() {
		TraceResult first = new TraceResult("b", "t", 2, PLANE, List.of(path(1, 1), path(1, 2), path(1, 3), path(2, 1)));
		TraceResult later = new TraceResult("b", "t", 3, PLANE, List.of(path(5, 1)));
		TraceResult other = new TraceResult("a", "t", 2, PLANE, List.of(path(1, 1)));
		List<PathChart> charts = TraceCharts.of(ARMS, List.of("t", "u"), List.of(later, first, other));
		assertEquals(1, charts.size());
		PathChart chart = charts.get(0);
		assertTrue(chart.plane());
		assertFalse(chart.logarithmic());
		assertEquals(List.of("a", "b"), chart.panels().stream().map(PathChart.Panel::heading).toList());
		PathChart.Panel panel = chart.panels().get(1);
		// faint ones lie below
		assertEquals(List.of(true, false, false), panel.paths().stream().map(PathChart.Path::faint).toList());
		assertEquals(List.of(0, 0, 1), panel.paths().stream().map(PathChart.Path::colour).toList());
		assertArrayEquals(new double[] {0, 3}, panel.paths().get(1).y());
		// the goal as it is at the end
		assertEquals(List.of(new PathChart.Mark(0, 10, 7), new PathChart.Mark(1, 20, 7)), panel.marks());
		assertTrue(chart.subtitle().contains("Faint: a trial's first episode"), chart.subtitle());
	}

	@Test
	void numbersOverTheStepsHaveAChartEachWithoutWhatTheAxisCannotShow() {
		Trace trace = new Trace(Trace.Kind.OVER_STEPS_LOGARITHMIC, List.of("learning-rate", "loss"));
		TraceResult.Episode episode = new TraceResult.Episode(1, 1, new double[] {0, 1, 2, 3},
				new double[][] {{Double.NaN, 0.01, 0, 0.001}, {2, 1, 0.5, 0.25}});
		List<PathChart> charts = TraceCharts.of(ARMS, List.of("t"), List.of(new TraceResult("a", "t", 1, trace, List.of(episode))));
		assertEquals(List.of("traces-1-t-learning-rate", "traces-1-t-loss"), charts.stream().map(PathChart::id).toList());
		assertEquals("Learning rate, t", charts.get(0).title());
		assertTrue(charts.get(0).logarithmic());
		PathChart.Path rate = charts.get(0).panels().get(0).paths().get(0);
		assertArrayEquals(new double[] {1, 3}, rate.x());
		assertArrayEquals(new double[] {0.01, 0.001}, rate.y());
		assertFalse(charts.get(0).subtitle().contains("Faint"));
	}

	/** Ids name files. */
	@Test
	void namesOfNumbersMayHoldAnyCharacter() {
		Trace trace = new Trace(Trace.Kind.OVER_STEPS, List.of("../../x", "a b", "a-b", "?"));
		TraceResult.Episode episode = new TraceResult.Episode(1, 1, new double[] {0, 1}, new double[][] {{1, 2}, {1, 2}, {1, 2}, {1, 2}});
		assertEquals(List.of("traces-1-t-x", "traces-1-t-a-b2", "traces-1-t-a-b3", "traces-1-t-4"),
				TraceCharts.of(ARMS, List.of("t"), List.of(new TraceResult("a", "t", 1, trace, List.of(episode)))).stream()
						.map(PathChart::id).toList());
	}

	@Test
	void noMoreTrialsThanColours() {
		List<TraceResult.Episode> episodes = new ArrayList<>();
		for (int trial = 1; trial <= 12; trial++) {
			episodes.add(path(trial, 1));
		}
		PathChart chart = TraceCharts.of(ARMS, List.of("t"), List.of(new TraceResult("a", "t", 1, PLANE, episodes))).get(0);
		assertEquals(8, chart.panels().get(0).paths().size());
	}

	@Test
	void nothingToDrawGivesNoChart() {
		assertEquals(List.of(), TraceCharts.of(ARMS, List.of("t"), List.of()));
		assertEquals(List.of(), TraceCharts.of(ARMS, List.of("t"), List.of(new TraceResult("a", "t", 1, PLANE, List.of()))));
	}
}
