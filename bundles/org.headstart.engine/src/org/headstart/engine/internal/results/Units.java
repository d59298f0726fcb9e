package org.headstart.engine.internal.results;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.headstart.api.learner.BudgetUnit;
import org.headstart.engine.internal.plan.Plan;

/** The names of budget units in files; environment steps, which most files count, have none. */
public final class Units {

	private Units() {}

	/**
	 * @param unit a unit
	 * @return its name in files; null for environment steps
	 */
	public static String named(BudgetUnit unit) {
		return unit == BudgetUnit.ENVIRONMENT_STEPS ? null : unit.key();
	}

	/**
	 * @param name as {@link #named} gives it
	 * @return the unit
	 */
	static BudgetUnit of(String name) {
		return Stream.of(BudgetUnit.values()).filter(unit -> unit.key().equals(name)).findFirst().orElse(BudgetUnit.ENVIRONMENT_STEPS);
	}

	/**
	 * @param plan a plan
	 * @return the units of all its budgets, for people; null where these are environment steps alone
	 */
	public static String of(Plan plan) {
		SortedSet<BudgetUnit> units = new TreeSet<>();
		plan.experiment().tasks().source().forEach(use -> units.add(use.unit()));
		plan.experiment().tasks().target().forEach(use -> units.add(use.unit()));
		units.add(units.isEmpty() ? BudgetUnit.ENVIRONMENT_STEPS : units.first());
		return units.equals(Set.of(BudgetUnit.ENVIRONMENT_STEPS)) ? null
				: String.join(" and ", units.stream().map(BudgetUnit::brief).toList());
	}

	/** @return whether a file may have the name */
	static boolean isOne(String name) {
		return name == null || of(name) != BudgetUnit.ENVIRONMENT_STEPS;
	}
}
