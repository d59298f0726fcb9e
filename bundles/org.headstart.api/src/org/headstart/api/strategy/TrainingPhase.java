package org.headstart.api.strategy;

/**
 * A phase of training within a run.
 *
 * @param name  its name in the metrics; unique in the run
 * @param task  index of the run's task
 * @param steps environment steps, or the learner's other unit; {@link #REMAINING} for the rest of the task's budget
 * @param shots whether granted episodes (shots) are played and learned from one by one before the rest of the budget
 */
public record TrainingPhase(String name, int task, long steps, boolean shots) {

	/** The rest of the task's budget. */
	public static final long REMAINING = -1;

	/**
	 * A phase over the rest of the first task's budget, shots first.
	 *
	 * @param name its name
	 * @return the phase
	 */
	public static TrainingPhase whole(String name) {
		return new TrainingPhase(name, 0, REMAINING, true);
	}

	/**
	 * A phase of granted episodes alone, before a loop.
	 *
	 * @param name its name
	 * @return the phase
	 */
	public static TrainingPhase granted(String name) {
		return new TrainingPhase(name, 0, 0, true);
	}

	/**
	 * A phase of a given length without shots.
	 *
	 * @param name  its name
	 * @param steps environment steps, or the learner's other unit; or {@link #REMAINING}
	 * @return the phase
	 */
	public static TrainingPhase of(String name, long steps) {
		return new TrainingPhase(name, 0, steps, false);
	}

	/**
	 * @param index index of the run's task
	 * @return this phase on that task
	 */
	public TrainingPhase onTask(int index) {
		return new TrainingPhase(name, index, steps, shots);
	}
}
