package org.headstart.environments.bandits;

import java.util.Arrays;

/** Values of actions over a finite horizon, by dynamic programming. Has scratch memory, so it is for one thread. */
final class BackwardInduction {

	private final MdpSize size;
	private double[] states;
	private double[] after;

	BackwardInduction(MdpSize size) {
		this.size = size;
		states = new double[size.states()];
		after = new double[size.states()];
	}

	/**
	 * Computes the value of each action, followed by optimal actions.
	 *
	 * @param model        the process, in the layout of {@link MdpSize}
	 * @param offset       where it begins
	 * @param values       receives [step][state][action]
	 * @param valuesOffset where they begin
	 * @return the value of the first state
	 */
	double solve(double[] model, int offset, double[] values, int valuesOffset) {
		Arrays.fill(states, 0);
		for (int step = size.horizon() - 1; step >= 0; step--) {
			double[] swap = after;
			after = states;
			states = swap;
			for (int state = 0; state < states.length; state++) {
				double most = Double.NEGATIVE_INFINITY;
				for (int action = 0; action < size.actions(); action++) {
					int pair = state * size.actions() + action;
					double value = model[offset + pair];
					int first = offset + size.transitions(pair);
					for (int next = 0; next < after.length; next++) {
						value += model[first + next] * after[next];
					}
					values[valuesOffset + step * size.pairs() + pair] = value;
					most = Math.max(most, value);
				}
				states[state] = most;
			}
		}
		return states[0];
	}
}
