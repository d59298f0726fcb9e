package org.headstart.api.wrapper;

import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;

/**
 * Makes an environment out of another one: with other observations, rewards, actions or time. What the extension point
 * {@code org.headstart.api.wrappers} contributes; experiment files list wrappers beside an environment, the innermost first.
 * Stateless and thread-safe: one instance serves all runs.
 *
 * <p>Tasks are not its business: parameters, task sets and what is known of the returns stay the family's.
 *
 * @param <S> its settings record
 */
public interface Wrapper<S extends Record> {

	/**
	 * Wraps. Starts nothing, as all descriptions do.
	 *
	 * @param settings the settings
	 * @param family   the family whose environment is wrapped, to be had by {@code Simulator.of(family.environment())}
	 * @return the environment, with as many parameters as the family's; a {@link WrappingSimulator} is little to write
	 * @throws IllegalArgumentException when the settings do not fit the family; the message says why
	 */
	Simulator wrap(S settings, TaskFamily family);
}
