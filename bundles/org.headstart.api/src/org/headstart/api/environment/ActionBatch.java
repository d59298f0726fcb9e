package org.headstart.api.environment;

/**
 * The actions of all lanes for one step, allocated once. Of the two arrays the one that the action space calls for is used,
 * the other is empty.
 */
public final class ActionBatch {

	/** Discrete actions, [lanes]. */
	public final int[] index;
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
		switch (space) {
			case DiscreteSpace discrete -> {
				index = new int[lanes];
				values = new float[0];
				size = 0;
			}
			case BoxSpace box -> {
				index = new int[0];
				values = new float[lanes * box.size()];
				size = box.size();
			}
		}
	}
}
