package org.headstart.environments.bandits;

import java.util.Arrays;

import org.headstart.api.random.RandomStream;

/** What happened in the trial of each lane so far, and what follows from it. */
final class MdpRecord {

	/** A prior that hardly counts: estimates are the means of what happened, and 0 and uniform where nothing did. */
	static final double HARDLY = 1e-4;
	/** The prior of rewards N(0, 1) and flat Dirichlet transitions. */
	static final double UNIT = 1;

	private final MdpSize size;
	private final double[] rewards;
	private final int[] visits;
	private final int[] moves;
	private final int[] departures;
	/** Steps of each lane in its trial. */
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

	/** @return rewards seen of a pair */
	int visits(int lane, int pair) {
		return visits[lane * size.pairs() + pair];
	}

	/** @return next states seen of a pair; fewer than visits, as an episode's last is not seen */
	int departures(int lane, int pair) {
		return departures[lane * size.pairs() + pair];
	}

	int steps(int lane) {
		return steps[lane];
	}

	/**
	 * Writes the posterior mean of the process.
	 *
	 * @param lane   of which lane
	 * @param weight of the prior: so many rewards of 0, and so many moves to every state, for each pair
	 * @param model  receives it
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
	 * @param lane   of which lane
	 * @param random the randomness
	 * @param model  receives it
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
