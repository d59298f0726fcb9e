package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

import org.headstart.api.random.RandomStream;

/**
 * The dynamics of a task family: the start, the transition, the observation and the picture of a state.
 * {@link SimulatedLanes} add time limits, resets, task sampling, random streams and checkpoints.
 *
 * <p>Everything that changes must be in the state array, so that a checkpoint is complete and lanes are independent; an
 * implementation has constant fields only. States are [lanes × {@link #stateSize()}], task parameters [lanes ×
 * {@link #parameterCount()}], both row-major. No method allocates, except {@link #render}.
 */
public non-sealed interface Dynamics extends EnvironmentDescription {

	/**
	 * An instance for one vector environment, and so for one thread at a time. Override it if a step needs scratch memory
	 * outside of the lanes' states; a call must not depend on the contents of that memory before it.
	 *
	 * @return by default this one
	 */
	default Dynamics instance() {
		return this;
	}

	/** @return the space of the observation's numbers; a box of 0 components when the observation has only images */
	BoxSpace observationSpace();

	/** @return the images of the observation, parts of bytes, beside these numbers; by default none. The same list in every call */
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
	 * Writes the observation's numbers of a state.
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
	 * Draws an image of the observation of a state. Every byte must be written.
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
	 * Draws a state. Needs no display. By default it draws the numbers of the observation, a line for each.
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
