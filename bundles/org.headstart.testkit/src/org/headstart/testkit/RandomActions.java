package org.headstart.testkit;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Uniform over the action space; standard normal for a component without finite bounds. */
final class RandomActions {

	final ActionBatch batch;
	private final ActionSpace space;
	private final RandomStream random;

	RandomActions(SimulatedLanes lanes, long seed) {
		this(lanes.actionSpace(), lanes.lanes(), seed);
	}

	RandomActions(ActionSpace space, int lanes, long seed) {
		this.space = space;
		batch = new ActionBatch(space, lanes);
		random = new RandomStreams(seed).stream("actions");
	}

	void draw() {
		int[] counts = space.counts();
		for (int i = 0; i < batch.index.length; i++) {
			batch.index[i] = random.nextInt(counts[i % counts.length]);
		}
		for (int i = 0; i < batch.values.length; i++) {
			BoxSpace box = (BoxSpace) space;
			float low = box.low()[i % batch.size];
			float high = box.high()[i % batch.size];
			batch.values[i] = (float) (Float.isInfinite(high - low) ? random.nextGaussian() : random.uniform(low, high));
		}
	}

	/** Whether a lane's choices hold an action, all choices' actions numbered through. */
	boolean chose(int lane, int action) {
		int choice = 0;
		int[] counts = space.counts();
		for (; action >= counts[choice]; choice++) {
			action -= counts[choice];
		}
		return batch.index[lane * batch.choices + choice] == action;
	}

	/** Lane 0's action into another batch's lane 0. */
	void copyLaneTo(RandomActions other) {
		System.arraycopy(batch.index, 0, other.batch.index, 0, batch.choices);
		System.arraycopy(batch.values, 0, other.batch.values, 0, batch.size);
	}
}
