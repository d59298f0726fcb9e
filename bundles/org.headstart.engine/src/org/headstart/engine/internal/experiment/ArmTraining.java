package org.headstart.engine.internal.experiment;

import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.DataSet;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.BudgetUnit;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.Training.OwnLearner;
import org.headstart.engine.internal.catalog.BrokenContributionException;
import org.headstart.engine.internal.catalog.Contribution;

/**
 * How an arm of an experiment learns: what its strategy says, with the learner that is meant.
 *
 * @param learner    who learns, for people: {@code the learner 'ppo'}
 * @param by         whose the learner is: the experiment's, or the strategy's
 * @param using      the learner, with its settings
 * @param training   what the strategy says
 * @param unit       what the learner's budgets are counted in
 * @param lanes      how many lanes experience is collected from; 1 where the learner acts in none
 * @param experience how much of it an update takes
 */
public record ArmTraining(String learner, Contribution<?> by, OwnLearner<?> using, Training training, BudgetUnit unit,
		int lanes, Experience experience) {

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
		return new ArmTraining(name, by, own, training, by.call("unit", () -> own.learner().unit(own.settings())), lanes,
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
	 * @param budget what is granted, in the learner's unit
	 * @return how much of it is taken: the last that does not fit is not
	 */
	public long taken(long budget) {
		return budget - budget % least();
	}

	/** @return the least that is taken of a budget: a step of all lanes together, or an update */
	public long least() {
		return switch (unit) {
			case ENVIRONMENT_STEPS -> lanes;
			case EXAMPLES -> experience.steps();
			case UPDATES -> 1;
		};
	}

	/**
	 * Looks at what a learner that acts in no lanes is to learn from.
	 *
	 * @param dataSet the data set
	 * @throws org.headstart.engine.internal.catalog.RefusedException when the learner cannot learn from it
	 */
	void check(DataSet dataSet) {
		check(using, dataSet);
	}

	private <S extends Record> void check(OwnLearner<S> own, DataSet dataSet) {
		by.call("check", () -> {
			own.learner().check(own.settings(), dataSet);
			return true;
		});
	}
}
