package org.headstart.api.strategy;

import java.util.List;
import java.util.Optional;

import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;

/**
 * How a strategy's agents learn, said beforehand, so that an experiment can be checked and its cost be known before anything is
 * run: whether a budget is enough for an update, how often agents can be judged, how large their networks are.
 *
 * @param view    what the agents are shown
 * @param learner the learner, where the strategy brings one of its own; empty: the experiment's
 * @param phases  the stretches of training on a target, in order
 */
public record Training(AgentView view, Optional<OwnLearner<?>> learner, List<TrainingPhase> phases) {

	/** Defensive copy. */
	public Training {
		phases = List.copyOf(phases);
	}

	/**
	 * A learner that a strategy brings along.
	 *
	 * @param <S>      its settings
	 * @param learner  the learner
	 * @param settings its settings
	 */
	public record OwnLearner<S extends Record>(Learner<S> learner, S settings) {
	}

	/**
	 * The experiment's learner over the whole budget, shots first.
	 *
	 * @param view what the agents are shown
	 * @return the training
	 */
	public static Training of(AgentView view) {
		return new Training(view, Optional.empty(), List.of(TrainingPhase.whole("target")));
	}
}
