package org.headstart.environments.bandits;

import java.util.Arrays;

/**
 * Values of actions in the best process of a confidence region: rewards at their upper bounds, next states as favourable as
 * an L1 ball about their probabilities allows (Jaksch, Ortner and Auer 2010, "Near-optimal regret bounds for reinforcement
 * learning", figure 2, here for a finite horizon). Has scratch memory, so it is for one thread.
 */
final class OptimisticInduction {

	private final MdpSize size;
	private double[] states;
	private double[] after;
	/** States by their values at the next step, the best first. */
	private final int[] order;
	private final double[] tilted;

	OptimisticInduction(MdpSize size) {
		this.size = size;
		states = new double[size.states()];
		after = new double[size.states()];
		order = new int[size.states()];
		tilted = new double[size.states()];
	}

	/**
	 * Computes the value of each action.
	 *
	 * @param model        upper bounds of the rewards, and the balls' centres
	 * @param radii        radii of the balls, for each pair
	 * @param values       receives [step][state][action]
	 * @param valuesOffset where they begin
	 */
	void solve(double[] model, double[] radii, double[] values, int valuesOffset) {
		Arrays.fill(states, 0);
		for (int step = size.horizon() - 1; step >= 0; step--) {
			double[] swap = after;
			after = states;
			states = swap;
			sort();
			for (int state = 0; state < states.length; state++) {
				double most = Double.NEGATIVE_INFINITY;
				for (int action = 0; action < size.actions(); action++) {
					int pair = state * size.actions() + action;
					double value = model[pair] + expected(model, size.transitions(pair), radii[pair]);
					values[valuesOffset + step * size.pairs() + pair] = value;
					most = Math.max(most, value);
				}
				states[state] = most;
			}
		}
	}

	private void sort() {
		for (int i = 0; i < order.length; i++) {
			int at = i;
			while (at > 0 && after[order[at - 1]] < after[i]) {
				order[at] = order[at - 1];
				at--;
			}
			order[at] = i;
		}
	}

	/** The expected value after half the radius is moved from the worst next states to the best one. */
	private double expected(double[] model, int offset, double radius) {
		System.arraycopy(model, offset, tilted, 0, tilted.length);
		int best = order[0];
		double more = Math.min(radius / 2, 1 - tilted[best]);
		tilted[best] += more;
		for (int i = order.length - 1; i > 0 && more > 0; i--) {
			double less = Math.min(more, tilted[order[i]]);
			tilted[order[i]] -= less;
			more -= less;
		}
		double sum = 0;
		for (int next = 0; next < tilted.length; next++) {
			sum += tilted[next] * after[next];
		}
		return sum;
	}
}
