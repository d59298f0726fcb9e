package org.headstart.strategies;

import java.io.IOException;
import java.util.List;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.TrainingPhase;

/** Learns the target from a fresh initialisation and uses no source: the baseline of all transfer metrics. */
public final class Scratch implements Strategy<NoSettings> {

	@Override
	public StrategyRole role(NoSettings settings, TaskFamily target) {
		return StrategyRole.BASELINE;
	}

	@Override
	public List<Acquisition> acquisitions(NoSettings settings, List<TaskFamily> sources) {
		return List.of();
	}

	@Override
	public void adapt(NoSettings settings, StrategyRun run) throws IOException {
		run.train(run.agent("agent"), TrainingPhase.whole("target"));
	}
}
