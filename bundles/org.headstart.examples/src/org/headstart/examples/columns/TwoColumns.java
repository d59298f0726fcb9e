package org.headstart.examples.columns;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.strategy.WarmStartRule.Action;

/**
 * Pre-trains a plain network, freezes it as a first column, and trains a second one beside it on the target: progressive networks
 * (Rusu et al. 2016) with two columns.
 */
public final class TwoColumns implements Strategy<NoSettings> {

	@Override
	public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
		return List.of(new Pretraining());
	}

	@Override
	public Optional<Training> training(NoSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.of(Training.of(AgentView.plain(trialEpisodes)).on(new Columns()));
	}

	@Override
	public List<WarmStartRule> warmStart(NoSettings settings) {
		return List.of(new WarmStartRule(Columns.FIRST, Action.LOAD_AND_FREEZE).from(""), new WarmStartRule("", Action.RESET));
	}

	@Override
	public void adapt(NoSettings settings, StrategyRun run) throws IOException {
		Agent agent = run.agent("agent", AgentView.plain(run.trialEpisodes()), new Columns());
		run.warmStart(agent, Pretraining.AGENT, warmStart(settings), new Keep(true, false));
		run.train(agent, TrainingPhase.whole("target"));
	}
}
