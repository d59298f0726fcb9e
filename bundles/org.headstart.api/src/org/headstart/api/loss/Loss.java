package org.headstart.api.loss;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Head;

/**
 * An auxiliary loss: what the extension point {@code org.headstart.api.losses} contributes. It shapes the network by which a learner
 * acts, penalises its parameters or adds reward. Stateless and thread-safe; the {@link AppliedLoss} holds the state.
 *
 * <p>An update takes the learner's gradients, then those of the experiment's losses in order, added to them, then makes one optimizer
 * step.
 *
 * @param <S> its settings record
 */
public interface Loss<S extends Record> {

	/**
	 * Heads of its own. They stand on the trunk that bears the policy's head.
	 *
	 * @param settings    the settings
	 * @param observation what the agent sees
	 * @param actions     what it may do
	 * @return the heads; unless the loss says otherwise, none
	 * @throws IllegalArgumentException when it cannot be had in such spaces; the message says why
	 */
	default List<Head> heads(S settings, ObservationSpace observation, ActionSpace actions) {
		return List.of();
	}

	/**
	 * @param settings the settings
	 * @return how many consecutive steps of an episode make one of its samples; 1 for single steps, 0 where it needs none
	 */
	int window(S settings);

	/**
	 * Gets to work.
	 *
	 * @param settings the settings
	 * @param site     what it works with
	 * @return the loss at work
	 */
	AppliedLoss apply(S settings, LossSite site);
}
