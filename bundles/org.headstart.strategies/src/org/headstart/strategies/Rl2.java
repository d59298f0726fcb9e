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
 * RL² (Duan et al. 2016, arXiv 1611.02779; Wang et al. 2016, "Learning to reinforcement learn"): the experiment's learner
 * trains one recurrent agent in trials of several episodes on one task. The agent observes its previous action, reward and
 * episode end, and keeps its recurrent state from episode to episode, so that the recurrent network itself learns within a
 * trial. On the target it is judged with fixed weights, unless the target grants steps; then it continues training in the
 * same way.
 *
 * <p>The settings also give its controls: with {@code memory: episode} the state is reset after each episode,
 * {@code memory: none} on a recurrent backbone is the same agent without recurrence, and {@code sees-task} is the oracle.
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
	 * One agent, trained in trials on all sources in their order.
	 *
	 * @param settings the agent's view and memory
	 */
	record MetaTraining(Rl2Settings settings) implements Acquisition {

		/** The name of the saved agent. */
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
