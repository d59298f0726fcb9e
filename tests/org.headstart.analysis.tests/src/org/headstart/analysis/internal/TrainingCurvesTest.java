package org.headstart.analysis.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.result.AcquisitionResult;
import org.junit.jupiter.api.Test;

class TrainingCurvesTest {

	private static final AnalysisSettings QUICK = AnalysisSettings.DEFAULT.withResamples(500, 200);
	private static final List<String> ARMS = List.of("scratch", "last", "all", "other");

	private static AcquisitionResult run(List<String> arms, String source, int seed, double... returns) {
		double[] steps = new double[returns.length];
		for (int i = 0; i < steps.length; i++) {
			steps[i] = 10 * i;
		}
		return new AcquisitionResult(arms, source, seed, steps, returns);
	}

	@Test
	void armsThatShareAnAcquisitionShareACurve() {
		List<LineChart> charts = TrainingCurves.of(ARMS, List.of(run(List.of("other"), "point/train", 1, 0, 1, 2),
				run(List.of("last", "all"), "point/train", 1, 0, 4, 8), run(List.of("last", "all"), "point/train", 2, 2, 6)), QUICK);
		assertEquals(1, charts.size());
		List<LineChart.Line> lines = charts.get(0).lines();
		assertEquals(List.of("last, all", "other"), lines.stream().map(LineChart.Line::name).toList());
		assertEquals(List.of(1, 3), lines.stream().map(LineChart.Line::colour).toList());
		assertArrayEquals(new double[] {1, 5, 8}, lines.get(0).y());
	}

	@Test
	void labelsThatReadLikeTwoAreNotMixedUp() {
		List<LineChart.Line> lines = TrainingCurves.of(List.of("a", "b", "a, b"), List.of(run(List.of("a", "b"), "s", 1, 0, 1, 2),
				run(List.of("a, b"), "s", 1, 0, 4, 8)), QUICK).get(0).lines();
		assertEquals(2, lines.size());
		assertArrayEquals(new double[] {0, 1, 2}, lines.get(0).y());
		assertArrayEquals(new double[] {0, 4, 8}, lines.get(1).y());
	}

	@Test
	void aSourceThatIsNotReachedYetHasNoChart() {
		List<LineChart> charts = TrainingCurves.of(ARMS, List.of(run(List.of("all"), "first", 1, 0, 1),
				run(List.of("all"), "second", 1, 0)), QUICK);
		assertEquals(List.of("training-curves-1-first"), charts.stream().map(LineChart::id).toList());
		assertEquals(List.of(), TrainingCurves.of(ARMS, List.of(), QUICK));
	}
}
