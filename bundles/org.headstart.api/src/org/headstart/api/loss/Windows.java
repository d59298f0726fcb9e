package org.headstart.api.loss;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Network;

/**
 * Samples of a loss: windows of consecutive steps of an episode, side by side. Rows are time-major: row {@code t * count + w} is step t
 * of window w. The arrays are allocated once, for the most windows that there can be.
 *
 * <p>A network that remembers is run on a window from the state that it had when the window's first step was played, which is taken
 * for a constant; {@link #forward} and {@link #accumulate} do that, and do without where nothing is remembered.
 */
public final class Windows {

	/** Steps of a window. */
	public final int steps;
	/** Floats of an observation. */
	public final int observationSize;
	/** Floats of an action: of a vector, or the index of each choice. */
	public final int actionSize;
	/** Floats of the network's recurrent state; 0 without memory. */
	public final int stateSize;
	/** What the network reads, [steps × count × observationSize]. */
	public final float[] observations;
	/** [steps × count × actionSize]. */
	public final float[] actions;
	/** As the learner learns from them, perhaps normalised, [steps × count]. */
	public final float[] rewards;
	/** The recurrent states before the windows' first steps, [count × stateSize]. */
	public final float[] states;
	/** Whether the recurrent state was set to zero before a step, [steps × count]; empty without memory. */
	public final boolean[] restarts;
	/** Windows at present. */
	public int count;

	/**
	 * Allocates.
	 *
	 * @param steps       of a window
	 * @param observation what is observed: numbers only
	 * @param actions     the action space
	 * @param stateSize   floats of the network's recurrent state; 0 without memory
	 * @param most        the most windows at once
	 * @throws IllegalArgumentException when there are images to be seen; the message names them
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
	 * Runs the network on the windows' first steps. Its outputs are laid out as the windows' rows.
	 *
	 * @param network the loss's network
	 * @param first   how many steps of each window, 1 to {@link #steps}
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
	 * @param first   as there
	 */
	public void accumulate(Network network, int first) {
		if (stateSize == 0) {
			network.accumulate(first * count);
		} else {
			network.accumulateSequences(first, count);
		}
	}
}
