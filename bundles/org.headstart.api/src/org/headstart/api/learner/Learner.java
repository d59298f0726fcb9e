package org.headstart.api.learner;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;

/**
 * Says how experience becomes gradients and an update: what the extension point {@code org.headstart.api.learners}
 * contributes. Stateless and thread-safe; the {@link Agent} holds the state.
 *
 * @param <S> its settings record
 */
public interface Learner<S extends Record> {

	/**
	 * The networks this learner needs.
	 *
	 * @param settings the settings
	 * @param actions  the task's action space
	 * @return one trunk for a shared network, several for separate ones
	 * @throws IllegalArgumentException when this learner cannot act in such a space; the message says why
	 */
	List<Trunk> trunks(S settings, ActionSpace actions);

	/**
	 * What a row of the networks' input is. Usually an observation; a learner that takes observations apart, to work through them
	 * coordinate by coordinate for example, says otherwise.
	 *
	 * @param settings    the settings
	 * @param observation what the agent sees
	 * @return what the networks read
	 */
	default BoxSpace networkInput(S settings, BoxSpace observation) {
		return observation;
	}

	/**
	 * @param settings the settings
	 * @return the optimizer of the networks
	 */
	Optimizer optimizer(S settings);

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
	 * Makes an agent.
	 *
	 * @param settings the settings
	 * @param site     what it works with
	 * @return the agent
	 */
	Agent agent(S settings, AgentSite site);
}
