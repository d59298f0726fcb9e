package org.headstart.api.strategy;

import java.util.Optional;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Policy;

/**
 * A saved agent, opened as a teacher ({@link StrategyRun#open}). It has the saved agent's policy and values, and does not
 * learn. Its spaces may differ from the run's; the caller gives it only lanes that have its spaces. Thread-confined.
 */
public interface Teacher {

	/** @return its observation space */
	ObservationSpace observationSpace();

	/** @return its action space */
	ActionSpace actionSpace();

	/** @return its views, and the duration of its memory */
	AgentView view();

	/**
	 * @param lanes  the largest number of rows in a call
	 * @param greedy whether to take the most likely action instead of sampling
	 * @return its policy
	 */
	Policy policy(int lanes, boolean greedy);

	/**
	 * @param lanes the largest number of rows in a call
	 * @return its distribution over actions and its values; empty if its learner does not give them
	 */
	Optional<ActorCritic> actorCritic(int lanes);
}
