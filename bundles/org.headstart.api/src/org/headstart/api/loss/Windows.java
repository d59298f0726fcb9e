package org.headstart.api.loss;

/**
 * Samples of a loss: windows of consecutive steps of an episode, side by side. Rows are time-major: row {@code t * count + w} is step t
 * of window w. The arrays are allocated once, for the most windows that there can be.
 */
public final class Windows {

	/** Steps of a window. */
	public final int steps;
	/** Floats of an observation. */
	public final int observationSize;
	/** Floats of an action; 1 for a discrete one, which is its index. */
	public final int actionSize;
	/** What the network reads, [steps × count × observationSize]. */
	public final float[] observations;
	/** [steps × count × actionSize]. */
	public final float[] actions;
	/** As the learner learns from them, perhaps normalised, [steps × count]. */
	public final float[] rewards;
	/** Windows at present. */
	public int count;

	/**
	 * Allocates.
	 *
	 * @param steps           of a window
	 * @param observationSize floats of an observation
	 * @param actionSize      floats of an action, 1 for a discrete one
	 * @param most            the most windows at once
	 */
	public Windows(int steps, int observationSize, int actionSize, int most) {
		this.steps = steps;
		this.observationSize = observationSize;
		this.actionSize = actionSize;
		int rows = Math.multiplyExact(steps, most);
		observations = new float[Math.multiplyExact(rows, observationSize)];
		actions = new float[Math.multiplyExact(rows, actionSize)];
		rewards = new float[rows];
	}
}
