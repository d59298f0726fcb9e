package org.headstart.engine.experiment;

import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.Training.OwnLearner;
import org.headstart.engine.catalog.BrokenContributionException;
import org.headstart.engine.catalog.Contribution;

/**
 * How an arm of an experiment learns: what its strategy says, with the learner that is meant.
 *
 * @param learner    who learns, for people: {@code the learner 'ppo'}
 * @param by         whose the learner is: the experiment's, or the strategy's
 * @param using      the learner, with its settings
 * @param training   what the strategy says
 * @param lanes      how many lanes experience is collected from
 * @param experience how much of it an update takes
 */
public record ArmTraining(String learner, Contribution<?> by, OwnLearner<?> using, Training training, int lanes,
		Experience experience) {

	/**
	 * Asks strategy and learner.
	 *
	 * @param strategy      the arm's strategy
	 * @param learner       the experiment's learner
	 * @param tasks         the families of the tasks: all sources, or the one target
	 * @param trialEpisodes how many episodes a trial has
	 * @return empty when the arm trains nothing
	 */
	public static Optional<ArmTraining> of(Choice<Strategy<?>> strategy, Choice<Learner<?>> learner, List<TaskFamily> tasks,
			int trialEpisodes) {
		return strategy.contribution().call("training",
				() -> training(strategy.contribution().instance().get(), strategy.settings(), tasks, trialEpisodes))
				.map(training -> training.learner().isPresent()
						? of("the learner of '" + strategy.id() + "'", strategy.contribution(), training.learner().get(), training)
						: of("the learner '" + learner.id() + "'", learner.contribution(),
								own(learner.contribution().instance().get(), learner.settings()), training));
	}

	private static <S extends Record> ArmTraining of(String name, Contribution<?> by, OwnLearner<S> own,
			Training training) {
		int lanes = by.call("lanes", () -> own.learner().lanes(own.settings()));
		if (lanes < 1) {
			throw new BrokenContributionException(by.origin() + ": lanes gives " + lanes + "; a learner needs at least 1", null);
		}
		return new ArmTraining(name, by, own, training, lanes,
				by.call("experience", () -> own.learner().experience(own.settings())));
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static <S extends Record> Optional<Training> training(Strategy<S> strategy, Record settings,
			List<TaskFamily> tasks, int trialEpisodes) {
		return strategy.training((S) settings, tasks, trialEpisodes);
	}

	@SuppressWarnings("unchecked") // the reader gave the contribution's own settings record
	private static <S extends Record> OwnLearner<S> own(Learner<S> learner, Record settings) {
		return new OwnLearner<>(learner, (S) settings);
	}

	/**
	 * @param budget environment steps that are granted
	 * @return how many of them are taken: all lanes take one together, and the last that does not fit is not taken
	 */
	public long taken(long budget) {
		return budget - budget % lanes;
	}
}
