package org.headstart.api.learner;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.VectorEnvironment;

/** Observation to action, without a change of the agent. Thread-confined; {@code act} and {@code observe} allocate nothing. */
@FunctionalInterface
public interface Policy {

	/**
	 * Chooses actions.
	 *
	 * @param observations [lanes × size]
	 * @param actions      receives the actions
	 */
	void act(float[] observations, ActionBatch actions);

	/**
	 * Called once, before the first {@link #act}.
	 *
	 * @param environment the lanes that the policy is going to act in, at the start of a trial
	 */
	default void begin(VectorEnvironment environment) {
		// most policies need to know nothing
	}

	/**
	 * Called after each step that followed an {@link #act}. A policy with memory forgets the lanes whose trial has ended; one that
	 * adapts within a trial learns here.
	 *
	 * @param environment the lanes, after the step
	 */
	default void observe(VectorEnvironment environment) {
		// most policies have no memory
	}
}
