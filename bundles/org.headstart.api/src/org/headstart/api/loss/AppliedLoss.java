package org.headstart.api.loss;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/** A loss at work. Thread-confined; nothing of it allocates after warm-up. Its state is part of the agent's. */
public interface AppliedLoss extends Checkpointed {

	/**
	 * Computes the loss and adds its gradients to the network's: by a forward of its own ({@link Windows#forward}), filling all of
	 * {@link org.headstart.api.network.Network#outputGradients} of these rows, other heads' with zeros, and
	 * {@link Windows#accumulate}; or, to penalise parameters, by
	 * {@link org.headstart.api.network.Network#setGradients} of a sum.
	 *
	 * @param windows its samples; none where it asked for none
	 * @param weight  what its gradients are multiplied by
	 * @return the loss, not weighted
	 */
	double accumulate(Windows windows, float weight);

	/** @return whether it adds reward */
	default boolean addsReward() {
		return false;
	}

	/**
	 * The reward that it adds, before an update learns from it.
	 *
	 * @param windows a window for each step that has one, the step being its first
	 * @param rewards receives the reward of each, not weighted, [windows]
	 */
	default void rewards(Windows windows, float[] rewards) {
		throw new UnsupportedOperationException(getClass().getName() + " adds no reward");
	}

	/** Starts anew for a new task: what was remembered of the old one goes. */
	default void restart() {
		// most losses remember nothing
	}

	@Override
	default void writeState(DataOutput out) throws IOException {
		// most losses have none beside the network's
	}

	@Override
	default void readState(DataInput in) throws IOException {
		// most losses have none beside the network's
	}
}
