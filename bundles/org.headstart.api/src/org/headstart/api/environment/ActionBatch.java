package org.headstart.api.environment;

/**
 * The actions of all lanes for one step, allocated once. Of the two arrays the one that the action space calls for is used,
 * the other is empty.
 */
public final class ActionBatch {

	/** Discrete actions, [lanes × choices], row-major: one a lane in a {@link DiscreteSpace}. */
	public final int[] index;
	/** Ints a row of {@link #index}; 0 for continuous actions. */
	public final int choices;
	/** Continuous actions, [lanes × size], row-major. May lie outside the bounds: the environment clips. */
	public final float[] values;
	/** Floats a row of {@link #values}; 0 for discrete actions. */
	public final int size;

	/**
	 * Allocates.
	 *
	 * @param space the action space
	 * @param lanes how many lanes
	 */
	public ActionBatch(ActionSpace space, int lanes) {
		choices = space.counts().length;
		index = new int[lanes * choices];
		size = space instanceof BoxSpace box ? box.size() : 0;
		values = new float[lanes * size];
	}
}
