package org.headstart.environments.bandits;

/**
 * The size of a finite-horizon Markov decision process and its layout in an array: the mean rewards of all pairs (state,
 * action), then for each pair the probabilities of the next states. Pairs are numbered state by state.
 *
 * @param states  how many
 * @param actions how many in each state
 * @param horizon steps of an episode
 */
record MdpSize(int states, int actions, int horizon) {

	/** @return pairs (state, action) */
	int pairs() {
		return states * actions;
	}

	/** @return doubles of a model */
	int model() {
		return pairs() * (states + 1);
	}

	/** @return doubles of the values of all actions: [step][state][action] */
	int values() {
		return horizon * pairs();
	}

	/** @return offset in a model of the next states' probabilities of a pair */
	int transitions(int pair) {
		return pairs() + pair * states;
	}
}
