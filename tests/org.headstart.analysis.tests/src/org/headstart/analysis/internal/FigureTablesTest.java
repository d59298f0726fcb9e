package org.headstart.analysis.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.headstart.analysis.figure.Bound;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.FigureTable;
import org.headstart.analysis.figure.FigureTable.Cell;
import org.headstart.analysis.figure.FigureTable.Kind;
import org.headstart.analysis.figure.FigureTable.Row;
import org.headstart.analysis.figure.FigureTable.Scope;
import org.headstart.analysis.figure.Qualification;
import org.headstart.analysis.result.AdaptationResult;
import org.junit.jupiter.api.Test;

class FigureTablesTest {

	private static final AnalysisSettings QUICK = AnalysisSettings.DEFAULT.withResamples(1000, 200).withThreshold(10);

	private static AdaptationResult result(String arm, String target, int seed, double random, double... returns) {
		double[] steps = new double[returns.length];
		for (int i = 0; i < steps.length; i++) {
			steps[i] = 100 * i;
		}
		return new AdaptationResult(arm, target, seed, steps, returns, new TreeMap<>(Map.of(0, returns[0], 10, returns[0])), random,
				arm.equals("scratch") ? 0 : 500, 1, (returns.length - 1) * 100L, 2);
	}

	private static TransferAnalysis analyse(List<String> targets, List<AdaptationResult> results, AnalysisSettings settings) {
		return TransferAnalyser.analyse(List.of("scratch", "tuned"), "scratch", targets, results, settings);
	}

	private static TransferAnalysis analyse(AdaptationResult... results) {
		return analyse(List.of("t"), List.of(results), QUICK);
	}

	private static Cell cell(List<FigureTable> tables, Kind kind, String arm, String column) {
		for (FigureTable table : tables) {
			for (int i = 0; table.kind() == kind && i < table.columns().size(); i++) {
				for (Row row : table.rows()) {
					if (table.columns().get(i).key().equals(column) && row.key().arm().equals(arm)) {
						return row.cells().get(i);
					}
				}
			}
		}
		throw new AssertionError("no " + column + " of " + arm + " in " + kind);
	}

	private static Cell saved(TransferAnalysis analysis) {
		Cell summary = cell(FigureTables.summaries(analysis), Kind.SUMMARY, "tuned", "steps-saved-to-threshold");
		assertEquals(summary, cell(FigureTables.of(analysis), Kind.TRANSFER, "tuned", "steps-saved-to-threshold"));
		return summary;
	}

	@Test
	void whereNeitherReachesTheThresholdNothingIsSaved() {
		TransferAnalysis analysis = analyse(result("scratch", "t", 1, 0, 1, 2, 3), result("tuned", "t", 1, 0, 4, 5, 6));
		Cell saved = saved(analysis);
		assertEquals("neither reaches it", saved.text());
		assertFalse(saved.estimate().isDefined());
		assertEquals("neither the arm nor scratch reaches the threshold of 10.0 within the budget",
				saved.estimate().qualification().note());
		assertTrue(FigureTables.summaries(analysis).get(0).notes().contains("tuned: steps saved to threshold: " + saved.estimate()
				.qualification().note() + "."));
		assertEquals("> 200", cell(FigureTables.of(analysis), Kind.PARTS, "tuned", "time-to-threshold").text());
		assertEquals("0 of 1", cell(FigureTables.of(analysis), Kind.PARTS, "tuned", "reached-by").text());
		assertTrue(TransferCharts.transferMetrics(analysis).stream().noneMatch(chart -> chart.id().startsWith("steps-saved")));
	}

	@Test
	void whereOneReachesItTheStepsSavedAreABound() {
		assertEquals("≥ 100", saved(analyse(result("scratch", "t", 1, 0, 1, 2, 3), result("tuned", "t", 1, 0, 4, 10, 11))).text());
		assertEquals("≤ −200", saved(analyse(result("scratch", "t", 1, 0, 10, 12, 13), result("tuned", "t", 1, 0, 4, 5, 6))).text());
		// equal to the budget, and yet only a bound
		assertEquals("≥ 0", saved(analyse(result("scratch", "t", 1, 0, 1, 2, 3), result("tuned", "t", 1, 0, 4, 5, 10))).text());
		Cell both = saved(analyse(result("scratch", "t", 1, 0, 1, 10, 3), result("tuned", "t", 1, 0, 10, 5, 10)));
		assertEquals("100", both.text());
		assertEquals(Bound.EXACT, both.estimate().qualification().value());
	}

	/** The median is reached, and in many resamples it is not. */
	@Test
	void endsOfAnIntervalAreBoundsWhereSomeSeedsDoNotReachIt() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 5; seed++) {
			results.add(result("scratch", "t", seed, 0, 1, 10, 12));
			results.add(result("tuned", "t", seed, 0, seed <= 3 ? 10 : 4, 5, 6));
		}
		Estimate saved = saved(analyse(results.toArray(new AdaptationResult[0]))).estimate();
		assertEquals(new Estimate(100, -100, 100, new Qualification(Bound.EXACT, Bound.AT_MOST, Bound.EXACT, "",
				"an end of the interval is a bound, as in some resamples a time lies beyond the budget")), saved);
		assertFalse(new Estimate(1, 1, 2, new Qualification(Bound.EXACT, Bound.AT_MOST, Bound.EXACT, "", "")).isAbove(0));
		assertFalse(new Estimate(-1, -2, -1, new Qualification(Bound.EXACT, Bound.EXACT, Bound.AT_LEAST, "", "")).isBelow(0));
	}

	@Test
	void overAllTargetsABoundStaysABoundAndAMissingFigureIsNamed() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 2; seed++) {
			results.add(result("scratch", "a", seed, 0, 1, 2, 12));
			results.add(result("tuned", "a", seed, 0, 10, 11, 12));
			results.add(result("scratch", "b", seed, 0, 1, 2, 3));
			results.add(result("tuned", "b", seed, 0, 4, 10, 12));
		}
		// 200 of 200 on a, 100 of 200 or more on b
		assertEquals("≥ 0.750 [≥ 0.750, ≥ 0.750]", cell(FigureTables.of(analyse(List.of("a", "b"), results, QUICK)),
				Kind.TRANSFER_OVERALL, "tuned", "steps-saved-to-threshold").text());
		Cell none = cell(FigureTables.of(analyse(List.of("a", "b"), results, QUICK.withThreshold(12))), Kind.TRANSFER_OVERALL, "tuned",
				"steps-saved-to-threshold");
		assertEquals("≥ 0.00 [≥ 0.00, ≥ 0.00]", none.text());
		none = cell(FigureTables.of(analyse(List.of("a", "b"), results, QUICK.withThreshold(13))), Kind.TRANSFER_OVERALL, "tuned",
				"steps-saved-to-threshold");
		assertFalse(none.estimate().isDefined());
		assertEquals("there is none on a, b", none.estimate().qualification().note());
	}

	@Test
	void oneSeedIsWhyThereIsNoInterval() {
		FigureTable summary = FigureTables.summaries(analyse(result("scratch", "t", 1, 0, 1, 2, 10), result("tuned", "t", 1, 0, 4, 5, 10)))
				.get(0);
		assertEquals(List.of("One seed, so no interval."), summary.notes());
		assertEquals("1", FigureTable.Leading.SEEDS.of(summary.rows().get(0)));
	}

	@Test
	void aMissingAreaRatioIsExplained() {
		TransferAnalysis shifted = analyse(result("scratch", "t", 1, -1, -3, -2, -2), result("tuned", "t", 1, -1, -1, 5, 5));
		assertEquals("the area above the random policy's is not positive for scratch",
				cell(FigureTables.of(shifted), Kind.TRANSFER, "tuned", "area-ratio").estimate().qualification().note());
		TransferAnalysis unknown = analyse(result("scratch", "t", 1, Double.NaN, -3, -2, -2),
				result("tuned", "t", 1, Double.NaN, -1, 5, 5));
		assertEquals("returns are negative and the random policy's return is not known",
				cell(FigureTables.of(unknown), Kind.TRANSFER, "tuned", "area-ratio").estimate().qualification().note());
	}

	/** Two arms that solve the task at once return the same, whatever was transferred. */
	@Test
	void equalReturnsAtACeilingAreNoSignThatNothingWasTransferred() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 10; seed++) {
			results.add(result("scratch", "t", seed, 20, 500, 500, 500));
			results.add(result("tuned", "t", seed, 20, 500, 500, 500));
		}
		TransferAnalysis analysis = analyse(List.of("t"), results, QUICK.withThreshold(Double.NaN));
		assertEquals(List.of("On t, tuned and scratch return the same at every evaluation in every seed, and always 500, at the limit of"
				+ " all returns here. Returns cannot tell them apart there; whether anything was transferred they do not show."),
				analysis.warnings());
		assertEquals("0 [0, 0]", saved(analysis).text());
		assertTrue(Headline.of(analysis).startsWith("No difference from scratch shown: tuned (1.00 [1.00, 1.00])."), Headline.of(analysis));
		assertTrue(analysis.notes().stream().anyMatch(note -> note.startsWith("Where all seeds return the same")));
	}

	/** An agent that has learned nothing yet fails as the one that knows nothing does. */
	@Test
	void anEqualStartAtTheFloorIsNoSignEither() {
		TransferAnalysis floor =
				analyse(result("scratch", "t", 1, -300, -200, -200, -150), result("tuned", "t", 1, -300, -200, -200, -120));
		assertEquals(List.of(), floor.warnings());
		TransferAnalysis load = analyse(result("scratch", "t", 1, -300, -190, -200, -150), result("tuned", "t", 1, -300, -190, -200, -120));
		assertTrue(load.warnings().get(0).contains("as if nothing had been carried over"), load.warnings().toString());
	}

	@Test
	void whoEndsNoBetterThanRandomIsNamedWhereverFiguresAreShown() {
		List<AdaptationResult> results = new ArrayList<>();
		for (int seed = 1; seed <= 4; seed++) {
			results.add(result("scratch", "t", seed, 20, 0, 10, 12 + seed));
			results.add(result("tuned", "t", seed, 20, 0, 10, 10 + 5 * seed));
		}
		TransferAnalysis analysis = analyse(results.toArray(new AdaptationResult[0]));
		assertTrue(analysis.warnings().contains("On t worse than the random policy, which returns 20.0: scratch (14.5 [13.0, 16.0])."),
				analysis.warnings().toString());
		assertTrue(analysis.warnings().stream().anyMatch(
				each -> each.startsWith("On t not shown to be better than the random policy, which returns 20.0: tuned (22 [")));
		assertTrue(Headline.of(analysis).endsWith(" Not shown to be better than the random policy: scratch and tuned."));
		Cell scratch = cell(FigureTables.summaries(analysis), Kind.SUMMARY, "scratch", "asymptote");
		assertEquals("14.5 [13.0, 16.0] (not above random)", scratch.text());
		assertEquals("below the random policy's return of 20.0", scratch.estimate().qualification().note());
		// without an interval the value itself decides
		assertFalse(analyse(result("scratch", "t", 1, 20, 0, 21), result("tuned", "t", 1, 20, 0, 20)).facts("t")
				.noBetterThanRandom(Estimate.exactly(20.5)));
		assertTrue(Headline.of(analyse(result("scratch", "t", 1, 20, 0, 21), result("tuned", "t", 1, 20, 0, 20)))
				.endsWith("Not shown to be better than the random policy: tuned."));
		// where nothing was trained, the one evaluation is compared
		Cell judged = cell(FigureTables.summaries(analyse(result("scratch", "t", 1, 20, 3), result("tuned", "t", 1, 20, 30))),
				Kind.SUMMARY, "scratch", "return");
		assertEquals("3.00 (not above random)", judged.text());
	}

	@Test
	void aTargetThatIsCalledAllTargetsIsToldFromAllTargets() {
		List<AdaptationResult> results = new ArrayList<>();
		List<String> targets = List.of("all targets", "the target \"all targets\"", "b");
		for (int seed = 1; seed <= 2; seed++) {
			for (String target : targets) {
				results.add(result("scratch", target, seed, 0, 1, 2, 3));
				results.add(result("tuned", target, seed, 0, 4, 5, 6));
			}
		}
		TransferAnalysis analysis = analyse(targets, results, QUICK);
		List<FigureTable> tables = FigureTables.of(analysis);
		assertTrue(tables.stream().flatMap(table -> table.rows().stream()).map(Row::key)
				.allMatch(key -> (key.scope() == Scope.ALL_TARGETS) == key.target().isEmpty()));
		Set<String> titles = new HashSet<>();
		for (ChartModel chart : TransferCharts.of(analysis)) {
			assertTrue(titles.add(chart.title()), chart.title());
			if (chart instanceof IntervalChart intervals) {
				assertEquals(intervals.groups().size(), intervals.groups().stream().map(IntervalChart.Group::heading).distinct().count());
			}
		}
		assertTrue(titles.contains("Learning curves, all targets") && titles.contains("Learning curves, the target \"all targets\"")
				&& titles.contains("Learning curves, the target \"the target \"all targets\"\""), titles.toString());
	}

	/** Names of outcomes are the environment's, and may be words of our own. */
	@Test
	void keysOfColumnsAreUnique() {
		List<AdaptationResult> results = new ArrayList<>();
		for (String arm : List.of("scratch", "tuned")) {
			results.add(new AdaptationResult(arm, "t", 1, new double[] {0}, new double[] {5}, new TreeMap<>(), 1, 0, 1, 0, 2,
					Map.of("return", 1.0, "return-difference", 2.0, "share-of-the-way", 3.0), new double[] {2, 3}, List.of()));
			results.add(result(arm, "u", 1, 0, 1, 2, 3));
		}
		for (FigureTable table : FigureTables.of(analyse(List.of("t", "u"), results, QUICK))) {
			assertEquals(table.columns().size(), table.columns().stream().map(FigureTable.Column::key).distinct().count(),
					table.columns().toString());
		}
	}

	@Test
	void whatIsBeyondTheRangeOfNumbersIsNoFigure() {
		TransferAnalysis analysis = analyse(result("scratch", "t", 1, 0, -1e308, -1.7e308, -1.7e308),
				result("tuned", "t", 1, 0, 1e308, 1.7e308, 1.7e308));
		Cell difference = cell(FigureTables.of(analysis), Kind.TRANSFER, "tuned", "asymptotic-difference");
		assertEquals("–", difference.text());
		assertEquals("beyond the range of numbers (1.8e308)", difference.estimate().qualification().note());
		assertEquals("1.70e308", cell(FigureTables.of(analysis), Kind.PARTS, "tuned", "asymptote").text());
	}

	@Test
	void comparisonSaysWhyThereIsNoInterval() {
		List<AdaptationResult> one = List.of(result("scratch", "t", 1, 0, 1, 2, 3));
		FigureTable table = FigureTables.of(ResultComparison.of(List.of("scratch"), List.of("t"), one, one, QUICK), QUICK);
		assertEquals(List.of("return at step 0", "asymptote", "mean return, ratio"),
				table.rows().stream().map(row -> row.key().figure()).toList());
		assertEquals("no interval", table.rows().get(0).cells().get(5).text());
		assertEquals(List.of("One seed, so no interval."), table.notes());
		assertTrue(table.startsGroup(0) && !table.startsGroup(1));
	}

	@Test
	void whatStepsSayOfTheirResultsIsSaidOfAComparison() {
		List<AdaptationResult> first = List.of(result("scratch", "t", 1, 0, 1, 2, 3));
		List<AdaptationResult> second = first.stream().map(each -> new AdaptationResult(each.strategy(), each.target(), each.seed(),
				each.steps(), each.returns(), each.shotReturns(), each.randomReturn(), 0, 0, 0, 0, Map.of(), new double[0],
				List.of("no update was made"))).toList();
		assertTrue(ResultComparison.of(List.of("scratch"), List.of("t"), first, second, QUICK).notes()
				.contains("scratch on t (second): no update was made."));
	}

	/** Judged in one run, trained on in the other: both sides are what the difference is of. */
	@Test
	void aJudgedAndATrainedRunAreComparedByTheirLastEvaluations() {
		FigureTable table = FigureTables.of(ResultComparison.of(List.of("scratch"), List.of("t"),
				List.of(result("scratch", "t", 1, 4, 3)), List.of(result("scratch", "t", 1, 4, 3, 5, 8)), QUICK), QUICK);
		assertEquals(List.of("1", "1", "3.00 (not above random)", "8.00", "5.00", "no interval"),
				table.rows().get(0).cells().stream().map(Cell::text).toList());
	}
}
