package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.util.Optional;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * N lanes of an environment, stepped together on arrays that are allocated once.
 *
 * <p><b>Lanes are independent</b>: what happens in one does not depend on how many others there are. A step allocates
 * nothing. Not thread-safe.
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

	/** @return what to draw of single episodes, if anything */
	Optional<Trace> trace();

	/**
	 * Copies the trace of a lane's present state out.
	 *
	 * @param lane   the lane
	 * @param values receives one number for each name of {@link #trace()}
	 */
	void trace(int lane, double[] values);

	/**
	 * The trace of the last state of an episode that ended in the last step.
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
	 * Whether the lane's episode was lost when its state was last read, because the environment is not deterministic and does not
	 * save its lanes. The lane has begun another episode on the same task, in the same trial.
	 *
	 * @return [lanes]; always the same array
	 */
	boolean[] interrupted();

	/** Gives back what the environment took: processes, files. Nothing else is called afterwards. */
	@Override
	void close();
}
