package org.headstart.api.environment;

import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;

/**
 * An algorithm that plays a family's tasks without learning weights: what learned agents are held against (Thompson sampling on
 * bandits, a constant learning rate, Adam). The strategy {@code reference} runs it as an arm of an experiment.
 *
 * @param name             kebab case, unique in the family
 * @param description      one line; the definition where the literature has several
 * @param parameter        name of its one parameter, or empty when it has none
 * @param defaultParameter the parameter's value unless the user gives one; NaN when the algorithm chooses it itself
 * @param seesTask         whether it is shown ω: an oracle
 * @param maker            makes it
 */
public record ReferenceAlgorithm(String name, String description, String parameter, double defaultParameter,
		boolean seesTask, Maker maker) {

	/** Makes policies. Stateless and thread-safe. */
	@FunctionalInterface
	public interface Maker {

		/**
		 * Makes a policy. It is told of every step by {@link Policy#observe}, and keeps what it knows of each lane; it forgets a
		 * lane where a trial ends, that is where {@code terminated} or {@code truncated} is set.
		 *
		 * @param lanes how many lanes it acts in
		 * @param site  what it may know
		 * @return the policy
		 */
		Policy policy(int lanes, Site site);
	}

	/**
	 * What a reference algorithm may know.
	 *
	 * @param family    the family
	 * @param view      how the lanes show themselves: with the history, and with ω when {@code seesTask}
	 * @param parameter the parameter's value
	 * @param tasks     reads which tasks the lanes are on, once they have begun; for hindsight, which only an algorithm of the
	 *                  family's own may have
	 * @param streams   the root of its randomness
	 */
	public record Site(TaskFamily family, View view, double parameter, TaskReader tasks, RandomStreams streams) {}
}
