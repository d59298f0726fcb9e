package org.headstart.analysis.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReturnCurveTest {

	private final ReturnCurve curve = new ReturnCurve(new double[] {0, 10, 30}, new double[] {0, 10, 4});

	@Test
	void linesBetweenEvaluations() {
		assertEquals(5, curve.at(5));
		assertEquals(10, curve.at(10));
		assertEquals(7, curve.at(20));
		assertTrue(Double.isNaN(curve.at(31)) && Double.isNaN(curve.at(-1)));
	}

	@Test
	void meanReturnIsTheAreaOverTheRange() {
		assertEquals((50 + 140) / 30.0, curve.meanReturn(30), 1e-12);
		assertEquals((50 + 85) / 20.0, curve.meanReturn(20), 1e-12);
		assertEquals(5, curve.meanReturn(10), 1e-12);
		assertEquals(0, curve.meanReturn(0));
	}

	@Test
	void asymptoteIsTheMeanOfTheLastEvaluations() {
		assertEquals(4, curve.asymptote(30, 0.1));
		assertEquals(7, curve.asymptote(30, 1));
		assertEquals(10, curve.asymptote(29, 0.1));
		assertEquals(0, new ReturnCurve(new double[] {0}, new double[] {0}).asymptote(0, 0.1));
	}

	@Test
	void firstEvaluationThatReachesTheThreshold() {
		assertEquals(10, curve.timeToThreshold(8, 30));
		assertEquals(0, curve.timeToThreshold(-1, 30));
		assertEquals(Double.POSITIVE_INFINITY, curve.timeToThreshold(11, 30));
		assertEquals(Double.POSITIVE_INFINITY, curve.timeToThreshold(8, 9));
	}

	@Test
	void stepsMustAscend() {
		assertThrows(IllegalArgumentException.class, () -> new ReturnCurve(new double[] {0, 5, 5}, new double[3]));
		assertThrows(IllegalArgumentException.class, () -> new ReturnCurve(new double[] {0, 5}, new double[3]));
		assertThrows(IllegalArgumentException.class, () -> new ReturnCurve(new double[0], new double[0]));
	}
}
