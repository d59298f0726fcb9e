package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.headstart.api.environment.ParameterRange.Interval;
import org.headstart.api.environment.TaskFamily.Parameter;
import org.headstart.api.random.RandomStream;

/**
 * The task sets of a family whose parameters are drawn from ranges: {@code train}, and {@code validation} and {@code test}
 * if they differ from it, each in the role of its name; a single set {@code default} if every parameter is fixed. A split is
 * the product of its parameters' intervals, so two splits are disjoint if the intervals of one parameter are. Intervals are
 * half-open [low, high), so that [4, 8] and [8, 12] are disjoint; an interval of a single value contains that value.
 */
public final class ParameterSplits {

	private final List<String> names;
	private final List<ParameterRange> ranges;
	private final List<ParameterGroup> parameters;
	private final Split train;
	private final List<TaskSet> taskSets;

	/**
	 * Makes the sets.
	 *
	 * @param parameters in the order of ω
	 * @throws IllegalArgumentException when splits overlap, or a range names values twice; the message names the parameter
	 */
	public ParameterSplits(List<Parameter> parameters) {
		names = parameters.stream().map(Parameter::name).toList();
		ranges = parameters.stream().map(Parameter::range).toList();
		this.parameters = parameters.stream().map(ParameterSplits::group).toList();
		train = split("train", ranges.stream().map(ParameterRange::train).toList());
		taskSets = taskSets(split("validation", ranges.stream().map(ParameterRange::validation).toList()),
				split("test", ranges.stream().map(ParameterRange::test).toList()));
	}

	private static ParameterGroup group(Parameter parameter) {
		ParameterRange range = parameter.range();
		double[] bounds = Stream.of(range.train(), range.validation(), range.test()).flatMap(List::stream)
				.flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high())).sorted().toArray();
		return ParameterGroup.scalar(parameter.name(), parameter.unit(), bounds[0], bounds[bounds.length - 1],
				range.isFixed() ? bounds[0] : parameter.nominal());
	}

	/** @return the sets, the training set first */
	public List<TaskSet> taskSets() {
		return taskSets;
	}

	/** @return the descriptions of the components of ω: their names and units, their ranges over all splits, their nominal values */
	public List<ParameterGroup> parameters() {
		return parameters;
	}

	/**
	 * @param parameter index of a parameter
	 * @return its lowest value in the training tasks
	 */
	public double trainLow(int parameter) {
		return train.lows[parameter][0];
	}

	/**
	 * @param parameter index of a parameter
	 * @return the end of its highest interval in the training tasks
	 */
	public double trainHigh(int parameter) {
		return train.highs[parameter][train.highs[parameter].length - 1];
	}

	private Split split(String name, List<List<Interval>> intervals) {
		double[][] lows = new double[names.size()][];
		double[][] highs = new double[names.size()][];
		for (int i = 0; i < lows.length; i++) {
			List<Interval> union = union(names.get(i) + ": " + name, intervals.get(i));
			lows[i] = union.stream().mapToDouble(Interval::low).toArray();
			highs[i] = union.stream().mapToDouble(Interval::high).toArray();
		}
		return new Split(name, lows, highs);
	}

	/** Sorted, adjacent intervals joined, so that equal sets of values become equal lists. */
	private static List<Interval> union(String where, List<Interval> intervals) {
		List<Interval> sorted = new ArrayList<>(intervals);
		sorted.sort(Comparator.comparingDouble(Interval::low).thenComparingDouble(Interval::high));
		long points = sorted.stream().filter(interval -> interval.low() == interval.high()).count();
		if (points != 0 && points != sorted.size()) {
			throw new IllegalArgumentException(where
					+ " mixes single values and intervals, so that the values would never be drawn: " + intervals);
		}
		List<Interval> union = new ArrayList<>();
		for (Interval next : sorted) {
			Interval last = union.isEmpty() ? null : union.get(union.size() - 1);
			if (last != null && (next.low() < last.high() || next.equals(last))) {
				throw new IllegalArgumentException(where + " names values twice: " + last + " and " + next);
			}
			if (last != null && next.low() == last.high()) {
				union.set(union.size() - 1, new Interval(last.low(), next.high()));
			} else {
				union.add(next);
			}
		}
		return union;
	}

	private List<TaskSet> taskSets(Split validation, Split test) {
		if (ranges.stream().allMatch(ParameterRange::isFixed)) {
			double[] only = ranges.stream().mapToDouble(range -> range.train().get(0).low()).toArray();
			return List.of(new TaskSet("default", "the one task that the settings fix", TaskRole.TRAIN, TaskSampler.fixed(only),
					omega -> Arrays.equals(omega, only)));
		}
		boolean hasValidation = isSeparate(train, validation);
		boolean hasTest = isSeparate(train, test);
		if (hasValidation && hasTest && !isSeparate(validation, test)) {
			throw new IllegalArgumentException("validation and test are the same tasks, so settings would be chosen on the tasks that"
					+ " they are judged by: give at least one parameter different intervals in validation and test");
		}
		List<TaskSet> sets = new ArrayList<>();
		sets.add(new TaskSet("train", train.describe(), TaskRole.TRAIN, train, train));
		if (hasValidation) {
			sets.add(new TaskSet("validation", validation.describe(), TaskRole.VALIDATION, validation, validation));
		}
		if (hasTest) {
			sets.add(new TaskSet("test", test.describe(), TaskRole.TEST, test, test));
		}
		return List.copyOf(sets);
	}

	/** Whether two splits are disjoint; false when they are the same. */
	private boolean isSeparate(Split one, Split other) {
		boolean separate = false;
		for (int i = 0; i < names.size(); i++) {
			if (Arrays.equals(one.lows[i], other.lows[i]) && Arrays.equals(one.highs[i], other.highs[i])) {
				continue;
			}
			if (one.overlaps(other, i)) {
				throw new IllegalArgumentException(names.get(i) + ": " + one.name + " " + one.describe(i) + " and "
						+ other.name + " " + other.describe(i)
						+ " overlap; make them disjoint, or equal if this parameter is not to tell the splits apart");
			}
			separate = true;
		}
		return separate;
	}

	/** The product of each parameter's intervals [low, high); [parameter][interval], sorted, disjoint. */
	private final class Split implements TaskSampler, Predicate<double[]> {

		private final String name;
		private final double[][] lows;
		private final double[][] highs;

		Split(String name, double[][] lows, double[][] highs) {
			this.name = name;
			this.lows = lows;
			this.highs = highs;
		}

		/** Uniform over each parameter's intervals. A parameter with a single value draws nothing from the stream. */
		@Override
		public void sample(RandomStream random, double[] omega, int omegaOffset) {
			for (int i = 0; i < lows.length; i++) {
				omega[omegaOffset + i] = draw(lows[i], highs[i], random);
			}
		}

		private static double draw(double[] low, double[] high, RandomStream random) {
			int last = low.length - 1;
			if (low[0] == high[0]) {
				return last == 0 ? low[0] : low[random.nextInt(low.length)];
			}
			double total = 0;
			for (int k = 0; k <= last; k++) {
				total += high[k] - low[k];
			}
			double along = total * random.nextDouble();
			int k = 0;
			while (k < last && along >= high[k] - low[k]) {
				along -= high[k] - low[k];
				k++;
			}
			// The sum may round up to the interval's end, which is not part of it.
			return Math.min(low[k] + along, Math.nextDown(high[k]));
		}

		@Override
		public boolean test(double[] omega) {
			for (int i = 0; i < lows.length; i++) {
				if (!contains(i, omega[i])) {
					return false;
				}
			}
			return true;
		}

		private boolean contains(int parameter, double value) {
			for (int k = 0; k < lows[parameter].length; k++) {
				double low = lows[parameter][k];
				double high = highs[parameter][k];
				if (value == low || value > low && value < high) {
					return true;
				}
			}
			return false;
		}

		boolean overlaps(Split other, int parameter) {
			// Of two half-open intervals that overlap, one contains the other's beginning.
			for (double low : lows[parameter]) {
				if (other.contains(parameter, low)) {
					return true;
				}
			}
			for (double low : other.lows[parameter]) {
				if (contains(parameter, low)) {
					return true;
				}
			}
			return false;
		}

		String describe(int parameter) {
			StringBuilder text = new StringBuilder();
			for (int k = 0; k < lows[parameter].length; k++) {
				text.append(k == 0 ? "" : " or ").append(new Interval(lows[parameter][k], highs[parameter][k]));
			}
			return text.toString();
		}

		String describe() {
			List<String> parts = new ArrayList<>();
			IntStream.range(0, names.size()).filter(i -> !ranges.get(i).isFixed())
					.forEach(i -> parts.add(names.get(i) + " " + describe(i)));
			return String.join(", ", parts);
		}
	}
}
