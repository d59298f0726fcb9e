package org.headstart.environments.bandits;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/**
 * Plans at the start of each episode from the record of the trial, and then takes the action of the highest value; any of
 * equal ones. A lane's actions do not depend on the number of lanes.
 *
 * <p>The state after an episode's last step is not recorded, since the observation already shows the first state of the next
 * episode.
 */
final class MdpPolicy implements Policy {

	private final MdpSize size;
	private final MdpPlanner planner;
	private final double epsilon;
	private final int row;
	private final MdpRecord record;
	private final RandomStream[] random;
	private final double[] values;
	/** By lane, the present step of its episode. */
	private final int[] steps;
	private final int[] pairs;

	/**
	 * Makes the policy.
	 *
	 * @param lanes   how many
	 * @param size    the size of the processes
	 * @param row     floats of an observation
	 * @param streams the root of its randomness
	 * @param epsilon probability of a random action
	 * @param planner makes the plans
	 */
	MdpPolicy(int lanes, MdpSize size, int row, RandomStreams streams, double epsilon, MdpPlanner planner) {
		this.size = size;
		this.planner = planner;
		this.epsilon = epsilon;
		this.row = row;
		record = new MdpRecord(lanes, size);
		random = new RandomStream[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			random[lane] = streams.stream("lane-" + lane);
		}
		values = new double[lanes * size.values()];
		steps = new int[lanes];
		pairs = new int[lanes];
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		for (int lane = 0; lane < steps.length; lane++) {
			if (steps[lane] == 0) {
				planner.plan(record, lane, random[lane], values, lane * size.values());
			}
			int state = state(observations, lane);
			int action = epsilon > 0 && random[lane].nextDouble() < epsilon ? random[lane].nextInt(size.actions())
					: best(lane, state);
			pairs[lane] = state * size.actions() + action;
			actions.index[lane] = action;
		}
	}

	private int best(int lane, int state) {
		int first = lane * size.values() + steps[lane] * size.pairs() + state * size.actions();
		int best = 0;
		int equal = 1;
		for (int action = 1; action < size.actions(); action++) {
			double more = values[first + action] - values[first + best];
			if (more > 0) {
				best = action;
				equal = 1;
			} else if (more == 0 && random[lane].nextInt(++equal) == 0) {
				best = action;
			}
		}
		return best;
	}

	private int state(float[] observations, int lane) {
		int state = 0;
		while (observations[lane * row + state] == 0) {
			state++;
		}
		return state;
	}

	@Override
	public void observe(Lanes environment) {
		for (int lane = 0; lane < steps.length; lane++) {
			if (environment.terminated()[lane] || environment.truncated()[lane]) {
				record.forget(lane);
				steps[lane] = 0;
				continue;
			}
			record.addReward(lane, pairs[lane], environment.rewards()[lane]);
			if (environment.episodeEnded()[lane]) {
				steps[lane] = 0;
			} else {
				record.addMove(lane, pairs[lane], state(environment.observations(), lane));
				steps[lane]++;
			}
		}
	}
}
