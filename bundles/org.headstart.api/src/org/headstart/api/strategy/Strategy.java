package org.headstart.api.strategy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.AgentView;

/**
 * A transfer strategy: it says what is carried from source to target, and how. The contribution to the extension point
 * {@code org.headstart.api.strategies}. Stateless and thread-safe.
 *
 * <p>A strategy combines the operations of {@link StrategyRun}: agents, warm starts, training. It opens no file, starts no
 * thread and writes no training loop. When a killed run is resumed, its method is called again from the start; the
 * operations before the last checkpoint are repeated deterministically, or skipped by {@link StrategyRun#train}.
 *
 * @param <S> its settings record
 */
public interface Strategy<S extends Record> {

	/**
	 * The strategy's role in a comparison.
	 *
	 * @param settings the settings
	 * @param target   the family of a target
	 * @return the role; by default a contender
	 */
	default StrategyRole role(S settings, TaskFamily target) {
		return StrategyRole.CONTENDER;
	}

	/**
	 * The acquisitions that precede the adaptation, which can use the agents of all of them. An acquisition comes after
	 * those that it {@linkplain Acquisition#needs() needs}. Called for each list of sources of the targets, so the number of
	 * acquisitions may depend on the list.
	 *
	 * @param settings the settings
	 * @param sources  the families of the sources, in the experiment's order: all of them, unless the arm or the target
	 *                 names its own
	 * @return the acquisitions; none when the strategy uses no source
	 */
	List<Acquisition> acquisitions(S settings, List<TaskFamily> sources);

	/**
	 * Whether its adaptations also train on the sources: several tasks at once, rehearsal of source tasks, an outer loop
	 * around both. The tasks of such a run are the target, index 0, and then the sources, each with its budget; all have
	 * equal spaces.
	 *
	 * @param settings the settings
	 * @return by default false
	 */
	default boolean adaptsOnSources(S settings) {
		return false;
	}

	/**
	 * Checks a target before any step runs, so that a mistake is reported when the experiment is read.
	 *
	 * @param settings the settings
	 * @param target   the family of a target
	 * @throws IllegalArgumentException when the strategy cannot adapt to it with these settings; the message says why
	 */
	default void check(S settings, TaskFamily target) {
		// most strategies can adapt to every target
	}

	/**
	 * The training of the strategy's agents. Override it in a strategy that has another view than the plain one, brings its
	 * own learner, trains in several phases, or does not train.
	 *
	 * @param settings      the settings
	 * @param tasks         the families of the run's tasks: the sources of an acquisition; or the target of an adaptation,
	 *                      and the sources if it {@linkplain #adaptsOnSources trains on them}
	 * @param trialEpisodes the experiment's number of episodes of a trial
	 * @return the training; empty when nothing is trained
	 */
	default Optional<Training> training(S settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.of(Training.of(AgentView.plain(trialEpisodes)));
	}

	/**
	 * The warm-start rules of an adaptation with one acquisition, so that a network that does not fit a target is reported
	 * when the experiment is read. Override it in a strategy that does not load everything; {@link #adapt} must give the
	 * same rules to {@link StrategyRun#warmStart}.
	 *
	 * @param settings the settings
	 * @return the rules; ignored without an acquisition
	 */
	default List<WarmStartRule> warmStart(S settings) {
		return List.of(new WarmStartRule("", WarmStartRule.Action.LOAD));
	}

	/**
	 * Makes an agent for the target and trains it within the run's budget.
	 *
	 * @param settings the settings
	 * @param run      the run on the target
	 * @throws IOException when knowledge cannot be read
	 */
	void adapt(S settings, StrategyRun run) throws IOException;
}
