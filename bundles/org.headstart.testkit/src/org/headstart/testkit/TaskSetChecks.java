package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Checks of a family's task sets and of their samplers. */
final class TaskSetChecks {

	private static final int SAMPLES = 500;

	private final LanesUnderTest tested;

	TaskSetChecks(LanesUnderTest tested) {
		this.tested = tested;
	}

	void taskSetsHaveNamesAndASourceComesFirst() {
		TaskFamily family = tested.family();
		assertFalse(family.taskSets().isEmpty(), "there is no task set");
		assertFalse(family.taskSets().get(0).role().heldOut(), "the first set, '" + family.taskSets().get(0).name()
				+ "', is the default source, so it must not be held out");
		Set<String> names = new HashSet<>();
		for (TaskSet set : family.taskSets()) {
			assertTrue(names.add(set.name()), "two task sets are named '" + set.name() + "'");
			assertFalse(set.description().isBlank(), "task set '" + set.name() + "' has no description");
		}
		List<String> parameters = family.parameterNames();
		assertEquals(parameters.size(), new HashSet<>(parameters).size(), "parameter names must be unique: " + parameters);
	}

	void sampledTasksBelongToTheirSet() {
		TaskFamily family = tested.family();
		for (TaskSet set : family.taskSets()) {
			RandomStream random = new RandomStreams(7).stream("task");
			double[] omega = new double[family.environment().parameterCount()];
			for (int i = 0; i < SAMPLES; i++) {
				set.sampler().sample(random, omega, 0);
				for (double value : omega) {
					assertTrue(Double.isFinite(value), () -> "set '" + set.name() + "' drew " + named(family, omega));
				}
				assertTrue(set.contains().test(omega),
						() -> "set '" + set.name() + "' drew " + named(family, omega) + ", which its 'contains' denies");
				int component = 0;
				for (ParameterGroup group : family.parameters()) {
					for (int end = component + group.size(); component < end; component++) {
						assertTrue(omega[component] >= group.low() && omega[component] <= group.high(), () -> "set '" + set.name()
								+ "' drew " + named(family, omega) + "; the family says that '" + group.name() + "' lies in ["
								+ group.low() + ", " + group.high() + "]");
					}
				}
			}
		}
	}

	void setsOfDifferentRolesAreDisjoint() {
		TaskFamily family = tested.family();
		double[] omega = new double[family.environment().parameterCount()];
		for (TaskSet from : family.taskSets()) {
			for (TaskSet other : family.taskSets()) {
				if (from.role() == other.role()) {
					continue;
				}
				RandomStream random = new RandomStreams(7).stream("task");
				for (int i = 0; i < SAMPLES; i++) {
					from.sampler().sample(random, omega, 0);
					assertFalse(other.contains().test(omega), () -> "set '" + from.name() + "' drew " + named(family, omega)
							+ ", which also belongs to '" + other.name() + "', and their roles differ: " + from.role() + " and "
							+ other.role());
				}
			}
		}
	}

	void samplingATaskDependsOnTheStreamOnlyAndWritesItsPlaceOnly() {
		TaskFamily family = tested.family();
		int size = family.environment().parameterCount();
		for (TaskSet set : family.taskSets()) {
			RandomStream one = new RandomStreams(7).stream("task");
			RandomStream other = new RandomStreams(7).stream("task");
			double[] omega = new double[size];
			double[] wide = new double[size + 2];
			for (int i = 0; i < SAMPLES; i++) {
				Arrays.fill(wide, -12345);
				set.sampler().sample(one, omega, 0);
				set.sampler().sample(other, wide, 1);
				assertArrayEquals(omega, Arrays.copyOfRange(wide, 1, size + 1),
						"set '" + set.name() + "', draw " + i + ": equal streams gave different tasks");
				assertTrue(wide[0] == -12345 && wide[size + 1] == -12345,
						"set '" + set.name() + "' wrote outside of its place in the array");
			}
		}
	}

	private static String named(TaskFamily family, double[] omega) {
		StringBuilder text = new StringBuilder("(");
		for (int i = 0; i < omega.length; i++) {
			text.append(i == 0 ? "" : ", ").append(family.parameterNames().get(i)).append(' ').append(omega[i]);
		}
		return text.append(')').toString();
	}
}
