package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lanes of an environment that a {@link Simulator} opened. {@link SimulatedLanes} add time limits, resets within the step,
 * trials, views and checkpoints; a simulation only starts, moves and observes a lane.
 *
 * <p>Lanes are independent: what happens in one does not depend on how many others there are, or on whether they move. All
 * randomness comes from the {@link LaneStreams}. Used by one thread at a time. A step allocates nothing, as far as the
 * implementation can avoid it.
 */
public interface Simulation extends AutoCloseable {

	/**
	 * Begins an episode.
	 *
	 * @param lane        the lane, in any state
	 * @param omega       the tasks
	 * @param omegaOffset where the lane's task begins; the lane keeps this task until its next start
	 */
	void start(int lane, double[] omega, int omegaOffset);

	/**
	 * Moves lanes by one step. The caller starts a lane whose episode terminated before it moves the lane again.
	 *
	 * @param actions    the actions of all lanes; clip them here
	 * @param moves      which lanes move, [lanes]; the others stay exactly as they are, their streams too. Null when all
	 *                   lanes move
	 * @param rewards    receives the rewards of the moving lanes, [lanes]; the other elements are meaningless
	 * @param terminated receives whether the task ended, [lanes]; likewise only for the moving lanes
	 */
	void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated);

	/**
	 * Writes the numbers of a lane's observation.
	 *
	 * @param lane        the lane
	 * @param observation receives all parts of numbers, in the order of {@link EnvironmentDescription#observationParts}
	 * @param offset      where they begin
	 */
	void observe(int lane, float[] observation, int offset);

	/**
	 * Draws an image of a lane's observation. Every byte must be written.
	 *
	 * @param image  index among the parts of bytes
	 * @param lane   the lane
	 * @param pixels receives the image, in the order of its part's axes
	 * @param offset where it begins
	 */
	default void draw(int image, int lane, byte[] pixels, int offset) {
		throw new IllegalStateException(getClass().getName() + " has images and does not draw them");
	}

	/**
	 * Reads the outcomes of an episode that has ended; the lane is in its last state.
	 *
	 * @param lane     the lane
	 * @param outcomes receives one number for each of {@link EnvironmentDescription#outcomes()}
	 * @param offset   where they begin
	 */
	default void outcomes(int lane, double[] outcomes, int offset) {
		// there are none
	}

	/**
	 * Reads the trace of a lane's present state.
	 *
	 * @param lane   the lane
	 * @param values receives one number for each name of {@link EnvironmentDescription#trace()}
	 * @param offset where they begin
	 */
	default void trace(int lane, double[] values, int offset) {
		// there is none
	}

	/**
	 * Draws a lane's present state for a person. Needs no display.
	 *
	 * @param lane   the lane
	 * @param canvas where to draw
	 * @param width  pixels
	 * @param height pixels
	 * @return whether it was drawn, by default false; if not, the observation is drawn instead
	 */
	default boolean render(int lane, Graphics2D canvas, int width, int height) {
		return false;
	}

	/**
	 * Whether a lane's state can be written and read. If not, a checkpoint holds the lane's actions since its episode began,
	 * and they are repeated when the checkpoint is read ({@link Simulator#deterministic()}).
	 *
	 * @return by default false; the same value in every call
	 */
	default boolean savesLanes() {
		return false;
	}

	/**
	 * Writes a lane's state and its task, without its streams. Called only if {@link #savesLanes()}.
	 *
	 * @param lane the lane
	 * @param out  where to write
	 * @throws IOException from {@code out}
	 */
	default void writeLane(int lane, DataOutput out) throws IOException {
		throw new UnsupportedOperationException(getClass().getName() + " does not save lanes");
	}

	/**
	 * Restores a lane's state from {@link #writeLane} of this simulation or of an equal one.
	 *
	 * @param lane the lane
	 * @param in   where to read
	 * @throws IOException from {@code in}
	 */
	default void readLane(int lane, DataInput in) throws IOException {
		throw new UnsupportedOperationException(getClass().getName() + " does not save lanes");
	}

	/** Releases resources: ends processes, closes files. No other method is called afterwards. */
	@Override
	void close();
}
