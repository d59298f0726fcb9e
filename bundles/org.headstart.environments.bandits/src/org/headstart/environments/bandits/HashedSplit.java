package org.headstart.environments.bandits;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;

/**
 * Disjoint task sets of a continuous distribution without lists: a hash of a task's first number says to which set the task
 * belongs. The hash depends on the number's last bits, so every set has the same distribution and infinitely many tasks.
 */
enum HashedSplit {

	TRAIN(0, 12, TaskRole.TRAIN),
	VALIDATION(12, 14, TaskRole.VALIDATION),
	TEST(14, 16, TaskRole.TEST);

	private final int from;
	private final int to;
	private final TaskRole role;

	/** Sixteenths of all tasks, from … to − 1. */
	HashedSplit(int from, int to, TaskRole role) {
		this.from = from;
		this.to = to;
		this.role = role;
	}

	/** Draws the first number of a task. */
	interface First {

		double draw(RandomStream random);
	}

	/**
	 * The three sets.
	 *
	 * @param tasks a name for the tasks, for people
	 * @param law   draws a task
	 * @param first draws its first number, which must not depend on the others
	 * @param range whether numbers are a possible task
	 * @return train, validation, test
	 */
	static List<TaskSet> taskSets(String tasks, TaskSampler law, First first, Predicate<double[]> range) {
		return Arrays.stream(values()).map(split -> split.taskSet(tasks, law, first, range)).toList();
	}

	private TaskSet taskSet(String tasks, TaskSampler law, First first, Predicate<double[]> range) {
		String name = name().toLowerCase(Locale.ROOT);
		return new TaskSet(name, tasks + " drawn afresh from the " + (to - from) + " sixteenths of " + name, role,
				(random, omega, offset) -> {
					law.sample(random, omega, offset);
					while (!holds(omega[offset])) {
						omega[offset] = first.draw(random);
					}
				}, omega -> holds(omega[0]) && range.test(omega));
	}

	private boolean holds(double first) {
		// Fibonacci hashing; its upper bits depend on all of the number's bits
		int sixteenth = (int) ((Double.doubleToLongBits(first) * 0x9E3779B97F4A7C15L) >>> 60);
		return sixteenth >= from && sixteenth < to;
	}
}
