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
 * Held-out tasks of a continuous law without lists: a hash of a task's first number says which set it belongs to. The hash
 * changes with the number's last bits, so every set has the law's distribution, endlessly many tasks, and none in common with
 * another.
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
	 * @param tasks what they are, for people
	 * @param law   draws a task
	 * @param first draws its first number, which must not depend on the others
	 * @param range whether numbers could be a task of the law
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
