package org.headstart.analysis.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {

	@Test
	void asManyDigitsAsTheIntervalBears() {
		assertEquals("0.35 [0.21, 0.47]", Figures.estimate(new Estimate(0.3512, 0.2144, 0.4713)));
		assertEquals("−1,234 [−1,300, −1,200]", Figures.estimate(new Estimate(-1234.4, -1300.2, -1199.6)));
		assertEquals("12.3", Figures.number(12.345));
		assertEquals("–", Figures.estimate(Estimate.UNDEFINED));
		assertEquals("0.00", Figures.number(0));
		assertEquals("0.0 [−2.1, 2.0]", Figures.estimate(new Estimate(-0.01, -2.1, 2)));
	}

	@Test
	void boundsAreSaid() {
		Qualification beyond = new Qualification(Bound.MORE_THAN, Bound.MORE_THAN, Bound.MORE_THAN, "", "");
		assertEquals("> 1M", Figures.steps(new Estimate(1e6, 1e6, 1e6, beyond)));
		assertEquals("523k [400k, > 1M]", Figures.steps(
				new Estimate(523_123, 400_000, 1e6, new Qualification(Bound.EXACT, Bound.EXACT, Bound.MORE_THAN, "", ""))));
		assertEquals("≤ −576 [≤ −640, −256]",
				Figures.steps(new Estimate(-576, -640, -256, new Qualification(Bound.AT_MOST, Bound.AT_MOST, Bound.EXACT, "", ""))));
		assertEquals("neither reaches it", Figures.steps(Estimate.missing("neither reaches it", "why")));
		assertEquals("▲ 2.0 [1.0, 3.0]", Figures.difference(new Estimate(2, 1, 3)));
	}

	/** A number that is rounded to nothing, or that fills the line, says less than its size. */
	@Test
	void hugeAndTinyNumbersAreShownByTheirSize() {
		assertEquals("1.00e300", Figures.number(1e300));
		assertEquals("−2.50e13 [−3.00e13, −1.00e13]", Figures.estimate(new Estimate(-2.5e13, -3e13, -1e13)));
		assertEquals("4.20e−9", Figures.number(4.2e-9));
		assertEquals("9.22e18", Figures.count(Long.MAX_VALUE));
		assertEquals("3.00e15", Figures.steps(3e15));
		assertEquals("2.78e296 h", Figures.duration(1e300));
		assertEquals("∞", Figures.number(Double.POSITIVE_INFINITY));
	}

	@Test
	void ticksAndCounts() {
		assertEquals("250k", Figures.tick(250_000));
		assertEquals("1.5M", Figures.tick(1_500_000));
		assertEquals("−0.5", Figures.tick(-0.5));
		assertEquals("0", Figures.tick(0));
		assertEquals("2,000,000", Figures.count(2e6));
		assertEquals("95 %", Figures.percent(0.95));
		assertEquals("1 h 30 min", Figures.duration(5400.5));
		assertEquals("2.0 s", Figures.duration(2));
	}

	@Test
	void sharesAndDifferencesSayWhatIsShown() {
		assertEquals("94.0 % [91.0, 97.0]", Figures.share(new Estimate(0.94, 0.91, 0.97)));
		assertEquals("–", Figures.share(Estimate.UNDEFINED));
		assertEquals("−50.0 %", Figures.share(new Estimate(-0.5, Double.NaN, Double.NaN)));
		assertEquals("▲ 2.0 [1.0, 3.0]", Figures.difference(new Estimate(2, 1, 3)));
		assertEquals("▼ −2.0 [−3.0, −1.0]", Figures.difference(new Estimate(-2, -3, -1)));
		assertEquals("1.0 [−1.0, 3.0]", Figures.difference(new Estimate(1, -1, 3)));
		assertEquals("2.00", Figures.difference(new Estimate(2, Double.NaN, Double.NaN)));
	}
}
