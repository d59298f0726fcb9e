package org.headstart.api.environment;

import java.awt.Graphics2D;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * N lanes of an environment, stepped together on arrays that are allocated once.
 *
 * <p><b>Episode ends.</b> A lane whose episode ended in a step is reset within that step: {@link #observations()} then holds
 * the first observation of its next episode, {@link #finalObservations()} the last one of the ended episode.
 * {@link #terminated()} says that the task itself ended (no value lies beyond), {@link #truncated()} that only the time
 * limit did (the learner bootstraps from the final observation). Never both.
 *
 * <p><b>Lanes are independent</b>: what happens in one does not depend on how many others there are. A step allocates
 * nothing. Not thread-safe. The arrays stay the same objects for the environment's life.
 */
public interface VectorEnvironment extends Checkpointed {

	/** @return how many lanes */
	int lanes();

	/** @return the observation space */
	BoxSpace observationSpace();

	/** @return the action space */
	ActionSpace actionSpace();

	/** Starts a new episode in every lane; a task is sampled for each. */
	void reset();

	/**
	 * One step in every lane.
	 *
	 * @param actions the actions of all lanes
	 */
	void step(ActionBatch actions);

	/** @return the observations to act on next, [lanes × size] */
	float[] observations();

	/** @return the last observation of each episode that ended in the last step, [lanes × size]; other rows are stale */
	float[] finalObservations();

	/** @return the last step's rewards, [lanes] */
	float[] rewards();

	/** @return whether the last step ended the lane's task, [lanes] */
	boolean[] terminated();

	/** @return whether the last step reached the lane's time limit, [lanes] */
	boolean[] truncated();

	/**
	 * Copies a lane's task out.
	 *
	 * @param lane  the lane
	 * @param omega receives the task's parameters ω
	 */
	void task(int lane, double[] omega);

	/**
	 * Copies a lane's inner state out.
	 *
	 * @param lane the lane
	 * @return the state; what its components are is the family's
	 */
	double[] state(int lane);

	/**
	 * Puts a lane into a state, keeping its task and its step count. The lane's observation follows.
	 *
	 * @param lane  the lane
	 * @param state as {@link #state} gives it
	 */
	void setState(int lane, double[] state);

	/**
	 * Draws a lane's present state. Needs no display.
	 *
	 * @param lane   the lane
	 * @param canvas where to draw
	 * @param width  pixels
	 * @param height pixels
	 */
	void render(int lane, Graphics2D canvas, int width, int height);
}
