package org.headstart.api.environment;

/**
 * A number that tells how an episode ended, beside its return: an accuracy, a regret, a distance. Evaluations average it over
 * trials, and reports compare it with intervals.
 *
 * @param name        what it is, in kebab case
 * @param description one line
 * @param unit        the unit, or empty
 * @param inTrial     what becomes of the episodes' numbers of one trial
 */
public record Outcome(String name, String description, String unit, InTrial inTrial) {

	/** How the episodes of a trial make one number. */
	public enum InTrial {
		/** They are added: a regret. */
		SUM,
		/** They are averaged: a success rate. */
		MEAN,
		/** The last one counts: a final accuracy. */
		LAST
	}
}
