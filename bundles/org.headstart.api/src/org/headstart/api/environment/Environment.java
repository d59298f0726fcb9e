package org.headstart.api.environment;

/**
 * Makes a task family from settings. The contribution to the extension point {@code org.headstart.api.environments}.
 * Stateless and thread-safe: one instance serves all runs.
 *
 * @param <S> its settings record
 */
public interface Environment<S extends Record> {

	/**
	 * Makes the family.
	 *
	 * @param settings the settings
	 * @return the family
	 * @throws IllegalArgumentException when settings contradict each other; the message says which
	 */
	TaskFamily create(S settings);
}
