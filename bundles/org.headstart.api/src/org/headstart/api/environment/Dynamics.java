package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

import org.headstart.api.random.RandomStream;

/**
 * The law of a task family: how a state begins, moves on, is seen and is drawn. {@link SimulatedLanes} are made
 * of it, with time limits, resets, task sampling, random streams and checkpoints.
 *
 * <p>All that changes must live in the state array, so that a checkpoint is complete and lanes are independent; an
 * implementation keeps only constants. States are [lanes × {@link #stateSize()}], task parameters
 * [lanes × {@link #parameterCount()}], both row-major. No method allocates, except {@link #render}.
 */
public non-sealed interface Dynamics extends EnvironmentDescription {

	/**
	 * An instance for the use of one vector environment, hence of one thread at a time. Overridden where a step needs scratch
	 * memory that is no part of any lane's state; nothing may be remembered in it from one call to the next.
	 *
	 * @return by default this one
	 */
	default Dynamics instance() {
		return this;
	}

	/** @return the space of the observation's numbers; a box of 0 components when images are all that is seen */
	BoxSpace observationSpace();

	/** @return the images that are seen beside these numbers, parts of bytes; by default none. The same list in every call */
	default List<ObservationPart> images() {
		return List.of();
	}

	/** @return the numbers as part {@value ObservationSpace#STATE}, and the images */
	@Override
	default List<ObservationPart> observationParts() {
		List<ObservationPart> parts = new ArrayList<>();
		if (observationSpace().size() > 0) {
			parts.add(ObservationPart.numbers(ObservationSpace.STATE, observationSpace()));
		}
		parts.addAll(images());
		return parts;
	}

	/** @return doubles in one lane's state */
	int stateSize();

	/**
	 * Draws a start state.
	 *
	 * @param state       receives it
	 * @param stateOffset where the lane's state begins
	 * @param omega       the tasks
	 * @param omegaOffset where the lane's task begins
	 * @param random      the lane's stream for start states
	 */
	void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random);

	/**
	 * Moves all lanes by one step.
	 *
	 * @param state      the states, replaced by the next ones
	 * @param omega      the tasks
	 * @param actions    the actions; clip them here
	 * @param lanes      how many lanes
	 * @param random     one stream a lane for noise in the dynamics
	 * @param rewards    receives the rewards, [lanes]
	 * @param terminated receives whether the task ended, [lanes]; every element must be written
	 */
	void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated);

	/**
	 * What the agent sees of a state.
	 *
	 * @param state             the states
	 * @param stateOffset       where the lane's state begins
	 * @param omega             the tasks
	 * @param omegaOffset       where the lane's task begins
	 * @param observation       receives the observation
	 * @param observationOffset where the lane's observation begins
	 */
	void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset);

	/**
	 * Draws an image that is seen of a state. Every byte must be written.
	 *
	 * @param image       index in {@link #images()}
	 * @param state       the states
	 * @param stateOffset where the lane's state begins
	 * @param omega       the tasks
	 * @param omegaOffset where the lane's task begins
	 * @param pixels      receives the image, in the order of its part's axes
	 * @param pixelOffset where it begins
	 */
	default void draw(int image, double[] state, int stateOffset, double[] omega, int omegaOffset, byte[] pixels, int pixelOffset) {
		throw new IllegalStateException(getClass().getName() + " has images and does not draw them");
	}

	/**
	 * Reads the outcomes of an episode that has ended.
	 *
	 * @param state          the states
	 * @param stateOffset    where the lane's state, the episode's last, begins
	 * @param omega          the tasks
	 * @param omegaOffset    where the lane's task begins
	 * @param outcomes       receives one number for each of {@link #outcomes()}
	 * @param outcomesOffset where they begin
	 */
	default void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		// there are none
	}

	/**
	 * Reads the trace of a state.
	 *
	 * @param state        the states
	 * @param stateOffset  where the lane's state begins
	 * @param omega        the tasks
	 * @param omegaOffset  where the lane's task begins
	 * @param values       receives one number for each name of {@link #trace()}
	 * @param valuesOffset where they begin
	 */
	default void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		// there is none
	}

	/**
	 * Draws a state. Needs no display. By default what is observed in numbers, a bar for each.
	 *
	 * @param state  one lane's state
	 * @param omega  its task
	 * @param canvas where to draw
	 * @param width  pixels
	 * @param height pixels
	 */
	default void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		float[] observation = new float[observationSpace().size()];
		observe(state, 0, omega, 0, observation, 0);
		ObservationPicture.draw(observationSpace(), observation, 0, canvas, width, height);
	}
}
