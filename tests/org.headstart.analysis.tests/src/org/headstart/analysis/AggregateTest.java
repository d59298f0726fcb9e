package org.headstart.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AggregateTest {

	private static final double EXACT = 1e-12;

	/** scipy.stats.trim_mean(x, 0.25): int(0.25 n) values are cut at each end. */
	@Test
	void interquartileMeanIsTheTrimmedMeanOfTheMiddleHalf() {
		assertEquals(4.5, Aggregate.interquartileMean(1, 2, 3, 4, 5, 6, 7, 8), EXACT);
		// n = 10: two cut at each end, however extreme
		assertEquals(34 / 6.0, Aggregate.interquartileMean(10, 9, 1e9, 7, 6, 5, 4, 3, 2, -1e9), EXACT);
		// n = 5: one cut; n = 3: none
		assertEquals(2, Aggregate.interquartileMean(0, 1, 2, 3, 100), EXACT);
		assertEquals(4, Aggregate.interquartileMean(1, 1, 10), EXACT);
		assertEquals(7, Aggregate.interquartileMean(7), EXACT);
		assertTrue(Double.isNaN(Aggregate.interquartileMean()));
	}

	@Test
	void aggregatesOfAMatrix() {
		double[][] scores = {{0, 0.5, 1, 1.5}, {2, 2, 2, 2}, {0, 0, 0, 0}};
		assertEquals(11.0 / 12, Aggregate.MEAN.of(scores), EXACT);
		// task means 0.75, 2, 0
		assertEquals(0.75, Aggregate.MEDIAN.of(scores), EXACT);
		// twelve scores, three cut at each end: 0 0 | 0 0 0 | 0.5 … sorted: 0×5 0.5 1 1.5 2×4, kept are places 3 to 8
		assertEquals((0 + 0 + 0.5 + 1 + 1.5 + 2) / 6, Aggregate.INTERQUARTILE_MEAN.of(scores), EXACT);
		// min(score, 1): 0 .5 1 1, 1 1 1 1, 0 0 0 0
		assertEquals(1 - 6.5 / 12, Aggregate.OPTIMALITY_GAP.of(scores), EXACT);
	}

	@Test
	void interquartileMeanFollowsShiftAndScale() {
		double[] values = {3, -1, 4, 1, -5, 9, 2, 6};
		double[] moved = new double[values.length];
		for (int i = 0; i < values.length; i++) {
			moved[i] = 10 - 3 * values[i];
		}
		assertEquals(10 - 3 * Aggregate.interquartileMean(values), Aggregate.interquartileMean(moved), EXACT);
	}

	@Test
	void medianTakesInfiniteTimes() {
		double infinite = Double.POSITIVE_INFINITY;
		assertEquals(3, Aggregate.median(1, infinite, 3), EXACT);
		assertEquals(infinite, Aggregate.median(1, infinite, infinite, 2));
		assertEquals(infinite, Aggregate.median(infinite, infinite));
	}
}
