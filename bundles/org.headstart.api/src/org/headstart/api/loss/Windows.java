package org.headstart.api.loss;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Network;

/**
 * The samples of a loss: windows of consecutive steps of an episode, side by side. Rows are time-major: row
 * {@code t * count + w} is step t of window w. The arrays are allocated once, for the largest number of windows.
 *
 * <p>A recurrent network runs on a window from the state that it had at the window's first step; gradients do not flow into
 * that state. {@link #forward} and {@link #accumulate} take care of it, for feed-forward networks as well.
 */
public final class Windows {

	/** Steps of a window. */
	public final int steps;
	/** Floats of an observation. */
	public final int observationSize;
	/** Floats of an action: the vector, or the index of each choice. */
	public final int actionSize;
	/** Floats of the network's recurrent state; 0 without memory. */
	public final int stateSize;
	/** The network's inputs, [steps × count × observationSize]. */
	public final float[] observations;
	/** The actions, [steps × count × actionSize]. */
	public final float[] actions;
	/** The rewards from which the learner learns, perhaps normalised, [steps × count]. */
	public final float[] rewards;
	/** The recurrent states before the windows' first steps, [count × stateSize]. */
	public final float[] states;
	/** Whether the recurrent state was set to zero before a step, [steps × count]; empty without memory. */
	public final boolean[] restarts;
	/** The present number of windows. */
	public int count;

	/**
	 * Allocates.
	 *
	 * @param steps       steps of a window
	 * @param observation the observation space: numbers only
	 * @param actions     the action space
	 * @param stateSize   floats of the network's recurrent state; 0 without memory
	 * @param most        the largest number of windows at once
	 * @throws IllegalArgumentException when the observation has images; the message names them
	 */
	public Windows(int steps, ObservationSpace observation, ActionSpace actions, int stateSize, int most) {
		this.steps = steps;
		this.stateSize = stateSize;
		observationSize = observation.numbers().size();
		actionSize = actions instanceof BoxSpace box ? box.size() : actions.counts().length;
		int rows = Math.multiplyExact(steps, most);
		observations = new float[Math.multiplyExact(rows, observationSize)];
		this.actions = new float[Math.multiplyExact(rows, actionSize)];
		rewards = new float[rows];
		states = new float[Math.multiplyExact(most, stateSize)];
		restarts = new boolean[stateSize > 0 ? rows : 0];
	}

	/**
	 * Runs the network on the windows' first steps. Its outputs are in the order of the windows' rows.
	 *
	 * @param network the loss's network
	 * @param first   the number of first steps of each window, 1 to {@link #steps}
	 */
	public void forward(Network network, int first) {
		if (stateSize == 0) {
			network.forward(observations, 0, first * count);
		} else {
			network.forwardSequences(observations, 0, first, count, states, restarts);
		}
	}

	/**
	 * Back-propagates {@link Network#outputGradients} through the last {@link #forward}, and adds to the parameters' gradients.
	 *
	 * @param network the loss's network
	 * @param first as in {@link #forward}
	 */
	public void accumulate(Network network, int first) {
		if (stateSize == 0) {
			network.accumulate(first * count);
		} else {
			network.accumulateSequences(first, count);
		}
	}
}
