package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.util.Optional;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * N lanes of an environment, stepped together on arrays that are allocated once.
 *
 * <p><b>Lanes are independent</b>: a lane's course does not depend on the number of other lanes. A step allocates nothing.
 * Not thread-safe.
 */
public interface VectorEnvironment extends Lanes, TaskReader, Checkpointed, AutoCloseable {

	/** Starts a new episode in every lane; a task is sampled for each. */
	void reset();

	/**
	 * One step in every lane.
	 *
	 * @param actions the actions of all lanes
	 */
	void step(ActionBatch actions);

	/** @return the numbers to draw of single episodes, if any */
	Optional<Trace> trace();

	/**
	 * Copies the trace of a lane's present state.
	 *
	 * @param lane   the lane
	 * @param values receives one number for each name of {@link #trace()}
	 */
	void trace(int lane, double[] values);

	/**
	 * Copies the trace of the last state of an episode that ended in the last step.
	 *
	 * @param lane   the lane
	 * @param values receives one number for each name of {@link #trace()}
	 */
	void finalTrace(int lane, double[] values);

	/**
	 * Draws a lane's present state. Needs no display.
	 *
	 * @param lane   the lane
	 * @param canvas where to draw
	 * @param width  pixels
	 * @param height pixels
	 */
	void render(int lane, Graphics2D canvas, int width, int height);

	/**
	 * Whether a lane's episode was lost when its state was last read, because the environment is not deterministic and does
	 * not save its lanes. Such a lane has begun another episode on the same task, in the same trial.
	 *
	 * @return [lanes]; always the same array
	 */
	boolean[] interrupted();

	/** Releases the environment's resources: processes, files. No other method is called afterwards. */
	@Override
	void close();
}
