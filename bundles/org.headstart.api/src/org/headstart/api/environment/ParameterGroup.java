package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Components of a task's parameters ω that stand side by side and have one meaning, range, unit and nominal value: gravity, a goal's
 * coordinates, the pixels of a picture. What differs in one of these is a group of its own.
 *
 * @param name    in kebab case, unique in the family
 * @param labels  what tells the components apart; component i is called {@code NAME.LABEL}. Empty for a single number, which is
 *                called what the group is
 * @param unit    empty for a pure number
 * @param low     no task of any set has less; may be −∞
 * @param high    no task of any set has more; may be +∞
 * @param nominal the value of the task that nothing is varied in, for example Earth's gravity; NaN where there is no such task. It
 *                may lie outside of the range, where settings leave that task out
 */
public record ParameterGroup(String name, List<String> labels, String unit, double low, double high, double nominal) {

	/** So many names are told one by one. */
	private static final int FEW = 3;

	/** Checks; defensive copy. */
	public ParameterGroup {
		labels = List.copyOf(labels);
		if (name.isBlank() || new HashSet<>(labels).size() != labels.size()) {
			throw new IllegalArgumentException("a group of parameters needs a name, and each of its components another label: '" + name
					+ "' with " + labels);
		}
		if (!(low <= high) || Double.isInfinite(nominal)) {
			throw new IllegalArgumentException(name + ": a range needs two numbers, the lower one first, and a nominal value is finite or"
					+ " NaN, not [" + low + ", " + high + "] with " + nominal);
		}
	}

	/**
	 * A single number.
	 *
	 * @param name    in kebab case
	 * @param unit    empty for a pure number
	 * @param low     no task has less
	 * @param high    no task has more
	 * @param nominal the value where nothing is varied, or NaN
	 * @return the group of one
	 */
	public static ParameterGroup scalar(String name, String unit, double low, double high, double nominal) {
		return new ParameterGroup(name, List.of(), unit, low, high, nominal);
	}

	/**
	 * Numbers that are counted from 1: {@code arm.1}, {@code arm.2}, …
	 *
	 * @param name    in kebab case
	 * @param size    how many
	 * @param unit    empty for pure numbers
	 * @param low     no task has less
	 * @param high    no task has more
	 * @param nominal the value where nothing is varied, or NaN
	 * @return the group
	 */
	public static ParameterGroup numbered(String name, int size, String unit, double low, double high, double nominal) {
		return new ParameterGroup(name, IntStream.rangeClosed(1, size).mapToObj(Integer::toString).toList(), unit, low, high, nominal);
	}

	/** @return how many components of ω the group has */
	public int size() {
		return Math.max(1, labels.size());
	}

	/** @return what its components are called, in the order of ω */
	public List<String> names() {
		return labels.isEmpty() ? List.of(name) : labels.stream().map(label -> name + "." + label).toList();
	}

	/** @return its components' names, shortened where they are many */
	@Override
	public String toString() {
		List<String> names = names();
		return names.size() <= FEW ? String.join(", ", names) : names.get(0) + " … " + names.get(names.size() - 1);
	}

	/**
	 * The names of all components of ω.
	 *
	 * @param groups in the order of ω
	 * @return one name for each component
	 */
	static List<String> names(List<ParameterGroup> groups) {
		List<String> names = new ArrayList<>();
		groups.forEach(group -> names.addAll(group.names()));
		return List.copyOf(names);
	}
}
