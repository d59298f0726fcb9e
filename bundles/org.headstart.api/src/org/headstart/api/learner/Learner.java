package org.headstart.api.learner;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DataSet;
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
	 * What its budgets are counted in. A learner of another unit than environment steps acts in no lanes while it learns: its agents get
	 * the task's data set ({@link ExampleAgent#begin(org.headstart.api.environment.Examples)}) and are updated until the budget is used up.
	 *
	 * @param settings the settings
	 * @return the unit; unless the learner says otherwise, environment steps
	 */
	default BudgetUnit unit(S settings) {
		return BudgetUnit.ENVIRONMENT_STEPS;
	}

	/**
	 * Looks at what is to be learned from before anything is run, so that a mistake is found when the experiment is read. Asked of a
	 * learner of another unit than environment steps.
	 *
	 * @param settings the settings
	 * @param dataSet  the data set of a source or target
	 * @throws IllegalArgumentException when it cannot be learned from; the message says why
	 */
	default void check(S settings, DataSet dataSet) {
		// networks has refused what cannot be seen or done
	}

	/**
	 * @param settings the settings
	 * @return how many lanes it collects experience from; unless the learner says otherwise, one. Without meaning for a learner of another
	 *         unit than environment steps
	 */
	default int lanes(S settings) {
		return 1;
	}

	/**
	 * How much experience an update takes, in the learner's {@link #unit}. Budgets and cadences of experiments are checked by it, and so
	 * many examples are counted for an update of a learner of that unit.
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
	 * Whether its agents can learn from trials that count differently ({@link Agent#weigh}). A strategy that weighs trials is refused
	 * with a learner that does not.
	 *
	 * @return unless the learner says otherwise, false
	 */
	default boolean weighsTrials() {
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
