package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.headstart.api.settings.SettingSyntax;

/**
 * The values of a physical parameter in each split: a fixed value, or a uniform distribution over intervals.
 *
 * <p>In YAML: {@code 9.8} (fixed), {@code [8, 12]} (uniform, in every split), or a map from split to either or to a list of
 * intervals, {@code {train: [8, 12], test: [[4, 8], [12, 16]]}}; a split that is not named uses {@code train}. A test set in
 * the gaps between the train intervals tests interpolation; one outside of them tests extrapolation.
 *
 * @param train      intervals [low, high] for source tasks
 * @param validation intervals for choosing settings
 * @param test       intervals for judging
 */
@SettingSyntax("number | [low, high] | {train: …, validation: …, test: …}, each a number, [low, high] or a list of intervals")
public record ParameterRange(List<Interval> train, List<Interval> validation, List<Interval> test) {

	/** Defensive copies. */
	public ParameterRange {
		train = List.copyOf(train);
		validation = List.copyOf(validation);
		test = List.copyOf(test);
	}

	/**
	 * A closed interval.
	 *
	 * @param low  lowest value
	 * @param high highest value; equal to {@code low} for a fixed value
	 */
	public record Interval(double low, double high) {

		/** Checks. */
		public Interval {
			if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
				throw new IllegalArgumentException("an interval needs two finite numbers, the lower one first, not ["
						+ low + ", " + high + "]");
			}
		}

		@Override
		public String toString() {
			// always written as a pair: a list of two fixed values 1 and 5 must not look like the interval [1, 5]
			return "[" + low + ", " + high + "]";
		}
	}

	/**
	 * A parameter with one value everywhere.
	 *
	 * @param value the value
	 * @return the range
	 */
	public static ParameterRange fixed(double value) {
		List<Interval> only = List.of(new Interval(value, value));
		return new ParameterRange(only, only, only);
	}

	/**
	 * Reads the value from YAML.
	 *
	 * @param yaml a number, a list or a map
	 * @return the range
	 * @throws IllegalArgumentException when it is something else; the message is for the user
	 */
	public static ParameterRange of(Object yaml) {
		if (yaml instanceof Map<?, ?> map) {
			for (Object key : map.keySet()) {
				if (!List.of("train", "validation", "test").contains(key)) {
					throw new IllegalArgumentException("unknown split '" + key + "'; there are train, validation, test");
				}
			}
			if (!map.containsKey("train")) {
				throw new IllegalArgumentException("the range of split 'train' is missing");
			}
			List<Interval> train = intervals(map.get("train"));
			return new ParameterRange(train, map.containsKey("validation") ? intervals(map.get("validation")) : train,
					map.containsKey("test") ? intervals(map.get("test")) : train);
		}
		List<Interval> all = intervals(yaml);
		return new ParameterRange(all, all, all);
	}

	private static List<Interval> intervals(Object yaml) {
		if (yaml instanceof Number number) {
			return List.of(new Interval(number.doubleValue(), number.doubleValue()));
		}
		if (yaml instanceof List<?> list && list.size() == 2 && list.get(0) instanceof Number low
				&& list.get(1) instanceof Number high) {
			return List.of(new Interval(low.doubleValue(), high.doubleValue()));
		}
		if (yaml instanceof List<?> list && !list.isEmpty()) {
			List<Interval> result = new ArrayList<>();
			for (Object element : list) {
				result.addAll(intervals(element));
			}
			return result;
		}
		throw new IllegalArgumentException("a range is a number, [low, high] or a list of intervals, not '" + yaml + "'");
	}

	/** @return whether all splits have the same fixed value */
	public boolean isFixed() {
		return train.size() == 1 && train.get(0).low() == train.get(0).high() && validation.equals(train)
				&& test.equals(train);
	}

	@Override
	public String toString() {
		return isFixed() ? Double.toString(train.get(0).low())
				: "{train: " + train + ", validation: " + validation + ", test: " + test + "}";
	}
}
