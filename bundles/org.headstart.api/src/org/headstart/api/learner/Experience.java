package org.headstart.api.learner;

/**
 * How much experience a learner's update takes.
 *
 * @param steps environment steps, of all lanes together, after which the agent is ready; where it waits for trials, which may
 *              end early, the most that it can take. Of a learner that counts in examples, how many; one that counts in updates says 1
 * @param whole whether {@link Agent#update} learns nothing from less; otherwise it learns from what there is
 */
public record Experience(long steps, boolean whole) {

	/** Checks. */
	public Experience {
		if (steps < 1) {
			throw new IllegalArgumentException("an update takes at least 1 step, not " + steps);
		}
	}
}
