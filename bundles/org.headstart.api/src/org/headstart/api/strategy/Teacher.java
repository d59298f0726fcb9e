package org.headstart.api.strategy;

import java.util.Optional;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.ActorCritic;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Policy;

/**
 * A saved agent that was opened to be learned from ({@link StrategyRun#open}). It acts and judges as the agent did that was saved, and
 * learns nothing. Its spaces may be others than the run's: whoever shows it lanes sees to it that these are of its spaces.
 * Thread-confined.
 */
public interface Teacher {

	/** @return what it sees */
	ObservationSpace observationSpace();

	/** @return what it may do */
	ActionSpace actionSpace();

	/** @return what it is shown, and how long it remembers */
	AgentView view();

	/**
	 * @param lanes  how many rows it is given at most
	 * @param greedy whether to take the most likely action instead of sampling
	 * @return its policy
	 */
	Policy policy(int lanes, boolean greedy);

	/**
	 * @param lanes how many rows it is given at most
	 * @return its distribution over actions and its values, where its learner can give them
	 */
	Optional<ActorCritic> actorCritic(int lanes);
}
