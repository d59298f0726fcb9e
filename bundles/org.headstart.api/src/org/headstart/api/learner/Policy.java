package org.headstart.api.learner;

import org.headstart.api.environment.ActionBatch;

/** Observation to action, without learning. Thread-confined; allocates nothing. */
@FunctionalInterface
public interface Policy {

	/**
	 * Chooses actions.
	 *
	 * @param observations [lanes × size]
	 * @param actions      receives the actions
	 */
	void act(float[] observations, ActionBatch actions);
}
