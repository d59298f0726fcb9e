package org.headstart.strategies;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.strategy.Acquisition;
import org.headstart.api.strategy.Strategy;
import org.headstart.api.strategy.StrategyRole;
import org.headstart.api.strategy.StrategyRun;
import org.headstart.api.strategy.Training;
import org.headstart.api.strategy.TrainingPhase;

/**
 * RL² (Duan et al. 2016, arXiv 1611.02779; Wang et al. 2016, "Learning to reinforcement learn"): one recurrent agent of the
 * experiment's learner is trained on trials of several episodes on one task, sees what it did and what came of it, and keeps its
 * state from episode to episode, so that learning within a trial is what the recurrent network does. On the target it is judged
 * with fixed weights, unless the target grants steps; then it goes on learning in the same way.
 *
 * <p>The settings make its controls too: {@code memory: episode} forgets what earlier episodes taught, {@code memory: none} on a
 * recurrent backbone is the same agent without recurrence, and {@code sees-task} is the oracle.
 */
public final class Rl2 implements Strategy<Rl2Settings> {

	@Override
	public StrategyRole role(Rl2Settings settings, TaskFamily target) {
		return settings.seesTask() ? StrategyRole.ORACLE : StrategyRole.CONTENDER;
	}

	@Override
	public List<Acquisition> acquisitions(Rl2Settings settings, List<TaskFamily> sources) {
		return List.of(new MetaTraining(settings));
	}

	@Override
	public void adapt(Rl2Settings settings, StrategyRun run) throws IOException {
		Agent agent = run.agent("agent", view(settings, run.trialEpisodes()));
		run.warmStart(agent, MetaTraining.AGENT, warmStart(settings), new StrategyRun.Keep(true, true));
		run.train(agent, TrainingPhase.whole("target"));
	}

	@Override
	public Optional<Training> training(Rl2Settings settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.of(Training.of(view(settings, trialEpisodes)));
	}

	private static AgentView view(Rl2Settings settings, int trialEpisodes) {
		return AgentView.same(new View(Trial.of(trialEpisodes), settings.history(), settings.seesTask()),
				settings.memory().ofView());
	}

	/**
	 * One agent, trained in trials on all sources in the order in which they are listed.
	 *
	 * @param settings what the agent is shown and how long it remembers
	 */
	record MetaTraining(Rl2Settings settings) implements Acquisition {

		/** The name under which the agent is kept. */
		static final String AGENT = "meta-trained";

		@Override
		public void run(StrategyRun run) throws IOException {
			Agent agent = run.agent(AGENT, view(settings, run.trialEpisodes()));
			for (int source = 0; source < run.taskCount(); source++) {
				run.train(agent, TrainingPhase.of("source-" + (source + 1), TrainingPhase.REMAINING).onTask(source));
			}
			run.save(AGENT, agent);
		}
	}
}
