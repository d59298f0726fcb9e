package org.headstart.api.strategy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.AgentView;

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
	 * What the strategy is in a comparison.
	 *
	 * @param settings the settings
	 * @param target   the family of a target
	 * @return the role; unless the strategy says otherwise, a contender
	 */
	default StrategyRole role(S settings, TaskFamily target) {
		return StrategyRole.CONTENDER;
	}

	/**
	 * What has to be learned on the sources first. The adaptation finds the agents of all of them. An acquisition that another one
	 * {@linkplain Acquisition#needs() needs} stands before it. Asked for each list of sources that targets have, so that how many
	 * acquisitions there are may depend on them.
	 *
	 * @param settings the settings
	 * @param sources  the families of the sources, in the experiment's order: all of them, unless arm or target name theirs
	 * @return the acquisitions; none when the strategy uses no source
	 */
	List<Acquisition> acquisitions(S settings, List<TaskFamily> sources);

	/**
	 * Whether its adaptations train on the sources beside the target: several tasks at once, source tasks rehearsed, an outer loop around
	 * both. The tasks of such a run are the target, number 0, and then the sources, each with its budget; all have equal spaces.
	 *
	 * @param settings the settings
	 * @return unless the strategy says otherwise, false
	 */
	default boolean adaptsOnSources(S settings) {
		return false;
	}

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
	 * How the strategy's agents learn. To be said by a strategy that shows its agents another view than the plain one, brings a
	 * learner of its own, trains in several phases or not at all.
	 *
	 * @param settings      the settings
	 * @param tasks         the families of the run's tasks: the sources of an acquisition, the target of an adaptation and
	 *                      the sources that it {@linkplain #adaptsOnSources trains on}
	 * @param trialEpisodes how many episodes a trial has, as the experiment says
	 * @return how; empty when nothing is trained
	 */
	default Optional<Training> training(S settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.of(Training.of(AgentView.plain(trialEpisodes)));
	}

	/**
	 * What an adaptation takes over from the network that the acquisition left, so that what does not fit a target is found when the
	 * experiment is read, where there is one acquisition. To be said by a strategy that does not load everything; {@link #adapt} gives
	 * {@link StrategyRun#warmStart} the same rules.
	 *
	 * @param settings the settings
	 * @return the rules; without meaning where there is no acquisition
	 */
	default List<WarmStartRule> warmStart(S settings) {
		return List.of(new WarmStartRule("", WarmStartRule.Action.LOAD));
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
