package org.headstart.environments.maze;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.headstart.api.environment.TaskSampler;
import org.headstart.api.random.RandomStream;

/** Finitely many layouts with equal probabilities; target, start and heading are drawn for each task. */
final class LayoutList implements TaskSampler, Predicate<double[]> {

	/** The number of draws after which no new layout is assumed to exist. */
	private static final int MAX_TRIES = 1000;

	private final MazeLaw law;
	private final double[][] layouts;
	private final Set<Key> keys = new HashSet<>();

	/**
	 * Draws the layouts.
	 *
	 * @param count  how many
	 * @param law    the distribution of mazes
	 * @param loops  share of the inner walls that are removed
	 * @param random the randomness
	 * @param taken  lists with which it must have no layout in common
	 * @throws IllegalArgumentException when there are too few different layouts
	 */
	LayoutList(int count, MazeLaw law, double loops, RandomStream random, LayoutList... taken) {
		this.law = law;
		layouts = new double[count][];
		for (int i = 0; i < count; i++) {
			Key key = new Key(law.draw(loops, random));
			for (int tries = 1; isTaken(key, taken) || !keys.add(key); tries++) {
				if (tries == MAX_TRIES) {
					throw new IllegalArgumentException("size " + law.size() + " with loops " + loops
							+ " has too few different layouts; ask for fewer layouts or a larger maze");
				}
				key = new Key(law.draw(loops, random));
			}
			layouts[i] = key.layout();
		}
	}

	private static boolean isTaken(Key key, LayoutList[] taken) {
		for (LayoutList list : taken) {
			if (list.keys.contains(key)) {
				return true;
			}
		}
		return false;
	}

	/** @return how many */
	int size() {
		return layouts.length;
	}

	@Override
	public void sample(RandomStream random, double[] omega, int omegaOffset) {
		System.arraycopy(layouts[random.nextInt(layouts.length)], 0, omega, omegaOffset, law.layout());
		int target = random.nextInt(law.cells());
		// any cell but the target
		int start = random.nextInt(law.cells() - 1);
		start += start >= target ? 1 : 0;
		int at = omegaOffset + law.target();
		omega[at] = target % law.size();
		omega[at + 1] = target / law.size();
		omega[at + 2] = start % law.size();
		omega[at + 3] = start / law.size();
		omega[at + 4] = random.nextInt(MazeLaw.HEADINGS);
	}

	@Override
	public boolean test(double[] omega) {
		int at = law.target();
		boolean inside = omega[at + 4] >= 0 && omega[at + 4] < MazeLaw.HEADINGS;
		for (int i = 0; i < 4; i++) {
			inside &= omega[at + i] >= 0 && omega[at + i] < law.size();
		}
		boolean apart = omega[at] != omega[at + 2] || omega[at + 1] != omega[at + 3];
		return inside && apart && keys.contains(new Key(Arrays.copyOf(omega, law.layout())));
	}

	/** A layout by its content. */
	private record Key(double[] layout) {

		@Override
		public boolean equals(Object other) {
			return other instanceof Key key && Arrays.equals(layout, key.layout);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(layout);
		}
	}
}
