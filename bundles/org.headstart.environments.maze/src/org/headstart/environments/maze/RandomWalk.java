package org.headstart.environments.maze;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Takes uniformly drawn actions. */
final class RandomWalk implements Policy {

	private final RandomStream[] random;

	RandomWalk(int lanes, RandomStreams streams) {
		random = new RandomStream[lanes];
		for (int lane = 0; lane < lanes; lane++) {
			random[lane] = streams.stream("lane-" + lane);
		}
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		for (int lane = 0; lane < random.length; lane++) {
			actions.index[lane] = random[lane].nextInt(GridMazeDynamics.ACTIONS);
		}
	}
}
