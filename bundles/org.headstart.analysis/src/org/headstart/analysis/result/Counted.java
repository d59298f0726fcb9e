package org.headstart.analysis.result;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.headstart.api.learner.BudgetUnit;

/**
 * What budgets are counted in, so that tables and axes say so.
 *
 * @param source units of the budgets of sources; empty where there are none
 * @param target units of the budgets of targets
 */
public record Counted(SortedSet<BudgetUnit> source, SortedSet<BudgetUnit> target) {

	/** The usual unit, everywhere. */
	public static final Counted ENVIRONMENT_STEPS = new Counted(new TreeSet<>(List.of(BudgetUnit.ENVIRONMENT_STEPS)),
			new TreeSet<>(List.of(BudgetUnit.ENVIRONMENT_STEPS)));

	/** Copies. */
	public Counted {
		source = Collections.unmodifiableSortedSet(new TreeSet<>(source));
		target = Collections.unmodifiableSortedSet(new TreeSet<>(target));
	}

	/**
	 * @param all what several results count
	 * @return what they count together
	 */
	public static Counted together(Collection<Counted> all) {
		SortedSet<BudgetUnit> sources = new TreeSet<>();
		SortedSet<BudgetUnit> targets = new TreeSet<>();
		all.forEach(each -> {
			sources.addAll(each.source());
			targets.addAll(each.target());
		});
		return new Counted(sources, targets);
	}

	/** @return the unit of targets, the first of several */
	public BudgetUnit ofTarget() {
		return target.isEmpty() ? BudgetUnit.ENVIRONMENT_STEPS : target.first();
	}

	/**
	 * @param units some units
	 * @return for tables and axes: {@code env steps}, or {@code env steps or examples}
	 */
	static String brief(SortedSet<BudgetUnit> units) {
		return units.isEmpty() ? BudgetUnit.ENVIRONMENT_STEPS.brief()
				: units.stream().map(BudgetUnit::brief).collect(Collectors.joining(" or "));
	}

	/** @return what steps on targets are, for tables and axes */
	public String onTargets() {
		return brief(target);
	}

	/** @return what steps on targets are, for sentences */
	public String targetMany() {
		return new Counted(new TreeSet<>(), target).many();
	}

	/** @return what all budgets count, for sentences: {@code environment steps} */
	public String many() {
		SortedSet<BudgetUnit> all = new TreeSet<>(source);
		all.addAll(target);
		return all.isEmpty() ? BudgetUnit.ENVIRONMENT_STEPS.many() : all.stream().map(BudgetUnit::many).collect(Collectors.joining(" or "));
	}

	/** @return what steps on sources are, for tables; where there are none, as on targets */
	public String onSources() {
		return source.isEmpty() ? onTargets() : brief(source);
	}

	/**
	 * @param units some units
	 * @return what a column that counts them is called: {@code steps} unless they are one and another
	 */
	public static String column(Collection<BudgetUnit> units) {
		return Set.copyOf(units).size() == 1 ? units.iterator().next().key() : BudgetUnit.ENVIRONMENT_STEPS.key();
	}
}
