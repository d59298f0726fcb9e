package org.headstart.api.environment;

/**
 * A number that describes the end of an episode beside its return: an accuracy, a regret, a distance. Evaluations average it
 * over trials, and reports compare it with intervals.
 *
 * @param name its name, in kebab case
 * @param description one line
 * @param unit        the unit, or empty
 * @param inTrial     how the numbers of a trial's episodes are combined
 */
public record Outcome(String name, String description, String unit, InTrial inTrial) {

	/** The combination of the episodes of a trial into one number. */
	public enum InTrial {
		/** The sum, for example of regrets. */
		SUM,
		/** The mean, for example of successes. */
		MEAN,
		/** The last episode's number, for example a final accuracy. */
		LAST
	}
}
