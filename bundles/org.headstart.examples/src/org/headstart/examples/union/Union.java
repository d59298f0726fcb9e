package org.headstart.examples.union;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.settings.Reference;

/**
 * Combines several environments, so that one agent learns in all of them side by side. Each trial is in one of them. A task
 * set that all environments have draws the environment uniformly; a set of a single environment is called
 * {@code ENVIRONMENT/SET}. ω is the group and the parameters of all environments, of which only those of the group are used.
 */
public final class Union implements Environment<UnionSettings> {

	@Override
	public TaskFamily create(UnionSettings settings) {
		List<String> names = new ArrayList<>();
		List<TaskFamily> families = new ArrayList<>();
		Map<String, Integer> seen = new HashMap<>();
		for (Reference<Environment<?>> reference : settings.of()) {
			int count = seen.merge(reference.id(), 1, Integer::sum);
			names.add(count == 1 ? reference.id() : reference.id() + '-' + count);
			families.add(family(reference.instance(), reference.settings()));
		}
		if (families.size() < 2) {
			throw new IllegalArgumentException("of: a union needs at least two environments");
		}
		UnionSimulator simulator = new UnionSimulator(names, families.stream().map(TaskFamily::environment).toList());
		List<ParameterGroup> parameters = new ArrayList<>();
		parameters.add(ParameterGroup.scalar("group", "", 0, families.size() - 1.0, Double.NaN));
		for (int g = 0; g < names.size(); g++) {
			for (ParameterGroup each : families.get(g).parameters()) {
				parameters.add(new ParameterGroup(names.get(g) + '-' + each.name(), each.labels(), each.unit(), Math.min(0, each.low()),
						Math.max(0, each.high()), each.nominal()));
			}
		}
		return new TaskFamily(simulator, parameters, taskSets(simulator, names, families), new ReturnShape(
				families.stream().mapToDouble(family -> family.shape().lowest()).min().orElseThrow(),
				families.stream().mapToDouble(family -> family.shape().highest()).max().orElseThrow(), Double.NaN));
	}

	@SuppressWarnings("unchecked") // a reference's settings are of the contribution's own record
	private static <S extends Record> TaskFamily family(Environment<S> environment, Record settings) {
		return environment.create((S) settings);
	}

	private static List<TaskSet> taskSets(UnionSimulator simulator, List<String> names, List<TaskFamily> families) {
		List<TaskSet> sets = new ArrayList<>();
		for (TaskSet first : families.get(0).taskSets()) {
			List<TaskSet> all = families.stream().flatMap(family -> family.taskSets().stream())
					.filter(set -> set.name().equals(first.name()) && set.role() == first.role()).toList();
			if (all.size() == families.size()) {
				sets.add(new TaskSet(first.name(), "the tasks of this name in each environment", first.role(),
						(random, omega, offset) -> simulator.sample(random.nextInt(all.size()), all, random, omega, offset),
						omega -> simulator.contains(all, omega)));
			}
		}
		for (int g = 0; g < names.size(); g++) {
			int group = g;
			for (TaskSet set : families.get(g).taskSets()) {
				List<TaskSet> alone = new ArrayList<>(Collections.nCopies(names.size(), null));
				alone.set(g, set);
				sets.add(new TaskSet(names.get(g) + '/' + set.name(), set.description(), set.role(),
						(random, omega, offset) -> simulator.sample(group, alone, random, omega, offset),
						omega -> omega[0] == group && simulator.contains(alone, omega)));
			}
		}
		return sets;
	}
}
