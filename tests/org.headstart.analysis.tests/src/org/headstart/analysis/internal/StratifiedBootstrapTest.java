package org.headstart.analysis.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.headstart.analysis.Aggregate;
import org.headstart.analysis.figure.Estimate;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StratifiedBootstrapTest {

	private static final double EXACT = 1e-12;
	private final StratifiedBootstrap bootstrap = new StratifiedBootstrap(2000, 0.95, new RandomStreams(1));

	/** The fast way over counts must give what resampling values would, whether equal resamples share a row or not. */
	@ParameterizedTest
	@CsvSource({"5, 3, 200", "5, 3, 2000", "2, 2, 300", "1, 6, 1000", "7, 2, 400", "8, 9, 100"})
	void countsGiveTheStatisticsOfTheResampledValues(int ofFirst, int ofSecond, int count) {
		double[] first = values(ofFirst, 1);
		double[] second = values(ofSecond, 2);
		Resamples resamples = Resamples.stratified(Resamples.draw(new RandomStream(3), count, ofFirst),
				Resamples.draw(new RandomStream(4), count, ofSecond));
		double[] flat = Aggregate.flatten(new double[][] {first, second});
		double[] quick = resamples.interquartileMeans(flat);
		double[] medians = resamples.medians(flat);
		double[] means = resamples.means(flat);
		double[] mediansOfTaskMeans = resamples.mediansOfTaskMeans(flat);
		RandomStream one = new RandomStream(3);
		RandomStream two = new RandomStream(4);
		for (int b = 0; b < count; b++) {
			double[] drawnFirst = resampled(first, one);
			double[] drawnSecond = resampled(second, two);
			double[] drawn = Aggregate.flatten(new double[][] {drawnFirst, drawnSecond});
			assertEquals(Aggregate.interquartileMean(drawn), quick[b], EXACT);
			assertEquals(Aggregate.median(drawn), medians[b], EXACT);
			assertEquals(Aggregate.mean(drawn), means[b], EXACT);
			assertEquals((Aggregate.mean(drawnFirst) + Aggregate.mean(drawnSecond)) / 2, mediansOfTaskMeans[b], EXACT);
		}
	}

	@ParameterizedTest
	@CsvSource({"2, 3, 500", "6, 6, 300", "7, 2, 300"})
	void winSharesAreThoseOfTheResampledRuns(int ofX, int ofY, int count) {
		double[] x = values(ofX, 1);
		double[] y = values(ofY, 2);
		double[] wins = new double[ofX * ofY];
		for (int i = 0; i < ofX; i++) {
			for (int j = 0; j < ofY; j++) {
				wins[i * ofY + j] = x[i] > y[j] ? 1 : 0;
			}
		}
		double[] quick = Resamples.draw(new RandomStream(3), count, ofX).winShares(wins,
				Resamples.draw(new RandomStream(4), count, ofY));
		RandomStream one = new RandomStream(3);
		RandomStream two = new RandomStream(4);
		for (int b = 0; b < count; b++) {
			double[] drawnX = resampled(x, one);
			double[] drawnY = resampled(y, two);
			long won = Arrays.stream(drawnX).mapToLong(each -> Arrays.stream(drawnY).filter(other -> each > other).count()).sum();
			assertEquals((double) won / wins.length, quick[b], EXACT);
		}
	}

	private static double[] values(int count, long seed) {
		RandomStream random = new RandomStream(seed);
		double[] values = new double[count];
		Arrays.setAll(values, i -> random.nextGaussian());
		return values;
	}

	private static double[] resampled(double[] values, RandomStream random) {
		double[] drawn = new double[values.length];
		Arrays.setAll(drawn, i -> values[random.nextInt(values.length)]);
		return drawn;
	}

	/** numpy.percentile(range(101), [2.5, 97.5]) is 2.5 and 97.5. */
	@Test
	void percentilesInterpolateLinearly() {
		double[] values = new double[101];
		RandomStream random = new RandomStream(5);
		int[] order = new int[values.length];
		Arrays.setAll(order, i -> i);
		random.shuffle(order, order.length);
		Arrays.setAll(values, i -> order[i]);
		Estimate estimate = Resamples.percentileInterval(50, values, 0.95);
		assertEquals(2.5, estimate.low(), 1e-9);
		assertEquals(97.5, estimate.high(), 1e-9);
	}

	@ParameterizedTest
	@EnumSource
	void intervalIsDeterministicAndHoldsTheEstimate(Aggregate aggregate) {
		double[][] scores = new double[4][10];
		RandomStream random = new RandomStream(9);
		for (double[] runs : scores) {
			Arrays.setAll(runs, i -> random.nextGaussian());
		}
		Estimate estimate = bootstrap.estimate(scores, aggregate, "a");
		assertEquals(estimate, bootstrap.estimate(scores, aggregate, "a"));
		assertTrue(estimate.low() < estimate.value() && estimate.value() < estimate.high(), estimate.toString());
	}

	/** Nominal 95 %; the percentile bootstrap of the interquartile mean of 20 normal values covers a little less. */
	@Test
	void intervalsCoverTheTruthAboutAsOftenAsTheySay() {
		RandomStream random = new RandomStream(11);
		StratifiedBootstrap quick = new StratifiedBootstrap(400, 0.95, new RandomStreams(2));
		int covered = 0;
		int trials = 600;
		for (int trial = 0; trial < trials; trial++) {
			double[][] scores = new double[2][10];
			for (double[] runs : scores) {
				Arrays.setAll(runs, i -> 3 + random.nextGaussian());
			}
			Estimate estimate = quick.estimate(scores, Aggregate.INTERQUARTILE_MEAN, "trial " + trial);
			covered += estimate.low() <= 3 && 3 <= estimate.high() ? 1 : 0;
		}
		double share = (double) covered / trials;
		assertTrue(share > 0.86 && share < 0.98, "covered " + share);
	}

	@Test
	void oneRunHasNoInterval() {
		Estimate estimate = bootstrap.estimate(new double[][] {{4}}, Aggregate.INTERQUARTILE_MEAN, "one");
		assertEquals(4, estimate.value());
		assertFalse(estimate.hasInterval());
		assertFalse(estimate.isAbove(0));
	}

	@Test
	void notANumberIsRefused() {
		assertThrows(IllegalArgumentException.class,
				() -> bootstrap.estimate(new double[][] {{1, 2}, {Double.NaN, 1}}, Aggregate.MEDIAN, "x"));
	}

	@Test
	void probabilityOfImprovementCountsPairs() {
		// pairs of task 1: 1>0, 1=1 (½), 3>0, 3>1 → 3.5 of 4; of task 2: 0 of 1
		double[][] x = {{1, 3}, {0}};
		double[][] y = {{0, 1}, {5}};
		assertEquals((3.5 / 4 + 0) / 2, bootstrap.probabilityOfImprovement(x, y, "p").value(), EXACT);
		assertEquals(1 - (3.5 / 4) / 2, bootstrap.probabilityOfImprovement(y, x, "p").value(), EXACT);
	}

	@Test
	void equalArmsImproveHalfTheTime() {
		double[][] x = {{1, 2, 3, 4, 5}, {7, 8, 9, 1, 2}};
		Estimate estimate = bootstrap.probabilityOfImprovement(x, x, "same");
		assertEquals(0.5, estimate.value(), EXACT);
		assertTrue(estimate.low() < 0.5 && estimate.high() > 0.5);
	}
}
