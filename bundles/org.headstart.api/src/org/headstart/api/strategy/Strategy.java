package org.headstart.api.strategy;

import java.io.IOException;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;

/**
 * What is carried from source to target, and how: what the extension point {@code org.headstart.api.strategies}
 * contributes. Stateless and thread-safe.
 *
 * <p>A strategy composes what the {@link StrategyRun} gives: agents, warm starts, training. It opens no file, starts no thread
 * and writes no training loop. When a killed run is resumed its method is called again from the start; everything it did
 * before the last checkpoint is done again deterministically or skipped by {@link StrategyRun#train}.
 *
 * @param <S> its settings record
 */
public interface Strategy<S extends Record> {

	/**
	 * What has to be learned on the sources first. Strategies whose acquisitions are equal share the step.
	 *
	 * @param settings the settings
	 * @return the acquisition, or empty when the strategy uses no source
	 */
	Optional<Acquisition> acquisition(S settings);

	/**
	 * Looks at a target before anything is run, so that a mistake is found when the experiment is read.
	 *
	 * @param settings the settings
	 * @param target   the family of a target
	 * @throws IllegalArgumentException when the strategy cannot adapt to it with these settings; the message says why
	 */
	default void check(S settings, TaskFamily target) {
		// most strategies adapt to anything
	}

	/**
	 * Makes an agent for the target and trains it within the run's budget.
	 *
	 * @param settings the settings
	 * @param run      the target's run
	 * @throws IOException when knowledge cannot be read
	 */
	void adapt(S settings, StrategyRun run) throws IOException;
}
