package org.headstart.api.environment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Adjacent components of a task's parameters ω that share a meaning, a range, a unit and a nominal value: gravity, a goal's
 * coordinates, the pixels of a picture. A component that differs in one of these belongs to another group.
 *
 * @param name    in kebab case, unique in the family
 * @param labels  one label for each component; component i is called {@code NAME.LABEL}. Empty for a single number, which
 *                has the group's name
 * @param unit    empty for a pure number
 * @param low     the lowest value in any task of any set; may be −∞
 * @param high    the highest value in any task of any set; may be +∞
 * @param nominal the value in the unvaried task, for example Earth's gravity; NaN if there is no such task. It may lie
 *                outside of the range if the settings exclude the unvaried task
 */
public record ParameterGroup(String name, List<String> labels, String unit, double low, double high, double nominal) {

	/** The largest number of names that are listed one by one. */
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
	 * Makes a group of a single number.
	 *
	 * @param name    in kebab case
	 * @param unit    empty for a pure number
	 * @param low     the lowest value
	 * @param high    the highest value
	 * @param nominal the value in the unvaried task, or NaN
	 * @return the group
	 */
	public static ParameterGroup scalar(String name, String unit, double low, double high, double nominal) {
		return new ParameterGroup(name, List.of(), unit, low, high, nominal);
	}

	/**
	 * Makes a group of numbers that are counted from 1: {@code arm.1}, {@code arm.2}, …
	 *
	 * @param name    in kebab case
	 * @param size    how many
	 * @param unit    empty for pure numbers
	 * @param low     the lowest value
	 * @param high    the highest value
	 * @param nominal the value in the unvaried task, or NaN
	 * @return the group
	 */
	public static ParameterGroup numbered(String name, int size, String unit, double low, double high, double nominal) {
		return new ParameterGroup(name, IntStream.rangeClosed(1, size).mapToObj(Integer::toString).toList(), unit, low, high, nominal);
	}

	/** @return the number of components */
	public int size() {
		return Math.max(1, labels.size());
	}

	/** @return the names of its components, in the order of ω */
	public List<String> names() {
		return labels.isEmpty() ? List.of(name) : labels.stream().map(label -> name + "." + label).toList();
	}

	/** @return the names of its components, shortened if there are many */
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
