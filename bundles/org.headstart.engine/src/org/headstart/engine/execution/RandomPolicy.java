package org.headstart.engine.execution;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;

/**
 * Uniformly random actions: the floor that transfer metrics subtract. A component without finite bounds is drawn from the
 * standard normal distribution.
 */
final class RandomPolicy {

	private RandomPolicy() {
	}

	static Policy on(ActionSpace space, int lanes, RandomStream random) {
		return switch (space) {
			case DiscreteSpace discrete -> (environment, actions) -> discrete(discrete, lanes, random, actions);
			case BoxSpace box -> (environment, actions) -> continuous(box, lanes, random, actions);
		};
	}

	private static void discrete(DiscreteSpace space, int lanes, RandomStream random, ActionBatch actions) {
		for (int lane = 0; lane < lanes; lane++) {
			actions.index[lane] = random.nextInt(space.count());
		}
	}

	private static void continuous(BoxSpace space, int lanes, RandomStream random, ActionBatch actions) {
		int size = actions.size;
		for (int i = 0; i < lanes * size; i++) {
			float low = space.low()[i % size];
			float high = space.high()[i % size];
			actions.values[i] = (float) (Float.isInfinite(low) || Float.isInfinite(high) ? random.nextGaussian()
					: random.uniform(low, high));
		}
	}
}
