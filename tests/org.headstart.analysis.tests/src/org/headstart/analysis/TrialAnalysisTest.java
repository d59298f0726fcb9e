package org.headstart.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.headstart.analysis.chart.ChartAxis;
import org.headstart.analysis.chart.IntervalChart;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.internal.Headline;
import org.headstart.analysis.internal.ResultComparison;
import org.headstart.analysis.internal.TransferAnalyser;
import org.headstart.analysis.internal.TransferCharts;
import org.headstart.analysis.internal.TrialCharts;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.CurveBand;
import org.junit.jupiter.api.Test;

class TrialAnalysisTest {

	private static final AnalysisSettings QUICK = AnalysisSettings.DEFAULT.withResamples(1000, 200);
	private static final List<String> ARMS = List.of("blind", "rl2", "oracle");
	private static final ExperimentDesign DESIGN = new ExperimentDesign(
			List.of(new ExperimentDesign.Target("test", "points", "test", true, true),
					new ExperimentDesign.Target("train", "points", "train", true, false)),
			Set.of("oracle"));

	/** A run on a target that is judged only. */
	private static AdaptationResult judged(String arm, String target, int seed, double value, Map<String, Double> outcomes,
			double... episodes) {
		return new AdaptationResult(arm, target, seed, new double[] {0}, new double[] {value}, new TreeMap<>(Map.of(0, value)), -1000,
				arm.equals("blind") ? 0 : 100, 1, 0, 2, outcomes, episodes, List.of());
	}

	private static TransferAnalysis analyse(ExperimentDesign design, List<String> targets, List<AdaptationResult> results) {
		return TransferAnalyser.analyse(ARMS, "blind", targets, design, results, QUICK);
	}

	/** Four seeds, so that the interquartile mean leaves the lowest and the highest out. */
	private static List<AdaptationResult> sample() {
		List<AdaptationResult> results = new ArrayList<>();
		double[] luck = {-100, -1, 1, 100};
		for (int seed = 1; seed <= 4; seed++) {
			double shift = luck[seed - 1];
			results.add(judged("blind", "test", seed, -200 + shift, Map.of("regret", 10.0), -150, -50 + shift));
			results.add(judged("rl2", "test", seed, -40 + shift, Map.of("regret", 4.0 + seed), -30, -10 + shift));
			results.add(judged("oracle", "test", seed, shift, Map.of("regret", 0.0), 0, shift));
			results.add(judged("rl2", "train", seed, -35 + shift, Map.of("regret", 4.0)));
		}
		return results;
	}

	@Test
	void figuresByHand() {
		TransferAnalysis analysis = analyse(DESIGN, List.of("test", "train"), sample());
		TrialAnalysis trials = analysis.trials();
		TrialFigures rl2 = trials.figures("rl2", "test");
		assertEquals(-40, rl2.finalReturn().value(), 1e-12);
		// what seeds share falls out of the difference, resample by resample
		assertEquals(160, rl2.difference().value(), 1e-12);
		assertEquals(160, rl2.difference().low(), 1e-9);
		assertEquals(160, rl2.difference().high(), 1e-9);
		assertTrue(rl2.finalReturn().high() - rl2.finalReturn().low() > 50, rl2.finalReturn().toString());
		assertTrue(rl2.paired());
		// from −200 to 0
		assertEquals(0.8, rl2.shareOfTheWay().value(), 1e-12);
		assertEquals(0.8, rl2.shareOfTheWay().low(), 1e-9);
		assertFalse(rl2.ratio().isDefined(), "returns of rl2 have both signs");
		assertEquals(6.5, rl2.outcome("regret").value(), 1e-12);
		assertEquals(-3.5, rl2.outcomeDifference("regret").value(), 1e-12);
		assertTrue(rl2.outcomeDifference("regret").isBelow(0));
		assertEquals(-30, rl2.episodes().get(1).value(), 1e-12);
		assertEquals(-10, rl2.episodes().get(2).value(), 1e-12);
		assertEquals(20, rl2.gain().value(), 1e-12);
		assertEquals("oracle", trials.oracle());
		assertEquals(List.of("test"), trials.heldOut());
		for (String end : List.of("blind", "oracle")) {
			assertFalse(trials.figures(end, "test").shareOfTheWay().isDefined());
		}
		assertFalse(trials.figures("blind", "test").difference().isDefined());
		assertTrue(trials.figures("blind", "test").outcomeDifferences().isEmpty());
	}

	@Test
	void returnByEpisodeIsACurveOverItsNumber() {
		TransferAnalysis analysis = analyse(DESIGN, List.of("test", "train"), sample());
		assertEquals(Set.of("test"), analysis.trials().episodes().keySet());
		CurveBand blind = analysis.trials().episodes().get("test").get(0);
		assertEquals("blind", blind.arm());
		assertArrayEquals(new double[] {1, 2}, blind.x());
		assertArrayEquals(new double[] {-150, -50}, blind.value(), 1e-12);
		assertEquals(-150, blind.low()[0], 1e-12);
		assertTrue(blind.low()[1] < -60 && blind.high()[1] > -40);
		LineChart chart = TrialCharts.episodes(analysis).get(0);
		assertEquals(List.of("1", "2"), chart.x().ticks().stream().map(ChartAxis.Tick::label).toList());
		assertTrue(chart.lines().get(0).markers());
	}

	@Test
	void ofLongTrialsTheTableShowsSomeEpisodesAndTheLast() {
		double[] many = new double[1000];
		for (int i = 0; i < many.length; i++) {
			many[i] = i + 1;
		}
		double[] hundredAndTen = Arrays.copyOf(many, 110);
		TransferAnalysis analysis = analyse(DESIGN, List.of("test"),
				List.of(judged("blind", "test", 1, 0, Map.of(), many), judged("rl2", "test", 1, 1, Map.of(), hundredAndTen)));
		assertEquals(List.of(1, 2, 5, 10, 20, 50, 100, 110),
				List.copyOf(analysis.trials().figures("rl2", "test").episodes().keySet()));
		assertEquals(109, analysis.trials().figures("rl2", "test").gain().value());
		CurveBand thinned = analysis.trials().episodes().get("test").get(0);
		assertEquals(401, thinned.x().length);
		assertEquals(1, thinned.x()[0]);
		assertEquals(1000, thinned.x()[400]);
		assertArrayEquals(thinned.x(), thinned.value(), "every point is of a whole episode");
	}

	@Test
	void theGapIsPairedBySeed() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 5; seed++) {
			results.add(judged("rl2", "test", seed, 10 * seed, Map.of()));
			results.add(judged("rl2", "train", seed, 10 * seed + 3, Map.of()));
			if (seed < 5) {
				results.add(judged("oracle", "test", seed, 10 * seed, Map.of()));
			}
			results.add(judged("oracle", "train", seed, 10 * seed + 3, Map.of()));
		}
		List<GeneralisationGap> gaps = analyse(DESIGN, List.of("test", "train"), results).trials().gaps();
		assertEquals(List.of("rl2", "oracle"), gaps.stream().map(GeneralisationGap::arm).toList());
		GeneralisationGap paired = gaps.get(0);
		assertEquals("train", paired.seen());
		assertEquals("test", paired.heldOut());
		assertTrue(paired.paired());
		for (double each : new double[] {paired.gap().value(), paired.gap().low(), paired.gap().high()}) {
			assertEquals(3, each, 1e-9);
		}
		GeneralisationGap apart = gaps.get(1);
		assertFalse(apart.paired());
		assertEquals(4, apart.runs());
		assertTrue(apart.gap().low() < 0 && apart.gap().high() > 6, apart.gap().toString());
	}

	@Test
	void aPairNamesWhatItsTargetsShareOnce() {
		assertEquals("points/train − test", pair("points/train", "points/test"));
		assertEquals("points/train − maze/test", pair("points/train", "maze/test"));
		assertEquals("seen − new", pair("seen", "new"));
	}

	private static String pair(String seen, String heldOut) {
		Estimate any = Estimate.UNDEFINED;
		return new GeneralisationGap("a", seen, heldOut, 1, true, any, any, any).pair(" − ");
	}

	@Test
	void noGapBetweenFamiliesSingleTasksOrTwoHeldOutSets() {
		List<AdaptationResult> results = List.of(judged("rl2", "test", 1, 1, Map.of()), judged("rl2", "train", 1, 2, Map.of()));
		for (ExperimentDesign.Target other : List.of(new ExperimentDesign.Target("train", "other points", "train", true, false),
				new ExperimentDesign.Target("train", "points", "train", false, false),
				new ExperimentDesign.Target("train", "points", "validation", true, true))) {
			ExperimentDesign design = new ExperimentDesign(List.of(DESIGN.targets().get(0), other), Set.of());
			assertEquals(List.of(), analyse(design, List.of("test", "train"), results).trials().gaps(), other.toString());
		}
	}

	@Test
	void aRatioNeedsReturnsOfOneSign() {
		TrialAnalysis trials = analyse(DESIGN, List.of("test"), List.of(judged("blind", "test", 1, -12, Map.of()),
				judged("rl2", "test", 1, -9, Map.of()), judged("oracle", "test", 1, 2, Map.of()))).trials();
		assertEquals(0.75, trials.figures("rl2", "test").ratio().value(), 1e-12);
		assertFalse(trials.figures("oracle", "test").ratio().isDefined());
	}

	@Test
	void anOracleThatIsNoBetterIsSaid() {
		TransferAnalysis analysis = analyse(DESIGN, List.of("test"), List.of(judged("blind", "test", 1, 5, Map.of()),
				judged("rl2", "test", 1, 6, Map.of()), judged("oracle", "test", 1, 5, Map.of())));
		assertFalse(analysis.trials().figures("rl2", "test").shareOfTheWay().isDefined());
		assertTrue(analysis.warnings().stream().anyMatch(each -> each.contains("which is shown the task, does not return more")),
				analysis.warnings().toString());
	}

	/** Else one arm's share would be negative, and the other's say how far it comes from somewhere in the middle. */
	@Test
	void aBaselineThatOthersFallBelowIsNoLowerEnd() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 4; seed++) {
			results.add(judged("blind", "test", seed, 5 + 0.1 * seed, Map.of()));
			results.add(judged("rl2", "test", seed, 4 + 0.1 * seed, Map.of()));
			results.add(judged("oracle", "test", seed, 9, Map.of()));
		}
		TransferAnalysis analysis = analyse(DESIGN, List.of("test"), results);
		assertFalse(analysis.trials().figures("rl2", "test").shareOfTheWay().isDefined());
		assertTrue(analysis.notes().contains("No share of the way to oracle on test: there are arms that return less than blind,"
				+ " which is no lower end therefore."), analysis.notes().toString());
		assertTrue(Headline.of(analysis).contains("rl2 (4.25 [") && Headline.of(analysis).contains("returns less than"),
				Headline.of(analysis));
	}

	@Test
	void withoutExactlyOneOracleThereIsNoWay() {
		for (Set<String> oracles : List.of(Set.<String>of(), Set.of("oracle", "rl2"), Set.of("blind"))) {
			TransferAnalysis analysis = analyse(new ExperimentDesign(DESIGN.targets(), oracles), List.of("test", "train"), sample());
			assertNull(analysis.trials().oracle());
			assertFalse(analysis.trials().figures("rl2", "test").shareOfTheWay().isDefined());
			assertTrue(TrialCharts.shareOfTheWay(analysis).isEmpty());
		}
	}

	@Test
	void missingSeedsAreSaidOnceAnArm() {
		List<AdaptationResult> results = new ArrayList<>(sample());
		results.removeIf(each -> each.strategy().equals("rl2") && each.seed() > 2);
		assertTrue(analyse(DESIGN, List.of("test", "train"), results).warnings().contains("rl2 has 2 of 4 seeds on test, train."));
	}

	@Test
	void seedsWithoutAnOutcomeAreLeftOutOfItAndCounted() {
		TransferAnalysis analysis = analyse(DESIGN, List.of("test"), List.of(judged("blind", "test", 1, 0, Map.of("accuracy", 0.5)),
				judged("rl2", "test", 1, 0, Map.of("accuracy", 0.9)), judged("rl2", "test", 2, 0, Map.of("accuracy", Double.NaN))));
		assertEquals(0.9, analysis.trials().figures("rl2", "test").outcome("accuracy").value());
		assertTrue(analysis.warnings().stream().anyMatch(each -> each.contains("1 of 2 seeds of rl2 have no accuracy")),
				analysis.warnings().toString());
	}

	/** No curve, no area, no threshold, no asymptote: what would be about them must not be there, not even as a warning. */
	@Test
	void judgedOnlyTargetsHaveNoTransferFigures() {
		TransferAnalysis analysis = analyse(DESIGN, List.of("test", "train"), sample());
		assertTrue(analysis.judgedOnly());
		assertTrue(analysis.figures().stream().allMatch(each -> each.metrics().isEmpty()));
		assertTrue(analysis.overall().isEmpty());
		assertTrue(Double.isNaN(analysis.facts("test").threshold()));
		assertEquals(List.of(), TransferCharts.of(analysis));
		assertEquals(List.of("blind has no result on train; without the baseline there are no transfer metrics there.",
				"oracle has no result on train."), analysis.warnings());
		assertTrue(analyse(DESIGN, List.of("test"), sample().stream().filter(each -> each.target().equals("test")).toList())
				.warnings().isEmpty());
	}

	@Test
	void judgedAndTrainedTargetsStandSideBySide() {
		List<AdaptationResult> results = new ArrayList<>(sample());
		for (int seed = 1; seed <= 4; seed++) {
			for (String arm : ARMS) {
				results.add(new AdaptationResult(arm, "trained", seed, new double[] {0, 10}, new double[] {0, 5 + ARMS.indexOf(arm)},
						new TreeMap<>(Map.of(0, 0.0)), -1, 0, 0, 10, 0));
			}
		}
		TransferAnalysis analysis = analyse(DESIGN, List.of("test", "train", "trained"), results);
		assertFalse(analysis.judgedOnly());
		assertEquals(List.of("test", "train"), analysis.trials().targets());
		assertEquals(1, analysis.figures("rl2", "trained").metric(TransferMetric.ASYMPTOTIC_DIFFERENCE).value());
		assertEquals(1, analysis.overall("rl2").targets());
		assertEquals(1, TransferCharts.learningCurves(analysis).size());
		assertTrue(Headline.of(analysis).contains("area ratio"), Headline.of(analysis));
	}

	@Test
	void theHeadlineSaysHowFarOnTheWay() {
		TransferAnalysis analysis = analyse(DESIGN, List.of("train", "test"), sample());
		assertEquals("An indication, not a claim, with 4 seeds. On test, whose tasks are held out, rl2 comes 80.0 % [80.0, 80.0] of"
				+ " the way from blind (−200) to oracle (0.00), which is shown the task. Figures: return of the evaluation, of whole"
				+ " trials, 4 seeds, 95 % intervals.", Headline.of(analysis));
	}

	@Test
	void withoutOracleTheHeadlineSaysWhoReturnsMore() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 10; seed++) {
			results.add(judged("blind", "test", seed, 10 + 0.1 * seed, Map.of()));
			results.add(judged("rl2", "test", seed, 20 + 0.1 * seed, Map.of()));
			results.add(judged("oracle", "test", seed, 10 + 0.1 * ((seed * 3) % 10 + 1), Map.of()));
		}
		String headline = Headline.of(analyse(new ExperimentDesign(DESIGN.targets(), Set.of()), List.of("test"), results));
		assertTrue(headline.startsWith("On test, whose tasks are held out, rl2 (20.55 ["), headline);
		assertTrue(headline.contains(" returns more than blind (10.5); no difference from blind is shown for oracle (10.55 ["),
				headline);
		assertTrue(headline.endsWith(". Figures: return of the evaluation, 10 seeds, 95 % intervals."), headline);
	}

	@Test
	void theHeadlineOfOneSeedOrNoBaselineClaimsNothing() {
		assertEquals("With one seed there is no interval: nothing can be said about differences from blind. Returns on test: blind"
				+ " 1.00, rl2 2.00.",
				Headline.of(analyse(DESIGN, List.of("test"),
						List.of(judged("blind", "test", 1, 1, Map.of()), judged("rl2", "test", 1, 2, Map.of())))));
		assertEquals("Nothing can be compared on test yet: there is no result of blind.",
				Headline.of(analyse(DESIGN, List.of("test"), List.of(judged("rl2", "test", 1, 2, Map.of())))));
	}

	/** Meta-trained weights that were not loaded leave an agent that does what the untrained one does. */
	@Test
	void knowledgeThatChangesNothingIsFound() {
		List<AdaptationResult> results = List.of(judged("blind", "test", 1, 3, Map.of()), judged("rl2", "test", 1, 3, Map.of()));
		assertTrue(analyse(DESIGN, List.of("test"), results).warnings().stream()
				.anyMatch(each -> each.contains("nothing was transferred")));
		// two trained agents may both solve the task
		List<AdaptationResult> solved = List.of(judged("rl2", "test", 1, 3, Map.of()), judged("oracle", "test", 1, 3, Map.of()));
		assertTrue(TransferAnalyser.analyse(List.of("rl2", "oracle"), "rl2", List.of("test"), solved, QUICK).warnings().isEmpty());
	}

	@Test
	void resultsOfJudgedTargetsAreComparedByTheirReturn() {
		List<AdaptationResult> second = sample().stream().map(each -> judged(each.strategy(), each.target(), each.seed(),
				each.finalReturn() + 2, Map.of("regret", each.outcomes().get("regret") + 1), each.episodeReturns())).toList();
		ResultComparison comparison = ResultComparison.of(ARMS, List.of("test"), sample(), second, QUICK);
		assertEquals(3, comparison.rows().size());
		for (ResultComparison.Row row : comparison.rows()) {
			assertTrue(row.judgedOnly());
			assertEquals(2, row.secondTrial().difference().value(), 1e-12);
			assertEquals("higher", ResultComparison.verdict(row.secondTrial().difference(), 0));
			assertEquals(1, row.secondTrial().outcomeDifference("regret").value(), 1e-12);
		}
	}

	@Test
	void curvesOfARunThatGoesOnUseWhatIsThere() {
		List<LineChart> charts = TrialCharts.liveEpisodes(ARMS, List.of("train", "test"),
				List.of(judged("rl2", "test", 1, 0, Map.of(), 1, 5), judged("blind", "train", 1, 0, Map.of())), QUICK);
		assertEquals(1, charts.size());
		assertEquals("Learning within a trial, test", charts.get(0).title());
		assertArrayEquals(new double[] {1, 5}, charts.get(0).lines().get(0).y());
		assertEquals(1, charts.get(0).lines().get(0).colour());
		assertEquals(List.of(), TrialCharts.liveEpisodes(ARMS, List.of("test"), List.of(), QUICK));
		List<IntervalChart> returns = TrialCharts.liveReturns(ARMS, List.of("test", "train"),
				List.of(judged("rl2", "test", 1, 3, Map.of()), judged("rl2", "test", 2, 5, Map.of())), QUICK);
		assertEquals(1, returns.size());
		IntervalChart.Row row = returns.get(0).groups().get(0).rows().get(0);
		assertEquals("rl2", row.label());
		assertEquals(1, row.colour());
		assertEquals(new Estimate(4, 3, 5), row.estimate());
	}
}
