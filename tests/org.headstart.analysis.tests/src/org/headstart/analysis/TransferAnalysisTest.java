package org.headstart.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.headstart.analysis.figure.Bound;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.internal.Headline;
import org.headstart.analysis.internal.ResultComparison;
import org.headstart.analysis.internal.TransferAnalyser;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Test;

class TransferAnalysisTest {

	private static final AnalysisSettings QUICK = AnalysisSettings.DEFAULT.withResamples(1000, 200);

	private static AdaptationResult result(String arm, String target, int seed, double random, long source, double... returns) {
		double[] steps = new double[returns.length];
		for (int i = 0; i < steps.length; i++) {
			steps[i] = 100 * i;
		}
		return new AdaptationResult(arm, target, seed, steps, returns, new TreeMap<>(Map.of(0, returns[0])), random, source, 1,
				(returns.length - 1) * 100L, 2);
	}

	private static TransferAnalysis analyse(List<AdaptationResult> results) {
		return TransferAnalyser.analyse(List.of("scratch", "tuned"), "scratch", List.of("a"), results, QUICK);
	}

	@Test
	void metricsByHand() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 4; seed++) {
			results.add(result("scratch", "a", seed, 0, 0, 0, 5, 10));
			results.add(result("tuned", "a", seed, 0, 100, 4, 10, 12));
		}
		TransferFigures tuned = analyse(results).figures("tuned", "a");
		assertEquals(4, tuned.metric(TransferMetric.JUMPSTART).value(), 1e-12);
		assertEquals(2, tuned.metric(TransferMetric.ASYMPTOTIC_DIFFERENCE).value(), 1e-12);
		// areas over 200 steps: (2.5 + 7.5)/2 and (7 + 11)/2
		assertEquals(9 / 5.0, tuned.metric(TransferMetric.AREA_RATIO).value(), 1e-12);
		// threshold 9: scratch at step 200, tuned at 100
		assertEquals(100, tuned.metric(TransferMetric.STEPS_SAVED).value(), 1e-12);
		assertEquals(100, tuned.timeToThreshold().value());
		assertEquals(4, tuned.reached());
		assertTrue(tuned.paired());
		assertEquals(new Estimate(4, 4, 4), tuned.shotDifferences().get(0));
		// equal seeds: an interval of width zero, not none
		assertEquals(1.8, tuned.metric(TransferMetric.AREA_RATIO).low(), 1e-12);
	}

	@Test
	void whatStepsSayOfTheirResultsIsAWarningOnceForAllSeeds() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 4; seed++) {
			for (String arm : List.of("scratch", "tuned")) {
				AdaptationResult one = result(arm, "a", seed, 0, 0, 0, 5);
				results.add(new AdaptationResult(arm, "a", seed, one.steps(), one.returns(), one.shotReturns(), 0, 0, 0, 100, 0,
						Map.of(), new double[0], arm.equals("tuned") || seed == 2 ? List.of("no update was made") : List.of()));
			}
		}
		assertTrue(analyse(results).warnings().contains("On a, scratch (1 of 4 seeds), tuned: no update was made."),
				analyse(results).warnings().toString());
	}

	@Test
	void negativeReturnsAreShiftedByTheRandomPolicys() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 3; seed++) {
			results.add(result("scratch", "a", seed, -20, 0, -20, -10));
			results.add(result("tuned", "a", seed, -20, 9, -10, -10));
		}
		TransferAnalysis analysis = analyse(results);
		assertEquals(-20, analysis.facts("a").shift());
		assertEquals(2, analysis.figures("tuned", "a").metric(TransferMetric.AREA_RATIO).value(), 1e-12);
		assertEquals(-11, analysis.facts("a").threshold(), 1e-12);
	}

	@Test
	void negativeReturnsWithoutRandomPolicyGiveNoRatioAndSaySo() {
		TransferAnalysis analysis = analyse(List.of(result("scratch", "a", 1, Double.NaN, 0, -20, -10),
				result("tuned", "a", 1, Double.NaN, 9, -10, -10)));
		assertFalse(analysis.figures("tuned", "a").metric(TransferMetric.AREA_RATIO).isDefined());
		assertTrue(analysis.warnings().stream().anyMatch(each -> each.contains("no area ratio")), analysis.warnings().toString());
		assertTrue(analysis.overall().isEmpty());
	}

	@Test
	void aBaselineThatDoesNotLearnIsNoYardstick() {
		TransferAnalysis analysis = analyse(List.of(result("scratch", "a", 1, 5, 0, 5, 5), result("tuned", "a", 1, 5, 9, 6, 9)));
		assertTrue(analysis.overall().isEmpty());
		assertFalse(analysis.figures("tuned", "a").timeToThreshold().isDefined());
		assertTrue(analysis.warnings().stream().anyMatch(each -> each.contains("does not end above the random policy")));
	}

	@Test
	void runsThatNeverReachTheThresholdCountAsLater() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 5; seed++) {
			results.add(result("scratch", "a", seed, 0, 0, 0, 5, 10));
			results.add(result("tuned", "a", seed, 0, 9, 0, 1, seed <= 2 ? 10 : 1));
		}
		TransferFigures tuned = analyse(results).figures("tuned", "a");
		assertEquals(2, tuned.reached());
		assertEquals(200, tuned.timeToThreshold().value());
		assertEquals(Bound.MORE_THAN, tuned.timeToThreshold().qualification().value());
		assertEquals(0, tuned.metric(TransferMetric.STEPS_SAVED).value());
		assertEquals(Bound.AT_MOST, tuned.metric(TransferMetric.STEPS_SAVED).qualification().value());
	}

	@Test
	void notANumberIsLeftOutLoudly() {
		TransferAnalysis analysis = analyse(List.of(result("scratch", "a", 1, 0, 0, 0, 5), result("scratch", "a", 2, 0, 0, 0, 6),
				result("tuned", "a", 1, 0, 9, 1, 7), result("tuned", "a", 2, 0, 9, 1, Double.NaN)));
		assertEquals(1, analysis.figures("tuned", "a").runs());
		assertFalse(analysis.figures("tuned", "a").paired());
		assertTrue(analysis.warnings().get(0).contains("seed 2 of tuned on a"), analysis.warnings().get(0));
		assertTrue(analysis.warnings().get(0).contains("step 100"));
	}

	@Test
	void oneSeedGivesFiguresWithoutIntervals() {
		TransferAnalysis analysis = analyse(List.of(result("scratch", "a", 1, 0, 0, 0, 5), result("tuned", "a", 1, 0, 9, 1, 7)));
		Estimate ratio = analysis.figures("tuned", "a").metric(TransferMetric.AREA_RATIO);
		assertEquals(8 / 5.0, ratio.value(), 1e-12);
		assertFalse(ratio.hasInterval());
		assertTrue(Headline.of(analysis).startsWith("With one seed there is no interval"), Headline.of(analysis));
	}

	@Test
	void missingArmsAndTargetsAreSaid() {
		TransferAnalysis analysis = analyse(List.of(result("tuned", "a", 1, 0, 9, 1, 7)));
		assertNull(analysis.figures("scratch", "a"));
		assertTrue(analysis.figures("tuned", "a").metrics().isEmpty());
		assertTrue(analysis.warnings().stream().anyMatch(each -> each.contains("scratch has no result on a")));
		assertTrue(Headline.of(analysis).startsWith("Nothing can be compared"), Headline.of(analysis));
		assertEquals("There is no finished result yet.", Headline.of(analyse(List.of())));
	}

	@Test
	void aCurveIdenticalToScratchIsFound() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 3; seed++) {
			results.add(result("scratch", "a", seed, 0, 0, seed, 5, 10));
			results.add(result("tuned", "a", seed, 0, 100, seed, 5, 10));
		}
		assertTrue(analyse(results).warnings().stream().anyMatch(each -> each.contains("nothing was transferred")));
		results.removeIf(each -> each.strategy().equals("tuned"));
		for (int seed = 1; seed <= 3; seed++) {
			results.add(result("tuned", "a", seed, 0, 100, seed, 6, 10));
		}
		assertTrue(analyse(results).warnings().stream().anyMatch(each -> each.contains("starts with the very return")));
	}

	@Test
	void resultsThatDoNotBelongAreRefused() {
		assertThrows(IllegalArgumentException.class, () -> analyse(List.of(result("other", "a", 1, 0, 0, 1))));
		assertThrows(IllegalArgumentException.class, () -> analyse(List.of(result("tuned", "b", 1, 0, 0, 1))));
		assertThrows(IllegalArgumentException.class,
				() -> analyse(List.of(result("tuned", "a", 1, 0, 0, 1), result("tuned", "a", 1, 0, 0, 2))));
	}

	private static List<AdaptationResult> simulated(int seeds) {
		List<AdaptationResult> results = new ArrayList<>();
		for (String target : List.of("a", "b")) {
			for (String arm : List.of("scratch", "tuned")) {
				for (int seed = 1; seed <= seeds; seed++) {
					RandomStream random = new RandomStreams(3).stream(target + arm + seed);
					double lift = arm.equals("tuned") ? 3 : 0;
					results.add(result(arm, target, seed, 0, arm.equals("tuned") ? 50 : 0, lift + random.nextGaussian(),
							5 + lift + random.nextGaussian(), 10 + random.nextGaussian()));
				}
			}
		}
		return results;
	}

	@Test
	void orderOfResultsDoesNotMatterAndFiguresRepeat() {
		List<AdaptationResult> results = simulated(10);
		TransferAnalysis one = TransferAnalyser.analyse(List.of("scratch", "tuned"), "scratch", List.of("a", "b"), results, QUICK);
		Collections.reverse(results);
		TransferAnalysis two = TransferAnalyser.analyse(List.of("scratch", "tuned"), "scratch", List.of("a", "b"), results, QUICK);
		assertEquals(one.figures(), two.figures());
		assertEquals(one.overall(), two.overall());
		assertEquals(one.warnings(), two.warnings());
	}

	@Test
	void headlineClaimsWhatTheIntervalsBear() {
		TransferAnalysis ten = TransferAnalyser.analyse(List.of("scratch", "tuned"), "scratch", List.of("a", "b"), simulated(10), QUICK);
		assertTrue(ten.overall("tuned").metric(TransferMetric.AREA_RATIO).isAbove(1));
		assertTrue(Headline.of(ten).startsWith("Better than scratch: tuned (1."), Headline.of(ten));
		TransferAnalysis four = TransferAnalyser.analyse(List.of("scratch", "tuned"), "scratch", List.of("a", "b"), simulated(4), QUICK);
		assertTrue(Headline.of(four).startsWith("An indication, not a claim, with 4 seeds. Better than scratch: "), Headline.of(four));
		assertTrue(four.notes().stream().anyMatch(each -> each.startsWith("A claim needs 10 seeds")));
		// the same arm under two names: nothing to show
		List<AdaptationResult> same = new ArrayList<>();
		simulated(20).stream().filter(each -> each.strategy().equals("scratch") && each.target().equals("a"))
				.forEach(each -> same.add(result(each.seed() <= 10 ? "scratch" : "tuned", "a", each.seed(), 0, 0, each.returns())));
		assertTrue(Headline.of(analyse(same)).contains("No difference from scratch shown: tuned"), Headline.of(analyse(same)));
	}

	@Test
	void wholeSeedsKeepTheDependenceBetweenTargets() {
		// both targets move together by seed, as a shared source training makes them
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 12; seed++) {
			double luck = new RandomStreams(8).stream("luck " + seed).nextGaussian();
			for (String target : List.of("a", "b")) {
				results.add(result("scratch", target, seed, 0, 0, 0, 5, 10 + 0.01 * seed));
				results.add(result("tuned", target, seed, 0, 50, luck, 5 + luck, 10 + luck));
			}
		}
		Estimate within = TransferAnalyser.analyse(List.of("scratch", "tuned"), "scratch", List.of("a", "b"), results, QUICK)
				.overall("tuned").metric(TransferMetric.JUMPSTART);
		Estimate whole = TransferAnalyser
				.analyse(List.of("scratch", "tuned"), "scratch", List.of("a", "b"), results, QUICK.withWholeSeeds(true)).overall("tuned")
				.metric(TransferMetric.JUMPSTART);
		assertEquals(within.value(), whole.value(), 1e-12);
		assertTrue(whole.high() - whole.low() > 1.2 * (within.high() - within.low()), within + " and " + whole);
	}

	@Test
	void comparisonOfARunWithItselfShowsNothing() {
		ResultComparison comparison = ResultComparison.of(List.of("scratch", "tuned"), List.of("a", "b"), simulated(10),
				simulated(10), QUICK);
		assertEquals(4, comparison.rows().size());
		for (ResultComparison.Row row : comparison.rows()) {
			assertEquals("no difference shown", row.verdict(TransferMetric.ASYMPTOTIC_DIFFERENCE));
			assertEquals(new Estimate(0, 0, 0), row.second().metric(TransferMetric.ASYMPTOTIC_DIFFERENCE));
		}
		assertTrue(comparison.notes().isEmpty(), comparison.notes().toString());
	}
}
