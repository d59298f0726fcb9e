package org.headstart.engine.internal.plan;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.strategy.Acquisition;
import org.headstart.engine.internal.catalog.Catalog;
import org.headstart.engine.internal.catalog.Contribution;
import org.headstart.engine.internal.experiment.Choice;
import org.headstart.engine.internal.experiment.Experiment;
import org.headstart.engine.internal.experiment.Experiment.Arm;
import org.headstart.engine.internal.experiment.Experiment.TaskUse;

/**
 * The versions of all code that affects a step's outcome: the bundles on which every step depends, and each contribution
 * that the step uses. For an acquisition only the acquisition's code counts and not the strategy's, so that strategies of
 * one bundle share equal acquisitions. Each version is computed once, because this reads class files.
 */
public final class StepCode {

	private final SortedMap<String, String> common;
	private final Map<Contribution<?>, String> contributions = new IdentityHashMap<>();
	private final Map<Contribution<?>, Map<Set<Class<?>>, String>> acquisitions = new IdentityHashMap<>();

	/**
	 * The code that a catalog knows.
	 *
	 * @param catalog the catalog
	 */
	public StepCode(Catalog catalog) {
		common = catalog.codeVersions();
	}

	/**
	 * The versions of a step's code.
	 *
	 * @param experiment  the experiment
	 * @param arm         the step's arm
	 * @param tasks       the tasks that it uses
	 * @param acquisition the acquisition; empty for an adaptation
	 * @return by name, for people: {@code org.headstart.engine}, or {@code strategy scratch of org.headstart.strategies}
	 */
	public SortedMap<String, String> versions(Experiment experiment, Arm arm, List<TaskUse> tasks, Optional<Acquisition> acquisition) {
		SortedMap<String, String> versions = new TreeMap<>(common);
		List<Contribution<?>> used = new ArrayList<>();
		used.addAll(arm.backbone().contributions());
		used.addAll(arm.learner().contributions());
		experiment.equipment().losses().forEach(use -> used.addAll(use.loss().contributions()));
		tasks.forEach(task -> used.addAll(task.environment().contributions()));
		tasks.forEach(task -> task.wrappers().forEach(wrapper -> used.addAll(wrapper.contributions())));
		Choice<?> strategy = arm.strategy();
		used.addAll(acquisition.isPresent() ? strategy.referred() : strategy.contributions());
		for (Contribution<?> each : used) {
			versions.put(each.kind() + " " + each.id() + " of " + each.bundle(),
					contributions.computeIfAbsent(each, Contribution::codeVersion));
		}
		acquisition.ifPresent(each -> versions.put("acquisition " + name(each.getClass()) + " of " + strategy.contribution().bundle(),
				version(each, strategy.contribution())));
		return versions;
	}

	/**
	 * Identifies an acquisition's code.
	 *
	 * @param acquisition the acquisition
	 * @param strategy    the strategy that made it
	 * @return the version of the code that it and its components can reach
	 */
	String version(Acquisition acquisition, Contribution<?> strategy) {
		Set<Class<?>> classes = new HashSet<>();
		collect(acquisition, classes);
		return acquisitions.computeIfAbsent(strategy, key -> new HashMap<>()).computeIfAbsent(classes, strategy::codeVersion);
	}

	/** The classes of a value and of all its parts. */
	private static void collect(Object value, Set<Class<?>> into) {
		switch (value) {
			case null -> {
				// has no code
			}
			case Optional<?> optional -> collect(optional.orElse(null), into);
			case Collection<?> collection -> collection.forEach(each -> collect(each, into));
			case Map<?, ?> map -> map.forEach((name, each) -> {
				collect(name, into);
				collect(each, into);
			});
			case Record components -> {
				into.add(components.getClass());
				for (RecordComponent component : components.getClass().getRecordComponents()) {
					collect(read(component, components), into);
				}
			}
			default -> into.add(value.getClass());
		}
	}

	private static Object read(RecordComponent component, Record of) {
		try {
			component.getAccessor().setAccessible(true);
			return component.getAccessor().invoke(of);
		} catch (ReflectiveOperationException e) {
			throw new IllegalArgumentException("component '" + component.getName() + "' of " + of.getClass().getName()
					+ " cannot be read, so its code cannot be identified", e);
		}
	}

	/** Without its package. */
	private static String name(Class<?> type) {
		return type.getName().substring(type.getName().lastIndexOf('.') + 1).replace('$', '.');
	}
}
