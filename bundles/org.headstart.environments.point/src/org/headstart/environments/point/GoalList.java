package org.headstart.environments.point;

import java.util.function.Predicate;

import org.headstart.api.environment.TaskSampler;
import org.headstart.api.random.RandomStream;

/** Finitely many goals with equal probabilities. */
final class GoalList implements TaskSampler, Predicate<double[]> {

	/** x and y alternate. Lists are short, so a linear search is fast enough, and it allocates nothing. */
	private final double[] coordinates;
	private int size;

	/**
	 * Draws the goals.
	 *
	 * @param count  how many
	 * @param region the distribution of the goals
	 * @param random the randomness
	 * @param taken  lists with which it must have no goal in common
	 */
	GoalList(int count, TaskSampler region, RandomStream random, GoalList... taken) {
		coordinates = new double[2 * count];
		double[] goal = new double[2];
		for (int i = 0; i < count; i++) {
			do {
				region.sample(random, goal, 0);
			} while (contains(goal[0], goal[1]) || isTaken(goal, taken));
			System.arraycopy(goal, 0, coordinates, 2 * i, 2);
			size++;
		}
	}

	private static boolean isTaken(double[] goal, GoalList[] taken) {
		for (GoalList list : taken) {
			if (list.contains(goal[0], goal[1])) {
				return true;
			}
		}
		return false;
	}

	/** @return how many goals */
	int size() {
		return size;
	}

	boolean contains(double x, double y) {
		for (int i = 0; i < 2 * size; i += 2) {
			if (coordinates[i] == x && coordinates[i + 1] == y) {
				return true;
			}
		}
		return false;
	}

	@Override
	public void sample(RandomStream random, double[] omega, int omegaOffset) {
		System.arraycopy(coordinates, 2 * random.nextInt(size), omega, omegaOffset, 2);
	}

	@Override
	public boolean test(double[] omega) {
		return contains(omega[0], omega[1]);
	}
}
