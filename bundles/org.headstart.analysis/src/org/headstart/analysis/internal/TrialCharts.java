package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.ExperimentDesign;
import org.headstart.analysis.GeneralisationGap;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TrialFigures;
import org.headstart.analysis.chart.ChartAxis;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.chart.IntervalChart;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.figure.TargetName;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.CurveBand;
import org.headstart.api.learner.BudgetUnit;

/** The charts of last evaluations and of learning within a trial. */
public final class TrialCharts {

	/** Up to so many episodes a trial each is marked and carries an error bar. */
	private static final int MARKED = 12;

	private TrialCharts() {}

	/**
	 * @param analysis the analysis
	 * @return all charts for which there are data, in the order of a report
	 */
	public static List<ChartModel> of(TransferAnalysis analysis) {
		List<ChartModel> charts = new ArrayList<>(finalReturns(analysis));
		shareOfTheWay(analysis).ifPresent(charts::add);
		charts.addAll(episodes(analysis));
		generalisationGap(analysis).ifPresent(charts::add);
		return charts;
	}

	/**
	 * @param analysis the analysis
	 * @return return of the last evaluation of each arm: one chart for each target that is judged only
	 */
	public static List<IntervalChart> finalReturns(TransferAnalysis analysis) {
		List<IntervalChart> charts = new ArrayList<>();
		for (String target : analysis.trials().targets()) {
			if (!analysis.facts(target).judgedOnly()) {
				continue;
			}
			List<IntervalChart.Row> rows = new ArrayList<>();
			for (TrialFigures each : analysis.trials().figures(target)) {
				rows.add(new IntervalChart.Row(each.arm(), analysis.arms().indexOf(each.arm()), each.finalReturn()));
			}
			TrialFigures base = analysis.trials().figures(analysis.baseline(), target);
			charts.add(
					new IntervalChart(TransferCharts.id("final-return", analysis.targets(), target), "Return, " + TargetName.shown(target),
							"Mean return of the evaluation" + (analysis.trials().episodes().containsKey(target) ? ", of whole trials" : "")
									+ ", interquartile mean over seeds" + intervals(analysis)
									+ (base == null ? "" : " Dashed: " + analysis.baseline() + "."),
							new ChartAxis("return", ""), List.of(new IntervalChart.Group("", rows)),
							base == null ? Double.NaN : base.finalReturn().value(), analysis.baseline()));
		}
		return charts;
	}

	/**
	 * The same for a run that goes on.
	 *
	 * @param arms     labels, in the experiment's order
	 * @param targets  labels of the targets that are judged only, in order
	 * @param results  what there is so far
	 * @param settings how to analyse
	 * @return one chart for each of the targets that has a result
	 */
	public static List<IntervalChart> liveReturns(List<String> arms, List<String> targets, List<AdaptationResult> results,
			AnalysisSettings settings) {
		SeedResamples resamples = new SeedResamples(settings);
		List<IntervalChart> charts = new ArrayList<>();
		for (String target : targets) {
			List<IntervalChart.Row> rows = new ArrayList<>();
			int most = 0;
			for (String arm : arms) {
				List<AdaptationResult> of = of(arm, target, results).stream()
						.filter(each -> Double.isFinite(each.finalReturn())).toList();
				if (!of.isEmpty()) {
					most = Math.max(most, of.size());
					rows.add(new IntervalChart.Row(arm, arms.indexOf(arm), resamples
							.interquartileMean(of, target, AdaptationResult::finalReturn).estimate(settings.confidence())));
				}
			}
			if (!rows.isEmpty()) {
				charts.add(new IntervalChart(TransferCharts.id("final-return", targets, target), "Return, " + TargetName.shown(target),
						"Mean return of the evaluation, interquartile mean over " + (most == 1 ? "1 seed."
								: "up to " + most + " seeds, with " + Figures.percent(settings.confidence()) + " bootstrap intervals."),
						new ChartAxis("return", ""), List.of(new IntervalChart.Group("", rows)), Double.NaN, ""));
			}
		}
		return charts;
	}

	private static List<AdaptationResult> of(String arm, String target, List<AdaptationResult> results) {
		return results.stream()
				.filter(each -> each.target().equals(target) && each.strategy().equals(arm) && each.returns().length > 0)
				.sorted(Comparator.comparingInt(AdaptationResult::seed)).toList();
	}

	/**
	 * @param analysis the analysis
	 * @return how far arms come from the baseline to the oracle, a group for each target; empty where there is no oracle
	 */
	public static Optional<IntervalChart> shareOfTheWay(TransferAnalysis analysis) {
		List<IntervalChart.Group> groups = new ArrayList<>();
		for (String target : analysis.trials().targets()) {
			List<IntervalChart.Row> rows = new ArrayList<>();
			for (TrialFigures each : analysis.trials().figures(target)) {
				if (each.shareOfTheWay().isDefined()) {
					rows.add(new IntervalChart.Row(each.arm(), analysis.arms().indexOf(each.arm()), each.shareOfTheWay()));
				}
			}
			if (!rows.isEmpty()) {
				groups.add(new IntervalChart.Group(TargetName.shown(target), rows));
			}
		}
		boolean negative = groups.stream().flatMap(group -> group.rows().stream()).map(IntervalChart.Row::estimate)
				.anyMatch(share -> share.value() < 0 || share.low() < 0);
		return groups.isEmpty() ? Optional.empty()
				: Optional.of(new IntervalChart("share-of-the-way",
						"Share of the way from " + analysis.baseline() + " to " + analysis.trials().oracle(),
						"0 is the return of " + analysis.baseline() + ", 1 that of " + analysis.trials().oracle()
								+ ", which is shown the task" + intervals(analysis),
						new ChartAxis("share of the way", "", negative ? Double.NaN : 0, Double.NaN, List.of()), groups, 1,
						analysis.trials().oracle()));
	}

	/**
	 * @param analysis the analysis
	 * @return return of the k-th episode of a trial: one chart for each target whose trials have several episodes
	 */
	public static List<LineChart> episodes(TransferAnalysis analysis) {
		List<LineChart> charts = new ArrayList<>();
		analysis.trials().targets().stream().filter(analysis.trials().episodes()::containsKey).forEach(target -> charts
				.add(episodes(analysis.arms(), analysis.targets(), target, analysis.trials().episodes().get(target),
						"Learning within a trial, " + TargetName.shown(target), analysis.settings())));
		return charts;
	}

	/**
	 * The same for a run that goes on: each arm's last evaluation so far.
	 *
	 * @param arms     labels, in the experiment's order
	 * @param targets  labels, in order
	 * @param results  what there is so far
	 * @param settings how to analyse
	 * @return one chart for each target that has an evaluation of trials of several episodes
	 */
	public static List<LineChart> liveEpisodes(List<String> arms, List<String> targets, List<AdaptationResult> results,
			AnalysisSettings settings) {
		Map<String, Map<String, List<AdaptationResult>>> runs = new LinkedHashMap<>();
		List<TargetFacts> facts = new ArrayList<>();
		for (String target : targets) {
			Map<String, List<AdaptationResult>> byArm = new LinkedHashMap<>();
			arms.forEach(arm -> byArm.put(arm, of(arm, target, results)));
			if (byArm.values().stream().anyMatch(of -> !of.isEmpty())) {
				runs.put(target, byArm);
				facts.add(new TargetFacts(target, Double.NaN, Double.NaN, 0, Double.NaN, false, Double.NaN, false,
						BudgetUnit.ENVIRONMENT_STEPS));
			}
		}
		List<LineChart> charts = new ArrayList<>();
		new TrialAnalyser(arms, arms.get(0), facts, ExperimentDesign.UNKNOWN, runs, new SeedResamples(settings), settings,
				new ArrayList<>(), new ArrayList<>()).episodes().forEach(
						(target, bands) -> charts.add(
								episodes(arms, targets, target, bands, "Learning within a trial, " + TargetName.shown(target), settings)));
		return charts;
	}

	private static LineChart episodes(List<String> arms, List<String> targets, String target, List<CurveBand> bands, String title,
			AnalysisSettings settings) {
		double last = bands.stream().mapToDouble(band -> band.x()[band.x().length - 1]).max().orElse(1);
		boolean marked = last <= MARKED;
		List<ChartAxis.Tick> ticks = new ArrayList<>();
		for (int number = 1; marked && number <= last; number++) {
			ticks.add(new ChartAxis.Tick(number, String.valueOf(number)));
		}
		boolean several = bands.stream().anyMatch(band -> band.runs() > 1);
		List<LineChart.Line> lines = new ArrayList<>();
		for (CurveBand band : bands) {
			int arm = arms.indexOf(band.arm());
			double[] x = band.x().clone();
			for (int i = 0; marked && i < x.length; i++) {
				// side by side, so that intervals of arms do not hide each other
				x[i] += (arm - (arms.size() - 1) / 2.0) * Math.min(0.04, 0.4 / arms.size());
			}
			lines.add(new LineChart.Line(band.arm(), arm, x, band.value(), band.low(), band.high(), marked, false));
		}
		return new LineChart(TransferCharts.id("episodes", targets, target), title,
				"Mean return of the k-th episode on one task, over k. Interquartile mean over seeds" + (several
						? "; " + (marked ? "bars: " : "bands: ") + Figures.percent(settings.confidence()) + " bootstrap intervals."
						: "."),
				marked ? new ChartAxis("episode of the trial", "", 0.6, last + 0.4, ticks) : new ChartAxis("episode of the trial", ""),
				new ChartAxis("return of the episode", ""), lines, List.of());
	}

	/**
	 * @param analysis the analysis
	 * @return return on seen tasks minus return on held-out ones; empty where there is no such pair of targets
	 */
	public static Optional<IntervalChart> generalisationGap(TransferAnalysis analysis) {
		Map<String, List<IntervalChart.Row>> rows = new LinkedHashMap<>();
		for (GeneralisationGap gap : analysis.trials().gaps()) {
			rows.computeIfAbsent(gap.pair(" − "), key -> new ArrayList<>())
					.add(new IntervalChart.Row(gap.arm(), analysis.arms().indexOf(gap.arm()), gap.gap()));
		}
		List<IntervalChart.Group> groups = new ArrayList<>();
		rows.forEach((heading, of) -> groups.add(new IntervalChart.Group(heading, of)));
		return groups.isEmpty() ? Optional.empty()
				: Optional.of(new IntervalChart("generalisation-gap", "Generalisation gap",
						"Return on tasks that could be learned on minus return on held-out tasks" + intervals(analysis)
								+ " Right of the dashed line: worse on new tasks.",
						new ChartAxis("difference", "return"), groups, 0, "no gap"));
	}

	/** The end of a sentence. */
	private static String intervals(TransferAnalysis analysis) {
		return analysis.fewestRuns() > 1
				? ", with " + Figures.percent(analysis.settings().confidence()) + " bootstrap intervals." : ".";
	}
}
