package org.headstart.environments.bandits;

import java.util.Arrays;

import org.headstart.api.random.RandomStream;

/** The record of each lane's trial so far, and the posterior that follows from it. */
final class MdpRecord {

	/** The weight of a negligible prior: estimates are the means of the observations, or 0 and uniform without observations. */
	static final double HARDLY = 1e-4;
	/** The weight of the prior with rewards N(0, 1) and flat Dirichlet transitions. */
	static final double UNIT = 1;

	private final MdpSize size;
	private final double[] rewards;
	private final int[] visits;
	private final int[] moves;
	private final int[] departures;
	/** Number of steps in each lane's trial. */
	private final int[] steps;

	MdpRecord(int lanes, MdpSize size) {
		this.size = size;
		rewards = new double[lanes * size.pairs()];
		visits = new int[lanes * size.pairs()];
		moves = new int[lanes * size.pairs() * size.states()];
		departures = new int[lanes * size.pairs()];
		steps = new int[lanes];
	}

	void addReward(int lane, int pair, double reward) {
		rewards[lane * size.pairs() + pair] += reward;
		visits[lane * size.pairs() + pair]++;
		steps[lane]++;
	}

	void addMove(int lane, int pair, int next) {
		int at = lane * size.pairs() + pair;
		moves[at * size.states() + next]++;
		departures[at]++;
	}

	void forget(int lane) {
		int first = lane * size.pairs();
		int end = first + size.pairs();
		Arrays.fill(rewards, first, end, 0);
		Arrays.fill(visits, first, end, 0);
		Arrays.fill(moves, first * size.states(), end * size.states(), 0);
		Arrays.fill(departures, first, end, 0);
		steps[lane] = 0;
	}

	/** @return number of observed rewards of a pair */
	int visits(int lane, int pair) {
		return visits[lane * size.pairs() + pair];
	}

	/**
	 * @return number of observed next states of a pair; fewer than its visits, since the state after an episode's last step
	 *         is not observed
	 */
	int departures(int lane, int pair) {
		return departures[lane * size.pairs() + pair];
	}

	int steps(int lane) {
		return steps[lane];
	}

	/**
	 * Writes the posterior mean of the process.
	 *
	 * @param lane   the lane
	 * @param weight weight of the prior: the number of rewards of 0 and of moves to every state, for each pair
	 * @param model  receives the process
	 */
	void mean(int lane, double weight, double[] model) {
		int states = size.states();
		for (int pair = 0; pair < size.pairs(); pair++) {
			int at = lane * size.pairs() + pair;
			model[pair] = rewards[at] / (weight + visits[at]);
			int first = size.transitions(pair);
			for (int next = 0; next < states; next++) {
				model[first + next] = (moves[at * states + next] + weight) / (departures[at] + weight * states);
			}
		}
	}

	/**
	 * Draws a process from the posterior under the unit prior and rewards of unit variance.
	 *
	 * @param lane   the lane
	 * @param random the randomness
	 * @param model  receives the process
	 */
	void draw(int lane, RandomStream random, double[] model) {
		int states = size.states();
		for (int pair = 0; pair < size.pairs(); pair++) {
			int at = lane * size.pairs() + pair;
			double precision = UNIT + visits[at];
			model[pair] = rewards[at] / precision + random.nextGaussian() / Math.sqrt(precision);
			int first = size.transitions(pair);
			double sum = 0;
			for (int next = 0; next < states; next++) {
				model[first + next] = Gamma.sample(moves[at * states + next] + UNIT, random);
				sum += model[first + next];
			}
			for (int next = 0; next < states; next++) {
				model[first + next] /= sum;
			}
		}
	}
}
