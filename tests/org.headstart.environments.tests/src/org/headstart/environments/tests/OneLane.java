package org.headstart.environments.tests;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;

/** The dynamics of a family on a single state, to check steps one by one. */
final class OneLane {

	private final Dynamics dynamics;
	private final ActionBatch action;
	private final RandomStream[] random = {new RandomStream(0)};
	private final float[] rewards = new float[1];
	private final boolean[] terminatedFlags = new boolean[1];
	final double[] omega;
	final double[] state;

	/** A lane of the family's first task set, not started. */
	OneLane(TaskFamily family) {
		dynamics = (Dynamics) family.environment();
		action = new ActionBatch(dynamics.actionSpace(), 1);
		omega = new double[dynamics.parameterCount()];
		state = new double[dynamics.stateSize()];
		family.taskSets().get(0).sampler().sample(new RandomStream(0), omega, 0);
	}

	OneLane at(double... components) {
		System.arraycopy(components, 0, state, 0, state.length);
		return this;
	}

	OneLane start(long seed) {
		dynamics.start(state, 0, omega, 0, new RandomStream(seed));
		return this;
	}

	OneLane choose(int index) {
		action.index[0] = index;
		dynamics.step(state, omega, action, 1, random, rewards, terminatedFlags);
		return this;
	}

	OneLane act(float... values) {
		System.arraycopy(values, 0, action.values, 0, values.length);
		dynamics.step(state, omega, action, 1, random, rewards, terminatedFlags);
		return this;
	}

	float reward() {
		return rewards[0];
	}

	boolean terminated() {
		return terminatedFlags[0];
	}

	float[] observation() {
		float[] observation = new float[dynamics.observationSpace().size()];
		dynamics.observe(state, 0, omega, 0, observation, 0);
		return observation;
	}
}
