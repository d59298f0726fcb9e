package org.headstart.environments.classic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.ParameterRange.Interval;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;

/**
 * The physical parameters ω of a family: where their values come from in each split, the task sets that follow, and what of ω
 * is shown to the agent. The order of the components of ω is the order in which the parameters are given.
 *
 * <p><b>Task sets.</b> When every parameter is fixed there is one task and one set, {@code default}. Otherwise:
 * {@code train}; {@code default}, every fixed parameter at its value and every other one at Gymnasium's; {@code validation}
 * and {@code test} when they differ from {@code train}, held out. A split is the product of its parameters' intervals, so two
 * splits are disjoint when one parameter's intervals are. Intervals are half-open [low, high), so that [4, 8] and [8, 12] are
 * disjoint; a single value is itself.
 *
 * <p><b>Shown context.</b> Every parameter that is not fixed is one component of the observation, scaled so that the training
 * intervals' hull is [−1, 1]; values outside of it (extrapolation) lie beyond. Where training has a single value c, the
 * component is the relative change (ω − c)/|c|, or ω itself where c is 0.
 */
final class PhysicalContext {

	/**
	 * One parameter.
	 *
	 * @param name      its key in the settings
	 * @param gymnasium Gymnasium's value
	 * @param range     where its value comes from
	 * @param lowest    lowest value with which the equations mean something
	 * @param highest   highest value with which they can be integrated
	 */
	record Parameter(String name, double gymnasium, ParameterRange range, double lowest, double highest) {
	}

	private final List<Parameter> parameters;
	private final List<TaskSet> taskSets;
	/** Indices into ω of the components that are shown. */
	private final int[] shown;
	private final double[] centre;
	private final double[] scale;

	/**
	 * Checks the parameters and derives the rest.
	 *
	 * @param visibility whether the varying parameters are shown
	 * @param parameters the parameters
	 * @throws IllegalArgumentException when a value makes no physical sense or splits overlap; the message names the key
	 */
	PhysicalContext(ContextVisibility visibility, Parameter... parameters) {
		this.parameters = List.of(parameters);
		for (Parameter parameter : parameters) {
			checkPhysics(parameter);
		}
		Split train = split("train");
		Split validation = split("validation");
		Split test = split("test");
		taskSets = taskSets(train, validation, test);
		shown = visibility == ContextVisibility.HIDDEN ? new int[0] : varying();
		centre = new double[shown.length];
		scale = new double[shown.length];
		for (int i = 0; i < shown.length; i++) {
			double low = train.hullLow(shown[i]);
			double high = train.hullHigh(shown[i]);
			centre[i] = (low + high) / 2;
			double size = high > low ? (high - low) / 2 : Math.abs(low);
			scale[i] = size > 0 ? 1 / size : 1;
		}
	}

	/** @return how many components ω has */
	int size() {
		return parameters.size();
	}

	/** @return the names of the components of ω */
	List<String> names() {
		return parameters.stream().map(Parameter::name).toList();
	}

	/** @return the task sets, the default source first */
	List<TaskSet> taskSets() {
		return taskSets;
	}

	/**
	 * The observation space with the shown context behind the state's components.
	 *
	 * @param low  bounds of the state's components
	 * @param high bounds of the state's components
	 * @return the space
	 */
	BoxSpace observationSpace(float[] low, float[] high) {
		float[] lows = Arrays.copyOf(low, low.length + shown.length);
		float[] highs = Arrays.copyOf(high, high.length + shown.length);
		for (int i = 0; i < shown.length; i++) {
			Parameter parameter = parameters.get(shown[i]);
			double lowest = parameter.gymnasium();
			double highest = parameter.gymnasium();
			for (Interval interval : everySplit(parameter.range())) {
				lowest = Math.min(lowest, interval.low());
				highest = Math.max(highest, interval.high());
			}
			lows[low.length + i] = scaled(i, lowest);
			highs[high.length + i] = scaled(i, highest);
		}
		return new BoxSpace(lows, highs);
	}

	/**
	 * Writes the shown context.
	 *
	 * @param omega             the tasks
	 * @param omegaOffset       where the task begins
	 * @param observation       receives it
	 * @param observationOffset where the shown context begins, that is, behind the state's components
	 */
	void observe(double[] omega, int omegaOffset, float[] observation, int observationOffset) {
		for (int i = 0; i < shown.length; i++) {
			observation[observationOffset + i] = scaled(i, omega[omegaOffset + shown[i]]);
		}
	}

	private float scaled(int component, double value) {
		return (float) ((value - centre[component]) * scale[component]);
	}

	private static void checkPhysics(Parameter parameter) {
		for (Interval interval : everySplit(parameter.range())) {
			if (interval.low() < parameter.lowest() || interval.high() > parameter.highest()) {
				throw new IllegalArgumentException(parameter.name() + " must lie in [" + parameter.lowest() + ", "
						+ parameter.highest() + "], but " + interval + " is set");
			}
		}
	}

	private static List<Interval> everySplit(ParameterRange range) {
		List<Interval> all = new ArrayList<>(range.train());
		all.addAll(range.validation());
		all.addAll(range.test());
		return all;
	}

	private int[] varying() {
		int[] varying = new int[parameters.size()];
		int count = 0;
		for (int i = 0; i < varying.length; i++) {
			if (!parameters.get(i).range().isFixed()) {
				varying[count++] = i;
			}
		}
		return Arrays.copyOf(varying, count);
	}

	private Split split(String name) {
		double[][] lows = new double[parameters.size()][];
		double[][] highs = new double[parameters.size()][];
		for (int i = 0; i < lows.length; i++) {
			Parameter parameter = parameters.get(i);
			List<Interval> intervals = switch (name) {
				case "train" -> parameter.range().train();
				case "validation" -> parameter.range().validation();
				default -> parameter.range().test();
			};
			List<Interval> union = union(parameter.name() + ": " + name, intervals);
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

	private List<TaskSet> taskSets(Split train, Split validation, Split test) {
		double[] standard = new double[parameters.size()];
		boolean fixed = true;
		for (int i = 0; i < standard.length; i++) {
			ParameterRange range = parameters.get(i).range();
			standard[i] = range.isFixed() ? range.train().get(0).low() : parameters.get(i).gymnasium();
			fixed &= range.isFixed();
		}
		Predicate<double[]> isStandard = omega -> Arrays.equals(omega, standard);
		if (fixed) {
			return List.of(new TaskSet("default", "the one task that the settings fix", false,
					TaskSampler.fixed(standard), isStandard));
		}
		boolean hasValidation = isSeparate(train, validation);
		boolean hasTest = isSeparate(train, test);
		if (hasValidation && hasTest && !isSeparate(validation, test)) {
			throw new IllegalArgumentException("validation and test are the same tasks, so settings would be chosen on what"
					+ " they are judged by: give at least one parameter different intervals in the two");
		}
		boolean standardHeldOut = hasValidation && validation.test(standard) || hasTest && test.test(standard);
		List<TaskSet> sets = new ArrayList<>();
		sets.add(new TaskSet("train", train.describe(), false, train, train));
		sets.add(new TaskSet("default", "one task: what varies is at Gymnasium's value, the rest as set", standardHeldOut,
				TaskSampler.fixed(standard), isStandard));
		if (hasValidation) {
			sets.add(new TaskSet("validation", validation.describe(), true, validation, validation));
		}
		if (hasTest) {
			sets.add(new TaskSet("test", test.describe(), true, test, test));
		}
		return List.copyOf(sets);
	}

	/** Whether two splits are disjoint; false when they are the same. */
	private boolean isSeparate(Split one, Split other) {
		boolean separate = false;
		for (int i = 0; i < parameters.size(); i++) {
			if (Arrays.equals(one.lows[i], other.lows[i]) && Arrays.equals(one.highs[i], other.highs[i])) {
				continue;
			}
			if (one.overlaps(other, i)) {
				throw new IllegalArgumentException(parameters.get(i).name() + ": " + one.name + " " + one.describe(i) + " and "
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

		double hullLow(int parameter) {
			return lows[parameter][0];
		}

		double hullHigh(int parameter) {
			return highs[parameter][highs[parameter].length - 1];
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
			for (int i : varying()) {
				parts.add(parameters.get(i).name() + " " + describe(i));
			}
			return String.join(", ", parts);
		}
	}
}
