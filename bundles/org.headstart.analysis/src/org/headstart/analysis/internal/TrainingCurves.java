package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.chart.ChartAxis;
import org.headstart.analysis.chart.LineChart;
import org.headstart.analysis.figure.Figures;
import org.headstart.analysis.result.AcquisitionResult;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.CurveBand;
import org.headstart.api.learner.BudgetUnit;

/** Curves of training on the sources: how pre-training or meta-training went. */
public final class TrainingCurves {

	private TrainingCurves() {}

	/**
	 * One chart for each source. Arms that share an acquisition share a curve, in the colour of the first of them.
	 *
	 * @param arms         labels, in the experiment's order
	 * @param acquisitions what there is, finished or not; evaluations that are not a number end a run's curve
	 * @param settings     {@link AnalysisSettings#curveResamples()} decides how long this takes
	 * @return charts of sources that have more than the evaluation before training
	 */
	public static List<LineChart> of(List<String> arms, List<AcquisitionResult> acquisitions, AnalysisSettings settings) {
		List<String> sources = acquisitions.stream().map(AcquisitionResult::source).distinct().toList();
		List<LineChart> charts = new ArrayList<>();
		for (String source : sources) {
			chart(arms, sources, source, acquisitions.stream().filter(each -> each.source().equals(source)).toList(), settings)
					.ifPresent(charts::add);
		}
		return charts;
	}

	private static Optional<LineChart> chart(List<String> arms, List<String> sources, String source,
			List<AcquisitionResult> acquisitions, AnalysisSettings settings) {
		List<List<String>> shared = acquisitions.stream().map(AcquisitionResult::strategies).distinct()
				.sorted(Comparator.comparingInt(each -> arms.indexOf(each.get(0)))).toList();
		// by number: joined labels may read like another label
		List<String> numbers = IntStream.range(0, shared.size()).mapToObj(String::valueOf).toList();
		List<AdaptationResult> runs = new ArrayList<>();
		for (AcquisitionResult each : acquisitions) {
			runs.add(new AdaptationResult(numbers.get(shared.indexOf(each.strategies())), source, each.seed(), each.steps(),
					each.returns(), new TreeMap<>(), Double.NaN, 0, 0, 0, 0));
		}
		if (runs.stream().allMatch(run -> run.steps().length < 2)) {
			return Optional.empty();
		}
		List<CurveBand> bands = LearningCurves.soFar(numbers, source, runs, settings);
		if (bands.isEmpty()) {
			return Optional.empty();
		}
		BudgetUnit unit = acquisitions.get(0).unit();
		int most = bands.stream().mapToInt(CurveBand::runs).max().orElse(0);
		List<LineChart.Line> lines = bands.stream().map(band -> {
			List<String> of = shared.get(numbers.indexOf(band.arm()));
			return new LineChart.Line(String.join(", ", of), arms.indexOf(of.get(0)), band.x(), band.value(), band.low(), band.high(),
					false, false);
		}).toList();
		return Optional.of(new LineChart(TransferCharts.id("training-curves", sources, source),
				"Training on " + source,
				"Mean return of evaluations on the source while learning there. Interquartile mean over "
						+ (most == 1 ? "1 seed." : "up to " + most + " seeds; bands: " + Figures.percent(settings.confidence())
								+ " bootstrap intervals."),
				new ChartAxis(unit.key() + " on the source", unit.brief()), new ChartAxis("return", ""), lines, List.of()));
	}
}
