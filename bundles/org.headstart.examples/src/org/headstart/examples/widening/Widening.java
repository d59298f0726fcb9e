package org.headstart.examples.widening;

import java.io.IOException;
import java.util.List;

import org.headstart.api.environment.ParameterGroup;
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
 * Pre-trains on the nominal task of the sources and on a box of tasks around it that widens with the returns, then trains on
 * the target. It is a simplified automatic domain randomization (OpenAI 2019, "Solving Rubik's Cube with a Robot Hand",
 * section 5): all boundaries of the box move together, by the returns of all trials; in the original each boundary moves by
 * the returns of the trials on it.
 */
public final class Widening implements Strategy<WideningSettings> {

	/** One agent, trained on all sources in their order. */
	private record WideningPretraining(WideningSettings settings) implements Acquisition {

		@Override
		public void run(StrategyRun run) throws IOException {
			Agent agent = run.agent(Pretraining.AGENT);
			for (int source = 0; source < run.taskCount(); source++) {
				run.train(agent, TrainingPhase.of("source-" + (source + 1), TrainingPhase.REMAINING).onTask(source),
						new WideningBox(settings, run.family(source).nominal()));
			}
			run.save(Pretraining.AGENT, agent);
		}
	}

	@Override
	public List<Acquisition> acquisitions(WideningSettings settings, List<TaskFamily> sources) {
		for (TaskFamily source : sources) {
			for (ParameterGroup group : source.parameters()) {
				if (Double.isNaN(group.nominal())) {
					throw new IllegalArgumentException(
							"the parameter '" + group.name() + "' of the source has no nominal value to widen from");
				}
			}
		}
		return List.of(new WideningPretraining(settings));
	}

	@Override
	public void adapt(WideningSettings settings, StrategyRun run) throws IOException {
		Agent agent = run.agent("agent");
		run.warmStart(agent, Pretraining.AGENT, List.of(new WarmStartRule("", Action.LOAD)), new Keep(true, true));
		run.train(agent, TrainingPhase.whole("target"));
	}
}
