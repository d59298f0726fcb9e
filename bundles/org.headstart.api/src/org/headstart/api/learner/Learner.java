package org.headstart.api.learner;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.NetworkDescription;

/**
 * Says how experience becomes gradients and an update: what the extension point {@code org.headstart.api.learners}
 * contributes. Stateless and thread-safe; the {@link Agent} holds the state.
 *
 * @param <S> its settings record
 */
public interface Learner<S extends Record> {

	/**
	 * The networks this learner needs, {@link NetworkDescription#of} for the usual one. A learner that takes observations apart, to work
	 * through them coordinate by coordinate for example, lets its networks read something else than the observation.
	 *
	 * @param settings    the settings
	 * @param observation what the agent sees
	 * @param actions     the task's action space
	 * @return the networks, with different names
	 * @throws IllegalArgumentException when this learner cannot see or act in such a space; the message says why
	 */
	List<NetworkDescription> networks(S settings, ObservationSpace observation, ActionSpace actions);

	/**
	 * @param settings the settings
	 * @return how many lanes it collects experience from
	 */
	int lanes(S settings);

	/**
	 * How much experience an update takes. Budgets and cadences of experiments are checked by it.
	 *
	 * @param settings the settings
	 * @return the experience; unless the learner says otherwise, one step of the lanes
	 */
	default Experience experience(S settings) {
		return new Experience(lanes(settings), false);
	}

	/**
	 * Whether its agents apply the losses of their site. An experiment with losses and a learner that does not is refused.
	 *
	 * @return unless the learner says otherwise, false
	 */
	default boolean appliesLosses() {
		return false;
	}

	/**
	 * Makes an agent.
	 *
	 * @param settings the settings
	 * @param site     what it works with
	 * @return the agent
	 */
	Agent agent(S settings, AgentSite site);
}
