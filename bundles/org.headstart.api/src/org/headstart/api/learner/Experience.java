package org.headstart.api.learner;

/**
 * The amount of experience for an update of a learner.
 *
 * @param steps environment steps of all lanes together after which the agent is ready. If the agent waits for trials, which
 *              may end early, the largest such number. For a learner that counts in examples, the number of examples; for
 *              one that counts in updates, 1
 * @param whole whether {@link Agent#update} learns nothing from less experience; otherwise it learns from any amount
 */
public record Experience(long steps, boolean whole) {

	/** Checks. */
	public Experience {
		if (steps < 1) {
			throw new IllegalArgumentException("an update takes at least 1 step, not " + steps);
		}
	}
}
