package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * N lanes of an environment, stepped together on arrays that are allocated once.
 *
 * <p><b>Trials.</b> A lane stays on its task for a {@link Trial}, one episode unless asked otherwise. What is said here of an
 * episode's end holds of the trial's end where a trial has several: only there is {@link #terminated()} set, since nothing lies
 * beyond; episodes within it end silently but for {@link #episodeEnded()}, and the next one's first observation follows.
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

	/** @return whether an episode ended in the lane's last step, the trial's last one or another, [lanes] */
	boolean[] episodeEnded();

	/**
	 * @return whether the lane's last step did not count because its episode had ended before ({@link Trial#aligned()}), [lanes];
	 *         its reward was 0
	 */
	boolean[] idle();

	/**
	 * Outcomes of the trials that ended in the last step, [lanes × outcomes]; other rows are stale.
	 *
	 * @return as many a lane as {@link #outcomes()} names
	 */
	double[] finalOutcomes();

	/** @return what {@link #finalOutcomes()} holds, in order */
	List<Outcome> outcomes();

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
