package org.headstart.api.loss;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Head;

/**
 * An auxiliary loss. The contribution to the extension point {@code org.headstart.api.losses}. It shapes the network by
 * which a learner acts, penalises the network's parameters, or adds reward. Stateless and thread-safe; the
 * {@link AppliedLoss} holds the state.
 *
 * <p>An update computes the learner's gradients, adds those of the experiment's losses in their order, and makes one
 * optimizer step.
 *
 * @param <S> its settings record
 */
public interface Loss<S extends Record> {

	/**
	 * The loss's own heads. They stand on the trunk of the policy's head.
	 *
	 * @param settings    the settings
	 * @param observation the agent's observation space
	 * @param actions     the action space
	 * @return the heads; by default none
	 * @throws IllegalArgumentException when the loss does not support such spaces; the message says why
	 */
	default List<Head> heads(S settings, ObservationSpace observation, ActionSpace actions) {
		return List.of();
	}

	/**
	 * @param settings the settings
	 * @return the number of consecutive steps of an episode in one sample; 1 for single steps, 0 if it needs no samples
	 */
	int window(S settings);

	/**
	 * Makes a running loss.
	 *
	 * @param settings the settings
	 * @param site     its surroundings
	 * @return the running loss
	 */
	AppliedLoss apply(S settings, LossSite site);
}
