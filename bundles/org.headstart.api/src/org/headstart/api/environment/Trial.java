package org.headstart.api.environment;

/**
 * The time for which lanes stay on a task. A trial is {@code episodes} episodes on one sampled task: the task is fixed for
 * the whole trial and drawn anew for the next one (Duan et al. 2016, "RL²", section 2.2; Wang et al. 2016).
 *
 * @param episodes     episodes of a trial; with 1 a trial is an episode
 * @param lanesPerTask the number k of neighbouring lanes that share a task (lanes 0 … k−1 the first task, and so on). They
 *                     give several trajectories of one task at a time for gradient-based meta-learning. A number above 1
 *                     needs {@code aligned}
 * @param aligned      whether every episode lasts until the time limit, so that all lanes begin each episode of a trial
 *                     together: a lane whose episode ended earlier idles with reward 0, see {@link VectorEnvironment#idle()}
 */
public record Trial(int episodes, int lanesPerTask, boolean aligned) {

	/** A trial of one episode: every episode draws a task. */
	public static final Trial EPISODE = new Trial(1, 1, false);

	/** Checks. */
	public Trial {
		if (episodes < 1 || lanesPerTask < 1) {
			throw new IllegalArgumentException("a trial has at least 1 episode and 1 lane, not " + episodes + " and "
					+ lanesPerTask);
		}
		if (lanesPerTask > 1 && !aligned) {
			throw new IllegalArgumentException("lanes that share a task must be aligned; otherwise they would drift to different tasks");
		}
	}

	/**
	 * Makes a trial of several episodes, with a task of its own for each lane.
	 *
	 * @param episodes at least 1
	 * @return the trial
	 */
	public static Trial of(int episodes) {
		return new Trial(episodes, 1, false);
	}
}
