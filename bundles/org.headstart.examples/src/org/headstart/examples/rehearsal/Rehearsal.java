package org.headstart.examples.rehearsal;

import java.io.IOException;
import java.util.List;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.learner.Agent;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Pretraining;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.StrategyRun.Keep;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.strategy.WarmStartRule.Action;

/**
 * Pre-trains on the sources, keeps the backbone and trains a new head on the target. Keeps a table of the changes of the
 * weights.
 */
public final class Rehearsal implements Strategy<RehearsalSettings> {

	@Override
	public List<Acquisition> acquisitions(RehearsalSettings settings, List<TaskFamily> sources) {
		return List.of(new Pretraining());
	}

	@Override
	public void adapt(RehearsalSettings settings, StrategyRun run) throws IOException {
		Agent agent = run.agent("adapted");
		run.warmStart(agent, Pretraining.AGENT,
				List.of(new WarmStartRule("backbone/", settings.freeze() ? Action.LOAD_AND_FREEZE : Action.LOAD),
						new WarmStartRule("head/", Action.RESET)),
				new Keep(true, false));
		Movement movement = new Movement(agent.networks());
		run.train(agent, TrainingPhase.whole("adapt"));
		run.keep(movement.table(agent.networks()));
	}
}
