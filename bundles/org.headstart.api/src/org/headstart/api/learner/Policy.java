package org.headstart.api.learner;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;

/** Chooses actions from observations without changing the agent. Thread-confined; {@code act} and {@code observe} allocate nothing. */
@FunctionalInterface
public interface Policy {

	/**
	 * Chooses actions.
	 *
	 * @param environment read for the observations
	 * @param actions     receives the actions
	 */
	void act(Lanes environment, ActionBatch actions);

	/**
	 * Called once, before the first {@link #act}.
	 *
	 * @param environment the lanes in which the policy will act, at the start of a trial
	 */
	default void begin(Lanes environment) {
		// most policies need no preparation
	}

	/**
	 * Called after each step that followed an {@link #act}. A policy with memory resets the memory of lanes whose trial has
	 * ended; a policy that adapts within a trial learns here.
	 *
	 * @param environment the lanes, after the step
	 */
	default void observe(Lanes environment) {
		// most policies have no memory
	}
}
