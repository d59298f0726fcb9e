package org.headstart.api.strategy;

import java.util.List;
import java.util.Optional;

import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Architecture;

/**
 * How a strategy's agents learn, said beforehand, so that an experiment can be checked and its cost be known before anything is
 * run: whether a budget is enough for an update, how often agents can be judged, how large their networks are.
 *
 * @param view         what the agents are shown
 * @param learner      the learner, where the strategy brings one of its own; empty: the experiment's
 * @param phases       the stretches of training on a target, in order
 * @param architecture how the networks of an adaptation's agents are built; empty: plain, as those of an acquisition are
 * @param weighsTrials whether a {@link Curriculum} weighs trials, so that a learner is needed that {@linkplain Learner#weighsTrials can}
 */
public record Training(AgentView view, Optional<OwnLearner<?>> learner, List<TrainingPhase> phases,
		Optional<Architecture> architecture, boolean weighsTrials) {

	/** Defensive copy. */
	public Training {
		phases = List.copyOf(phases);
	}

	/**
	 * Training of plain networks.
	 *
	 * @param view    what the agents are shown
	 * @param learner the learner, where the strategy brings one of its own; empty: the experiment's
	 * @param phases  the stretches of training on a target, in order
	 */
	public Training(AgentView view, Optional<OwnLearner<?>> learner, List<TrainingPhase> phases) {
		this(view, learner, phases, Optional.empty(), false);
	}

	/**
	 * @param other how the networks of an adaptation's agents are built
	 * @return this training of such networks
	 */
	public Training on(Architecture other) {
		return new Training(view, learner, phases, Optional.of(other), weighsTrials);
	}

	/** @return this training with a curriculum that {@linkplain Curriculum#weighs weighs} trials */
	public Training weighing() {
		return new Training(view, learner, phases, architecture, true);
	}

	/**
	 * A learner that a strategy brings along.
	 *
	 * @param <S>      its settings
	 * @param learner  the learner
	 * @param settings its settings
	 */
	public record OwnLearner<S extends Record>(Learner<S> learner, S settings) {}

	/**
	 * The experiment's learner over the whole budget, shots first.
	 *
	 * @param view what the agents are shown
	 * @return the training
	 */
	public static Training of(AgentView view) {
		return new Training(view, Optional.empty(), List.of(TrainingPhase.whole("target")));
	}

	/**
	 * The experiment's learner in a loop of the strategy's own, over the whole budget, after the shots.
	 *
	 * @param view what the agents are shown
	 * @param name the loop's name
	 * @return the training
	 */
	public static Training loop(AgentView view, String name) {
		return new Training(view, Optional.empty(),
				List.of(TrainingPhase.granted("shots"), TrainingPhase.of(name, TrainingPhase.REMAINING)));
	}
}
