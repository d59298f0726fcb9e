package org.headstart.api.wrapper;

import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;

/**
 * Wraps an environment and changes its observations, rewards, actions or time. The contribution to the extension point
 * {@code org.headstart.api.wrappers}; experiment files list wrappers beside an environment, the innermost first. Stateless
 * and thread-safe: one instance serves all runs.
 *
 * <p>It does not change the tasks: the parameters, the task sets and the known bounds of the returns remain those of the
 * family.
 *
 * @param <S> its settings record
 */
public interface Wrapper<S extends Record> {

	/**
	 * Wraps the environment of a family, without starting it.
	 *
	 * @param settings the settings
	 * @param family   the family; {@code Simulator.of(family.environment())} gives its environment
	 * @return the wrapped environment, with the same number of parameters as the family's; most simply a
	 *         {@link WrappingSimulator}
	 * @throws IllegalArgumentException when the settings do not fit the family; the message says why
	 */
	Simulator wrap(S settings, TaskFamily family);
}
