package org.headstart.engine.analysis;

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
	void timesBeyondTheBudget() {
		double infinite = Double.POSITIVE_INFINITY;
		assertEquals("523k [400k, > 1M]", Figures.time(new Estimate(523_123, 400_000, infinite), 1e6));
		assertEquals("> 1M", Figures.time(new Estimate(infinite, infinite, infinite), 1e6));
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
