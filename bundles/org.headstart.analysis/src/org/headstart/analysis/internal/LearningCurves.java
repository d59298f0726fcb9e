package org.headstart.analysis.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

import org.headstart.analysis.Aggregate;
import org.headstart.analysis.AnalysisSettings;
import org.headstart.analysis.figure.Estimate;
import org.headstart.analysis.result.AdaptationResult;
import org.headstart.analysis.result.CurveBand;
import org.headstart.api.random.RandomStreams;

/** Learning curves over seeds: interquartile mean and pointwise bootstrap interval on a grid that the runs share. */
final class LearningCurves {

	/** Points of a grid that the runs do not give themselves. */
	private static final int POINTS = 101;
	/** More evaluations than this are thinned to {@link #POINTS}: a chart shows no more. */
	private static final int MOST_POINTS = 401;

	private LearningCurves() {}

	/**
	 * The steps of the evaluations themselves where every run was evaluated at the same ones, so that nothing is interpolated;
	 * else evenly spaced steps.
	 *
	 * @param curves runs, perhaps of different length
	 * @param end    last step of the grid
	 */
	static double[] grid(List<ReturnCurve> curves, double end) {
		TreeSet<Double> steps = new TreeSet<>();
		boolean shared = true;
		ReturnCurve longest = curves.get(0);
		for (ReturnCurve curve : curves) {
			longest = curve.steps().length > longest.steps().length ? curve : longest;
		}
		for (ReturnCurve curve : curves) {
			int common = curve.steps().length;
			shared &= Arrays.equals(curve.steps(), 0, common, longest.steps(), 0, common);
		}
		if (shared && longest.steps().length <= MOST_POINTS) {
			for (double step : longest.steps()) {
				if (step <= end) {
					steps.add(step);
				}
			}
			return steps.stream().mapToDouble(Double::doubleValue).toArray();
		}
		return evenly(end);
	}

	static double[] evenly(double end) {
		if (end == 0) {
			return new double[] {0};
		}
		double[] grid = new double[POINTS];
		for (int i = 0; i < POINTS; i++) {
			grid[i] = end * i / (POINTS - 1);
		}
		return grid;
	}

	/**
	 * @param values {@code [task][run][point]}; NaN where a run has not come that far
	 * @param x      the points
	 * @param draws  resamples for the given runs of each task
	 */
	static CurveBand band(String arm, double[] x, double[][][] values, Draws draws, double confidence) {
		double[] value = new double[x.length];
		double[] low = new double[x.length];
		double[] high = new double[x.length];
		int first = 0;
		for (int point = 0; point < x.length; point++) {
			List<double[]> tasks = new ArrayList<>();
			List<int[]> present = new ArrayList<>();
			List<Integer> taskIndices = new ArrayList<>();
			int most = 0;
			for (int task = 0; task < values.length; task++) {
				int at = point;
				double[][] runs = values[task];
				int[] indices = IntStream.range(0, runs.length).filter(run -> !Double.isNaN(runs[run][at]))
						.toArray();
				if (indices.length > 0) {
					tasks.add(Arrays.stream(indices).mapToDouble(run -> runs[run][at]).toArray());
					present.add(indices);
					taskIndices.add(task);
					most = Math.max(most, indices.length);
				}
			}
			double[] flat = Aggregate.flatten(tasks.toArray(new double[0][]));
			if (point == 0) {
				first = flat.length;
			}
			value[point] = flat.length == 0 ? Double.NaN : Aggregate.interquartileMean(flat);
			low[point] = Double.NaN;
			high[point] = Double.NaN;
			if (most > 1) {
				Resamples resamples = draws.of(taskIndices, present);
				Estimate estimate = Resamples.percentileInterval(value[point], resamples.interquartileMeans(flat), confidence);
				low[point] = estimate.low();
				high[point] = estimate.high();
			}
		}
		return new CurveBand(arm, x, value, low, high, first);
	}

	/** Gives the resamples of some runs of some tasks. */
	interface Draws {

		/**
		 * @param tasks indices of the tasks
		 * @param runs  for each of them the indices of the runs
		 * @return resamples, task by task
		 */
		Resamples of(List<Integer> tasks, List<int[]> runs);
	}

	/**
	 * Curves of runs that may not be finished: at each step, the runs that have come that far.
	 *
	 * @param arms     labels, in order
	 * @param target   label
	 * @param results  what there is so far, of any target; evaluations that are not a number end a run's curve
	 * @param settings how to analyse
	 * @return one for each arm that has an evaluation on the target
	 */
	static List<CurveBand> soFar(List<String> arms, String target, List<AdaptationResult> results, AnalysisSettings settings) {
		List<List<ReturnCurve>> curves = new ArrayList<>();
		List<ReturnCurve> all = new ArrayList<>();
		for (String arm : arms) {
			List<ReturnCurve> runs = new ArrayList<>();
			results.stream().filter(result -> result.target().equals(target) && result.strategy().equals(arm))
					.sorted(Comparator.comparingInt(AdaptationResult::seed)).forEach(result -> {
						int finite = 0;
						while (finite < result.returns().length && Double.isFinite(result.returns()[finite])) {
							finite++;
						}
						if (finite > 0) {
							runs.add(new ReturnCurve(Arrays.copyOf(result.steps(), finite),
									Arrays.copyOf(result.returns(), finite)));
						}
					});
			curves.add(runs);
			all.addAll(runs);
		}
		List<CurveBand> bands = new ArrayList<>();
		if (all.isEmpty()) {
			return bands;
		}
		double[] x = grid(all, all.stream().mapToDouble(ReturnCurve::end).max().orElse(0));
		RandomStreams streams = new RandomStreams(0).under("curves so far").under(target);
		for (int arm = 0; arm < arms.size(); arm++) {
			if (!curves.get(arm).isEmpty()) {
				double[][][] values = {curves.get(arm).stream().map(curve -> Arrays.stream(x).map(curve::at).toArray())
						.toArray(double[][]::new)};
				Map<String, Resamples> drawn = new HashMap<>();
				bands.add(band(arms.get(arm), x, values, (tasks, runs) -> drawn.computeIfAbsent(Arrays.toString(runs.get(0)),
						name -> Resamples.draw(streams.stream(name), settings.curveResamples(), runs.get(0).length)),
						settings.confidence()));
			}
		}
		return bands;
	}
}
