package org.headstart.api.strategy;

import java.io.IOException;

import org.headstart.api.learner.Agent;

/** The usual acquisition: one agent is trained on all sources in their order. */
public record Pretraining() implements Acquisition {

	/** The name of the saved agent. */
	public static final String AGENT = "pretrained";

	@Override
	public void run(StrategyRun run) throws IOException {
		Agent agent = run.agent(AGENT);
		for (int source = 0; source < run.taskCount(); source++) {
			run.train(agent, TrainingPhase.of("source-" + (source + 1), TrainingPhase.REMAINING).onTask(source));
		}
		run.save(AGENT, agent);
	}
}
