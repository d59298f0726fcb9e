package org.headstart.api.strategy;

import java.util.List;
import java.util.Optional;

import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Architecture;

/**
 * The declared training of a strategy's agents. It allows the engine to check an experiment and to estimate its cost before
 * any step runs: whether a budget suffices for an update, how often agents can be evaluated, how large their networks are.
 *
 * @param view         the agents' views
 * @param learner      the strategy's own learner; empty for the experiment's learner
 * @param phases       the phases of training on a target, in order
 * @param architecture builds the networks of an adaptation's agents; empty for plain networks, as in an acquisition
 * @param weighsTrials whether a {@link Curriculum} weighs trials, which needs a learner that
 *                     {@linkplain Learner#weighsTrials can do so}
 */
public record Training(AgentView view, Optional<OwnLearner<?>> learner, List<TrainingPhase> phases,
		Optional<Architecture> architecture, boolean weighsTrials) {

	/** Defensive copy. */
	public Training {
		phases = List.copyOf(phases);
	}

	/**
	 * Makes the training of plain networks.
	 *
	 * @param view    the agents' views
	 * @param learner the strategy's own learner; empty for the experiment's learner
	 * @param phases  the phases of training on a target, in order
	 */
	public Training(AgentView view, Optional<OwnLearner<?>> learner, List<TrainingPhase> phases) {
		this(view, learner, phases, Optional.empty(), false);
	}

	/**
	 * @param other builds the networks of an adaptation's agents
	 * @return this training with that architecture
	 */
	public Training on(Architecture other) {
		return new Training(view, learner, phases, Optional.of(other), weighsTrials);
	}

	/** @return this training with a curriculum that {@linkplain Curriculum#weighs weighs} trials */
	public Training weighing() {
		return new Training(view, learner, phases, architecture, true);
	}

	/**
	 * A strategy's own learner.
	 *
	 * @param <S>      its settings
	 * @param learner  the learner
	 * @param settings its settings
	 */
	public record OwnLearner<S extends Record>(Learner<S> learner, S settings) {}

	/**
	 * The experiment's learner over the whole budget, shots first.
	 *
	 * @param view the agents' views
	 * @return the training
	 */
	public static Training of(AgentView view) {
		return new Training(view, Optional.empty(), List.of(TrainingPhase.whole("target")));
	}

	/**
	 * The experiment's learner in the strategy's own loop, over the whole budget, after the shots.
	 *
	 * @param view the agents' views
	 * @param name the loop's name
	 * @return the training
	 */
	public static Training loop(AgentView view, String name) {
		return new Training(view, Optional.empty(),
				List.of(TrainingPhase.granted("shots"), TrainingPhase.of(name, TrainingPhase.REMAINING)));
	}
}
