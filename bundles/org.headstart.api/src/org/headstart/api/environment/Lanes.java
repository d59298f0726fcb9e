package org.headstart.api.environment;

import java.util.List;

/**
 * The view that agents and policies have of N lanes stepped together: observations, rewards and ends of episodes. It is an
 * interface of the environment itself, without the methods that step it and without its tasks and state.
 *
 * <p><b>Trials.</b> A lane stays on its task for a {@link Trial}, one episode unless asked otherwise. If a trial has several
 * episodes, its end sets {@link #terminated()}, since there is no value beyond; the end of an earlier episode sets
 * {@link #episodeEnded()} alone, and the first observation of the next episode follows.
 *
 * <p><b>Episode ends.</b> A lane whose episode ended in a step is reset within that step: {@link #observations()} then holds
 * the first observation of its next episode, {@link #finalObservations()} the last one of the ended episode.
 * {@link #terminated()} says that the task itself ended, so that the value beyond is 0; {@link #truncated()} says that the
 * time limit was reached, so that the learner bootstraps from the final observation. They are never both set.
 *
 * <p>The arrays stay the same objects as long as the lanes exist; only the environment writes into them. Not thread-safe.
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
	 * @return [lanes × size of the part]; the images of other lanes are stale
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

	/** @return whether any episode of the trial ended in the lane's last step, [lanes] */
	boolean[] episodeEnded();

	/**
	 * @return whether the lane's last step did not count because its episode had ended before ({@link Trial#aligned()}), [lanes];
	 *         its reward was 0
	 */
	boolean[] idle();

	/**
	 * Outcomes of the trials that ended in the last step, [lanes × outcomes]; other rows are stale.
	 *
	 * @return for each lane one number for each of {@link #outcomes()}
	 */
	double[] finalOutcomes();

	/** @return the descriptions of the numbers in {@link #finalOutcomes()}, in order */
	List<Outcome> outcomes();
}
