package org.headstart.api.environment;

import org.headstart.api.learner.Policy;

/**
 * An algorithm that plays a family's tasks without learning weights, as a comparison for learned agents (Thompson sampling
 * on bandits, a constant learning rate, Adam). The strategy {@code reference} runs it as an arm of an experiment.
 *
 * @param name             kebab case, unique in the family
 * @param description      one line; it gives the definition if the literature has several
 * @param parameter        name of its one parameter, or empty when it has none
 * @param defaultParameter the parameter's default value; NaN when the algorithm chooses the value itself
 * @param seesTask         whether it is shown ω, and so is an oracle
 * @param maker            makes it
 */
public record ReferenceAlgorithm(String name, String description, String parameter, double defaultParameter,
		boolean seesTask, Maker maker) {

	/** Makes policies. Stateless and thread-safe. */
	@FunctionalInterface
	public interface Maker {

		/**
		 * Makes a policy. It is told of every step by {@link Policy#observe} and keeps a state for each lane; it resets a
		 * lane's state when the lane's trial ends, that is when {@code terminated} or {@code truncated} is set.
		 *
		 * @param lanes how many lanes it acts in
		 * @param site the information that it may use
		 * @return the policy
		 */
		Policy policy(int lanes, ReferenceSite site);
	}
}
