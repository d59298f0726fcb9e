package org.headstart.api.loss;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import org.headstart.api.checkpoint.Checkpointed;

/** A running loss. Thread-confined; allocates nothing after warm-up. Its state is part of the agent's. */
public interface AppliedLoss extends Checkpointed {

	/**
	 * Computes the loss and adds its gradients to the network's. A loss on outputs runs a forward of its own
	 * ({@link Windows#forward}), fills all of {@link org.headstart.api.network.Network#outputGradients} of these rows, with
	 * zeros for other heads, and calls {@link Windows#accumulate}. A penalty on parameters adds its gradient to the present
	 * ones and calls {@link org.headstart.api.network.Network#setGradients}.
	 *
	 * @param windows its samples; none if it asked for none
	 * @param weight  the factor for its gradients
	 * @return the loss without the weight
	 */
	double accumulate(Windows windows, float weight);

	/** @return whether it adds reward */
	default boolean addsReward() {
		return false;
	}

	/**
	 * Computes the reward that it adds; called before an update.
	 *
	 * @param windows a window for each step that begins one
	 * @param rewards receives the reward of each window's first step, without the weight, [windows]
	 */
	default void rewards(Windows windows, float[] rewards) {
		throw new UnsupportedOperationException(getClass().getName() + " adds no reward");
	}

	/** Restarts the loss for a new task: it forgets the old task. */
	default void restart() {
		// most losses have no memory of a task
	}

	@Override
	default void writeState(DataOutput out) throws IOException {
		// most losses have no state beside the network's
	}

	@Override
	default void readState(DataInput in) throws IOException {
		// most losses have no state beside the network's
	}
}
