package org.headstart.engine.internal.execution;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;

/**
 * Uniformly random actions: the baseline that transfer metrics subtract. A component without finite bounds is drawn from the
 * standard normal distribution.
 */
final class RandomPolicy {

	private RandomPolicy() {}

	static Policy on(ActionSpace space, int lanes, RandomStream random) {
		if (space instanceof BoxSpace box) {
			return (environment, actions) -> continuous(box, lanes, random, actions);
		}
		int[] counts = space.counts();
		return (environment, actions) -> discrete(counts, lanes, random, actions);
	}

	private static void discrete(int[] counts, int lanes, RandomStream random, ActionBatch actions) {
		for (int i = 0; i < lanes * counts.length; i++) {
			actions.index[i] = random.nextInt(counts[i % counts.length]);
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
