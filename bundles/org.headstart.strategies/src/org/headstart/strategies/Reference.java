package org.headstart.strategies;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Training;

/**
 * Plays the target with a reference algorithm of the environment, which learns no weights (Thompson sampling, a constant
 * learning rate, Adam), as a comparison for learned agents. It is evaluated once, in the experiment's trials; it does not
 * use the sources, the learner, the backbone or the target's steps.
 */
public final class Reference implements Strategy<ReferenceSettings> {

	@Override
	public StrategyRole role(ReferenceSettings settings, TaskFamily target) {
		return target.reference(settings.algorithm()).seesTask() ? StrategyRole.ORACLE : StrategyRole.CONTENDER;
	}

	@Override
	public List<Acquisition> acquisitions(ReferenceSettings settings, List<TaskFamily> sources) {
		return List.of();
	}

	@Override
	public void check(ReferenceSettings settings, TaskFamily target) {
		parameter(settings.parameter(), target.reference(settings.algorithm()));
	}

	@Override
	public Optional<Training> training(ReferenceSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.empty();
	}

	/**
	 * {@inheritDoc}
	 *
	 * @throws IllegalArgumentException when the target has no such algorithm, or when the algorithm has no parameter
	 */
	@Override
	public void adapt(ReferenceSettings settings, StrategyRun run) throws IOException {
		TaskFamily family = run.family(0);
		ReferenceAlgorithm algorithm = family.reference(settings.algorithm());
		double parameter = parameter(settings.parameter(), algorithm);
		View view = new View(Trial.of(run.trialEpisodes()), true, algorithm.seesTask());
		run.judge("reference", view,
				(lanes, tasks, streams) -> algorithm.maker().policy(lanes, new ReferenceSite(family, view, parameter, tasks, streams)));
	}

	private static double parameter(ParameterValue given, ReferenceAlgorithm algorithm) {
		if (given.isDefault()) {
			return algorithm.defaultParameter();
		}
		if (algorithm.parameter().isEmpty()) {
			throw new IllegalArgumentException("reference algorithm '" + algorithm.name() + "' has no parameter; leave parameter: "
					+ given + " out");
		}
		return given.value();
	}
}
