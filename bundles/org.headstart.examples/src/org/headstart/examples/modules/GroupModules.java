package org.headstart.examples.modules;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;
import org.headstart.api.learner.AgentView;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.TrainingPhase;

/** Learns the target from scratch, with a module for each of its groups. */
public final class GroupModules implements Strategy<NoSettings> {

	@Override
	public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
		return List.of();
	}

	@Override
	public void check(NoSettings settings, TaskFamily target) {
		modules(target);
	}

	@Override
	public Optional<Training> training(NoSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.of(Training.of(AgentView.plain(trialEpisodes)).on(modules(tasks.get(0))));
	}

	@Override
	public void adapt(NoSettings settings, StrategyRun run) throws IOException {
		run.train(run.agent("agent", AgentView.plain(run.trialEpisodes()), modules(run.family(0))), TrainingPhase.whole("target"));
	}

	private static Modules modules(TaskFamily family) {
		return Modules.of(View.PLAIN.observationSpace(family.environment()));
	}
}
