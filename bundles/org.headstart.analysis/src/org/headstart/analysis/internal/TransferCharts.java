package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.OverallFigures;
import org.headstart.analysis.TargetFacts;
import org.headstart.analysis.TransferAnalysis;
import org.headstart.analysis.TransferFigures;
import org.headstart.analysis.TransferMetric;
import org.headstart.analysis.chart.ChartAxis;
import org.headstart.analysis.chart.ChartModel;
import org.headstart.analysis.chart.IntervalChart;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.figure.TargetName;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.CurveBand;
import org.headstart.api.learner.BudgetUnit;

/** The charts of an analysis. */
public final class TransferCharts {

	private TransferCharts() {}

	/**
	 * @param analysis the analysis
	 * @return all charts for which there are data, in the order of a report
	 */
	public static List<ChartModel> of(TransferAnalysis analysis) {
		List<ChartModel> charts = new ArrayList<>(learningCurves(analysis));
		charts.addAll(transferMetrics(analysis));
		probabilityOfImprovement(analysis).ifPresent(charts::add);
		charts.addAll(shots(analysis));
		performanceProfile(analysis).ifPresent(charts::add);
		return charts;
	}

	/**
	 * @param analysis the analysis
	 * @return learning curves over all targets (when there are several), then one chart for each target that is trained on
	 */
	public static List<LineChart> learningCurves(TransferAnalysis analysis) {
		List<LineChart> charts = new ArrayList<>();
		if (several(analysis) && !analysis.overallCurves().isEmpty()) {
			charts.add(new LineChart("learning-curves-all-targets", "Learning curves, " + TargetName.ALL,
					"Normalised return: 0 is the random policy, 1 the asymptote of " + analysis.baseline() + ". "
							+ bands(analysis, "seeds and targets"),
					analysis.overallInSteps() ? steps(analysis.counted().ofTarget())
							: new ChartAxis("share of the budget", "", 0, 1, List.of()),
					new ChartAxis("normalised return", ""), lines(analysis.arms(), analysis.overallCurves(), false),
					List.of(new LineChart.Level("random policy", 0))));
		}
		for (TargetFacts facts : analysis.facts()) {
			if (facts.judgedOnly()) {
				continue;
			}
			charts.add(new LineChart(id("learning-curves", analysis.targets(), facts.target()),
					"Learning curves, " + TargetName.shown(facts.target()), bands(analysis, "seeds"), steps(facts.unit()),
					new ChartAxis("return", ""), lines(analysis.arms(), analysis.curves().get(facts.target()), false), levels(facts)));
		}
		return charts;
	}

	/**
	 * Learning curves of a run that goes on: at each step the runs that have come that far, so that a curve's end may rest on
	 * fewer seeds than its beginning.
	 *
	 * @param arms     labels, in the experiment's order
	 * @param targets  labels, in order
	 * @param results  what there is so far; arrays may be as short as one evaluation, shots may be missing
	 * @param settings {@link AnalysisSettings#curveResamples()} decides how long this takes
	 * @return one chart for each target that has an evaluation
	 */
	public static List<LineChart> liveLearningCurves(List<String> arms, List<String> targets, List<AdaptationResult> results,
			AnalysisSettings settings) {
		List<LineChart> charts = new ArrayList<>();
		for (String target : targets) {
			List<CurveBand> bands = LearningCurves.soFar(arms, target, results, settings);
			if (!bands.isEmpty()) {
				int most = bands.stream().mapToInt(CurveBand::runs).max().orElse(0);
				double random = results.stream().filter(result -> result.target().equals(target))
						.mapToDouble(AdaptationResult::randomReturn).filter(Double::isFinite).average().orElse(Double.NaN);
				charts.add(new LineChart(id("learning-curves", targets, target), "Learning curves so far, " + TargetName.shown(target),
						"Interquartile mean over the seeds that have come that far, up to " + most
								+ (most == 1 ? " seed." : " seeds; bands: " + percent(settings) + " bootstrap intervals."),
						steps(results.stream().filter(result -> result.target().equals(target)).findFirst().orElseThrow().counted()
								.ofTarget()),
						new ChartAxis("return", ""), lines(arms, bands, false),
						Double.isNaN(random) ? List.of() : List.of(new LineChart.Level("random policy", random))));
			}
		}
		return charts;
	}

	/**
	 * @param analysis the analysis
	 * @return one chart for each metric that any arm has
	 */
	public static List<IntervalChart> transferMetrics(TransferAnalysis analysis) {
		List<IntervalChart> charts = new ArrayList<>();
		for (TransferMetric metric : TransferMetric.values()) {
			// over all targets the units differ from those on one: share an axis only where both are ratios
			boolean ratio = metric.unit().isEmpty();
			List<IntervalChart.Group> groups = new ArrayList<>();
			if (several(analysis) && ratio) {
				group(analysis, TargetName.ALL, arm -> overall(analysis, arm, metric)).ifPresent(groups::add);
			}
			for (TargetFacts facts : analysis.facts()) {
				group(analysis, TargetName.shown(facts.target()), arm -> {
					TransferFigures figures = analysis.figures(arm, facts.target());
					return figures == null ? Estimate.UNDEFINED : figures.metric(metric);
				}).ifPresent(groups::add);
			}
			if (!groups.isEmpty()) {
				charts.add(intervals(analysis, metric, "", groups,
						metric == TransferMetric.STEPS_SAVED ? analysis.counted().onTargets() : metric.unit()));
			}
			if (several(analysis) && !ratio) {
				group(analysis, TargetName.ALL, arm -> overall(analysis, arm, metric)).ifPresent(
						group -> charts.add(intervals(analysis, metric, "-all-targets", List.of(group), metric.overallUnit())));
			}
		}
		return charts;
	}

	private static Estimate overall(TransferAnalysis analysis, String arm, TransferMetric metric) {
		OverallFigures overall = analysis.overall(arm);
		return overall == null ? Estimate.UNDEFINED : overall.metric(metric);
	}

	private static IntervalChart intervals(TransferAnalysis analysis, TransferMetric metric, String suffix,
			List<IntervalChart.Group> groups, String unit) {
		String title = metric.label().substring(0, 1).toUpperCase(Locale.ROOT) + metric.label().substring(1);
		return new IntervalChart(metric.label().replace(' ', '-') + suffix,
				title + " against " + analysis.baseline() + (suffix.isEmpty() ? "" : ", " + TargetName.ALL),
				"With " + percent(analysis.settings())
						+ " bootstrap intervals over seeds; right of the dashed line (no difference) is better.",
				new ChartAxis(metric.label(), unit), groups, metric.noDifference(), "no difference");
	}

	private static Optional<IntervalChart.Group> group(TransferAnalysis analysis, String heading,
			Function<String, Estimate> figure) {
		List<IntervalChart.Row> rows = new ArrayList<>();
		boolean defined = false;
		for (int arm = 0; arm < analysis.arms().size(); arm++) {
			String label = analysis.arms().get(arm);
			if (!label.equals(analysis.baseline())) {
				Estimate estimate = figure.apply(label);
				defined |= estimate.isDefined();
				rows.add(new IntervalChart.Row(label, arm, estimate));
			}
		}
		return defined ? Optional.of(new IntervalChart.Group(heading, rows)) : Optional.empty();
	}

	/**
	 * @param analysis the analysis
	 * @return probability that a run of an arm ends above one of the baseline; empty when there is none
	 */
	public static Optional<IntervalChart> probabilityOfImprovement(TransferAnalysis analysis) {
		return group(analysis, "", arm -> {
			OverallFigures overall = analysis.overall(arm);
			return overall == null ? Estimate.UNDEFINED : overall.probabilityOfImprovement();
		}).map(group -> new IntervalChart("probability-of-improvement", "Probability of improvement over " + analysis.baseline(),
				"Probability that a run ends above one of " + analysis.baseline() + ", mean over targets, with "
						+ percent(analysis.settings()) + " bootstrap intervals.",
				new ChartAxis("P(arm > " + analysis.baseline() + ")", "", -0.02, 1.02, List.of()), List.of(group), 0.5,
				"no difference"));
	}

	/**
	 * @param analysis the analysis
	 * @return judged return after 0, 1, k shots: over all targets (when there are several), then one chart for each target on which
	 *         there are shots
	 */
	public static List<LineChart> shots(TransferAnalysis analysis) {
		List<LineChart> charts = new ArrayList<>();
		if (several(analysis)) {
			shots(analysis, "shots-all-targets", "Judged return after k shots, " + TargetName.ALL, "normalised return",
					"Normalised return: 0 is the random policy, 1 the asymptote of " + analysis.baseline() + ". "
							+ bars(analysis, "seeds and targets"),
					arm -> analysis.overall(arm) == null ? null : analysis.overall(arm).shots(),
					List.of(new LineChart.Level("random policy", 0))).ifPresent(charts::add);
		}
		for (TargetFacts facts : analysis.facts()) {
			if (facts.judgedOnly()) {
				continue;
			}
			shots(analysis, id("shots", analysis.targets(), facts.target()),
					"Judged return after k shots, " + TargetName.shown(facts.target()), "return", bars(analysis, "seeds"),
					arm -> analysis.figures(arm, facts.target()) == null ? null : analysis.figures(arm, facts.target()).shots(),
					levels(facts)).ifPresent(charts::add);
		}
		return charts;
	}

	private static Optional<LineChart> shots(TransferAnalysis analysis, String id, String title, String unit, String subtitle,
			Function<String, SortedMap<Integer, Estimate>> figures, List<LineChart.Level> levels) {
		TreeSet<Integer> ks = new TreeSet<>();
		for (String arm : analysis.arms()) {
			SortedMap<Integer, Estimate> shots = figures.apply(arm);
			if (shots != null) {
				ks.addAll(shots.keySet());
			}
		}
		if (ks.isEmpty()) {
			return Optional.empty();
		}
		// 0, 1, 10, 100: evenly spaced, as neither a linear nor a logarithmic axis holds them well
		List<Integer> order = List.copyOf(ks);
		List<ChartAxis.Tick> ticks = new ArrayList<>();
		for (int i = 0; i < order.size(); i++) {
			ticks.add(new ChartAxis.Tick(i, order.get(i).toString()));
		}
		List<LineChart.Line> lines = new ArrayList<>();
		int count = analysis.arms().size();
		for (int arm = 0; arm < count; arm++) {
			SortedMap<Integer, Estimate> shots = figures.apply(analysis.arms().get(arm));
			if (shots == null || shots.isEmpty()) {
				continue;
			}
			double[] x = new double[order.size()];
			double[] y = new double[x.length];
			double[] low = new double[x.length];
			double[] high = new double[x.length];
			for (int i = 0; i < x.length; i++) {
				Estimate estimate = shots.getOrDefault(order.get(i), Estimate.UNDEFINED);
				// side by side, so that intervals of arms do not hide each other
				x[i] = i + (arm - (count - 1) / 2.0) * Math.min(0.06, 0.5 / count);
				y[i] = estimate.value();
				low[i] = estimate.low();
				high[i] = estimate.high();
			}
			lines.add(new LineChart.Line(analysis.arms().get(arm), arm, x, y, low, high, true, false));
		}
		return Optional.of(new LineChart(id, title, subtitle,
				new ChartAxis("shots", "granted episodes", -0.4, order.size() - 0.6, ticks), new ChartAxis(unit, ""), lines,
				levels));
	}

	/**
	 * @param analysis the analysis
	 * @return share of runs whose normalised asymptote exceeds a score; empty when no target can be normalised
	 */
	public static Optional<LineChart> performanceProfile(TransferAnalysis analysis) {
		if (analysis.profiles().isEmpty()) {
			return Optional.empty();
		}
		return Optional.of(new LineChart("performance-profile", "Performance profile",
				"Share of runs whose normalised asymptote exceeds a score; higher is better. Bands: "
						+ percent(analysis.settings()) + " bootstrap intervals.",
				new ChartAxis("normalised return τ", "0 random policy, 1 asymptote of " + analysis.baseline()),
				new ChartAxis("share of runs with score > τ", "", -0.02, 1.02, List.of()),
				lines(analysis.arms(), analysis.profiles(), true), List.of()));
	}

	private static List<LineChart.Line> lines(List<String> arms, List<CurveBand> bands, boolean steps) {
		return bands.stream().map(band -> new LineChart.Line(band.arm(), arms.indexOf(band.arm()), band.x(), band.value(),
				band.low(), band.high(), band.x().length == 1, steps)).toList();
	}

	private static List<LineChart.Level> levels(TargetFacts facts) {
		List<LineChart.Level> levels = new ArrayList<>();
		if (Double.isFinite(facts.randomReturn())) {
			levels.add(new LineChart.Level("random policy", facts.randomReturn()));
		}
		if (Double.isFinite(facts.threshold())) {
			levels.add(new LineChart.Level(facts.derived() ? "threshold (derived)" : "threshold", facts.threshold()));
		}
		return levels;
	}

	private static ChartAxis steps(BudgetUnit unit) {
		return new ChartAxis(unit.key() + " on the target", unit.brief());
	}

	private static boolean several(TransferAnalysis analysis) {
		return analysis.facts().stream().filter(TargetFacts::normalised).count() > 1;
	}

	private static String bands(TransferAnalysis analysis, String over) {
		return "Interquartile mean over " + over + (analysis.fewestRuns() > 1
				? "; bands: " + percent(analysis.settings()) + " bootstrap intervals." : ".");
	}

	private static String bars(TransferAnalysis analysis, String over) {
		return "Interquartile mean over " + over + (analysis.fewestRuns() > 1
				? "; bars: " + percent(analysis.settings()) + " bootstrap intervals." : ".");
	}

	private static String percent(AnalysisSettings settings) {
		return Figures.percent(settings.confidence());
	}

	/** Labels may hold any character and differ in these only, so the number keeps ids apart. */
	static String id(String kind, List<String> targets, String target) {
		String slug = slug(target);
		return kind + "-" + (targets.indexOf(target) + 1) + (slug.isEmpty() ? "" : "-" + slug.substring(0, Math.min(40, slug.length())));
	}

	static String slug(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
	}
}
