package org.headstart.api.environment;

import java.util.List;

/**
 * What agents and policies see of N lanes of an environment that are stepped together: observations, rewards and how episodes
 * ended. It is the environment itself, without what moves it, its tasks and its state.
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
 * <p>The arrays stay the same objects for the lanes' life; nobody but the environment writes into them. Not thread-safe.
 */
public interface Lanes {

	/** @return how many lanes */
	int lanes();

	/** @return the observation space */
	ObservationSpace observationSpace();

	/** @return the action space */
	ActionSpace actionSpace();

	/** @return the numbers of the observations to act on next, [lanes × row size] */
	float[] observations();

	/**
	 * The images of the observations to act on next.
	 *
	 * @param part index in the observation space, of a part of bytes
	 * @return [lanes × size of the part]; always the same array
	 */
	default byte[] bytes(int part) {
		throw new IllegalArgumentException("these lanes show no images");
	}

	/**
	 * The images of the last observation of each episode that ended in the last step.
	 *
	 * @param part index in the observation space, of a part of bytes
	 * @return [lanes × size of the part]; other lanes' are stale
	 */
	default byte[] finalBytes(int part) {
		throw new IllegalArgumentException("these lanes show no images");
	}

	/** @return the numbers of the last observation of each episode that ended in the last step, [lanes × row size]; other rows are stale */
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
}
