package org.headstart.strategies;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;
import org.headstart.api.network.Network;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.strategy.WarmStartRule.Action;
import org.headstart.strategies.FineTuneSettings.Exploration;
import org.headstart.strategies.FineTuneSettings.Layers;
import org.headstart.strategies.FineTuneSettings.Reset;

/**
 * Pre-trains one agent on all sources in their order, then continues training on the target from its weights: the baselines
 * 2 and 3 of Rusu et al. 2016, "Progressive Neural Networks", and variations of them ({@link FineTuneSettings}).
 *
 * <p>It is a warm start, not a resume: with all settings the optimizer is fresh (no moments, step count 0), counters are 0,
 * learning-rate schedules run over the target's budget, and random streams are those of the target's run. A tensor that
 * should be loaded and does not fit is an error.
 *
 * <p>All settings share one acquisition, so arms that differ only in their fine-tuning pre-train once for each seed.
 */
public final class FineTune implements Strategy<FineTuneSettings> {

	private static final TrainingPhase WHOLE = TrainingPhase.whole("target");

	@Override
	public List<Acquisition> acquisitions(FineTuneSettings settings, List<TaskFamily> sources) {
		return List.of(new Pretraining());
	}

	@Override
	public Optional<Training> training(FineTuneSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
		List<TrainingPhase> phases = new ArrayList<>();
		criticWarmUp(settings).ifPresent(phases::add);
		phases.add(WHOLE);
		return Optional.of(new Training(AgentView.plain(trialEpisodes), Optional.empty(), phases));
	}

	private static Optional<TrainingPhase> criticWarmUp(FineTuneSettings settings) {
		return settings.criticWarmUp() == 0 ? Optional.empty()
				: Optional.of(new TrainingPhase("critic-warm-up", 0, settings.criticWarmUp(), true));
	}

	@Override
	public void adapt(FineTuneSettings settings, StrategyRun run) throws IOException {
		Agent agent = run.agent("agent");
		// standard deviations belong to the policy's head: a fresh head with the small deviations of the trained one would hardly learn
		boolean keepExploration = settings.exploration() == Exploration.KEEP && settings.reset() != Reset.HEADS;
		run.warmStart(agent, Pretraining.AGENT, warmStart(settings),
				new StrategyRun.Keep(settings.keepNormalisers(), keepExploration));
		if (settings.policyTemperature() != 1) {
			agent.temper(settings.policyTemperature());
		}
		for (Network network : agent.networks().values()) {
			if (settings.headLearningRateFactor() != 1) {
				network.setLearningRateFactor(FineTune::isHead, (float) settings.headLearningRateFactor());
			}
			if (settings.backboneLearningRateFactor() != 1) {
				network.setLearningRateFactor(vertex -> !isHead(vertex), (float) settings.backboneLearningRateFactor());
			}
		}
		Optional<TrainingPhase> criticWarmUp = criticWarmUp(settings);
		if (criticWarmUp.isPresent()) {
			boolean freezeBackbone = settings.layers() == Layers.LAST;
			for (Network network : agent.networks().values()) {
				// on a shared backbone only the value head belongs to the critic alone
				Set<String> critic = network.verticesLeadingTo(Role.VALUE);
				network.freeze(vertex -> !critic.contains(vertex) || freezeBackbone && !isHead(vertex));
			}
			run.train(agent, criticWarmUp.get());
			for (Network network : agent.networks().values()) {
				network.freeze(vertex -> freezeBackbone && !isHead(vertex));
				// otherwise the policy's first steps, with empty moments and an old step count, would be three times too long
				network.resetOptimizer();
			}
		}
		run.train(agent, WHOLE);
	}

	@Override
	public List<WarmStartRule> warmStart(FineTuneSettings settings) {
		List<WarmStartRule> rules = new ArrayList<>();
		switch (settings.reset()) {
			case HEADS -> rules.add(new WarmStartRule(Head.PART, Action.RESET));
			case VALUE -> rules.add(new WarmStartRule(Head.PART, Action.RESET).leadingTo(Role.VALUE));
			case NONE -> {
				// everything is loaded
			}
		}
		if (settings.reset() != Reset.HEADS) {
			rules.add(new WarmStartRule(Head.PART, Action.LOAD));
		}
		rules.add(new WarmStartRule("", settings.layers() == Layers.LAST ? Action.LOAD_AND_FREEZE : Action.LOAD));
		return rules;
	}

	private static boolean isHead(String vertex) {
		return vertex.startsWith(Head.PART);
	}
}
