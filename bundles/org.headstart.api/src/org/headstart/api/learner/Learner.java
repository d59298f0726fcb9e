package org.headstart.api.learner;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.NetworkDescription;

/**
 * Turns experience into gradients and updates. The contribution to the extension point {@code org.headstart.api.learners}.
 * Stateless and thread-safe; the {@link Agent} holds the state.
 *
 * @param <S> its settings record
 */
public interface Learner<S extends Record> {

	/**
	 * The networks this learner needs, {@link NetworkDescription#of} for the usual one. The networks need not read the whole
	 * observation: a learner may split it, for example to process it coordinate by coordinate.
	 *
	 * @param settings    the settings
	 * @param observation the agent's observation space
	 * @param actions     the task's action space
	 * @return the networks, with different names
	 * @throws IllegalArgumentException when this learner does not support such a space; the message says why
	 */
	List<NetworkDescription> networks(S settings, ObservationSpace observation, ActionSpace actions);

	/**
	 * The unit of its budgets. A learner with another unit than environment steps acts in no lanes while it learns: its
	 * agents get the task's data set ({@link ExampleAgent#begin(org.headstart.api.environment.Examples)}) and are updated
	 * until the budget is used up.
	 *
	 * @param settings the settings
	 * @return the unit; by default environment steps
	 */
	default BudgetUnit unit(S settings) {
		return BudgetUnit.ENVIRONMENT_STEPS;
	}

	/**
	 * Checks a data set before any step runs, so that a mistake is reported when the experiment is read. Called for a
	 * learner with another unit than environment steps.
	 *
	 * @param settings the settings
	 * @param dataSet  the data set of a source or target
	 * @throws IllegalArgumentException when the learner cannot learn from the data set; the message says why
	 */
	default void check(S settings, DataSet dataSet) {
		// networks() has refused unsupported spaces
	}

	/**
	 * @param settings the settings
	 * @return the number of lanes from which it collects experience; by default one. Ignored for a learner with another unit
	 *         than environment steps
	 */
	default int lanes(S settings) {
		return 1;
	}

	/**
	 * The experience for an update, in the learner's {@link #unit}. The engine checks the budgets and cadences of
	 * experiments against it, and for a learner that counts in examples it adds this number for every update.
	 *
	 * @param settings the settings
	 * @return the experience; by default one step of the lanes
	 */
	default Experience experience(S settings) {
		return new Experience(lanes(settings), false);
	}

	/**
	 * Whether its agents apply the losses of their site. If not, an experiment with losses is refused.
	 *
	 * @return by default false
	 */
	default boolean appliesLosses() {
		return false;
	}

	/**
	 * Whether its agents can learn from trials with different weights ({@link Agent#weigh}). If not, a strategy that weighs
	 * trials is refused.
	 *
	 * @return by default false
	 */
	default boolean weighsTrials() {
		return false;
	}

	/**
	 * Makes an agent.
	 *
	 * @param settings the settings
	 * @param site     its surroundings
	 * @return the agent
	 */
	Agent agent(S settings, AgentSite site);
}
