package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lanes of an environment that a {@link Simulator} opened. Time limits, resets within the step, trials, views and checkpoints are
 * {@link SimulatedLanes}' work; here a lane only begins, moves and is seen.
 *
 * <p>Lanes are independent: what happens in one does not depend on how many others there are, or on whether they move. All
 * randomness comes from the {@link LaneStreams}. Used by one thread at a time. A step allocates nothing where that is in the
 * implementation's hands.
 */
public interface Simulation extends AutoCloseable {

	/**
	 * Begins an episode.
	 *
	 * @param lane        the lane, wherever it was before
	 * @param omega       the tasks
	 * @param omegaOffset where the lane's task begins; it is kept until the next start
	 */
	void start(int lane, double[] omega, int omegaOffset);

	/**
	 * Moves lanes by one step. A lane whose episode terminated is not moved again before it is started.
	 *
	 * @param actions    the actions of all lanes; clip them here
	 * @param moves      which lanes move, [lanes]; the others stay exactly as they are, their streams too. Null when all do
	 * @param rewards    receives the rewards of those that move, [lanes]; what it holds for the others is meaningless
	 * @param terminated receives whether the task ended, likewise
	 */
	void step(ActionBatch actions, boolean[] moves, float[] rewards, boolean[] terminated);

	/**
	 * What the agent sees of a lane in numbers.
	 *
	 * @param lane        the lane
	 * @param observation receives all parts of numbers, in the order of {@link EnvironmentDescription#observationParts}
	 * @param offset      where they begin
	 */
	void observe(int lane, float[] observation, int offset);

	/**
	 * An image that the agent sees of a lane. Every byte must be written.
	 *
	 * @param image  which of the parts of bytes, counted without those of numbers
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
	 * @return whether it was drawn; if not, as by default, what the agent sees is drawn instead
	 */
	default boolean render(int lane, Graphics2D canvas, int width, int height) {
		return false;
	}

	/**
	 * Whether a lane's state can be written and read. Without it a checkpoint holds the lane's actions since its episode began, and
	 * they are repeated when it is read ({@link Simulator#deterministic()}).
	 *
	 * @return by default false; always the same
	 */
	default boolean savesLanes() {
		return false;
	}

	/**
	 * Writes a lane's state, its task included and its streams left out. Called only where lanes are saved.
	 *
	 * @param lane the lane
	 * @param out  where to write
	 * @throws IOException from {@code out}
	 */
	default void writeLane(int lane, DataOutput out) throws IOException {
		throw new UnsupportedOperationException(getClass().getName() + " does not save lanes");
	}

	/**
	 * Puts a lane into a state that {@link #writeLane} wrote, of this simulation or an equal one.
	 *
	 * @param lane the lane
	 * @param in   where to read
	 * @throws IOException from {@code in}
	 */
	default void readLane(int lane, DataInput in) throws IOException {
		throw new UnsupportedOperationException(getClass().getName() + " does not save lanes");
	}

	/** Gives back what was taken: ends processes, closes files. Nothing else is called afterwards. */
	@Override
	void close();
}
