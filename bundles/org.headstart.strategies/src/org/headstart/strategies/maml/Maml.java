package org.headstart.strategies.maml;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
import org.headstart.api.strategy.Training.OwnLearner;
import org.headstart.api.strategy.TrainingPhase;
import org.headstart.strategies.maml.MamlSettings.Initialisation;

/**
 * Model-agnostic meta-learning (Finn, Abbeel and Levine 2017, arXiv 1703.03400): learns initial parameters from which one
 * step of policy gradient on a few episodes of a task gives a policy for that task. It has its own learner, on the
 * experiment's backbone; the experiment's learner is not used.
 *
 * <p>In an evaluation, episode k + 1 of a trial is played after k inner steps, so the returns of a trial's episodes are the
 * curve of adaptation. On a target without steps the agent is only judged; with steps it continues meta-learning on the
 * target's tasks.
 */
public final class Maml implements Strategy<MamlSettings> {

	@Override
	public StrategyRole role(MamlSettings settings, TaskFamily target) {
		return settings.seesTask() ? StrategyRole.ORACLE : StrategyRole.CONTENDER;
	}

	@Override
	public List<Acquisition> acquisitions(MamlSettings settings, List<TaskFamily> sources) {
		return settings.initialisation() == Initialisation.RANDOM ? List.of() : List.of(new MetaTraining(settings));
	}

	@Override
	public void adapt(MamlSettings settings, StrategyRun run) throws IOException {
		Agent agent = agent("agent", settings, run);
		if (settings.initialisation() != Initialisation.RANDOM) {
			run.warmStart(agent, MetaTraining.AGENT, warmStart(settings), new StrategyRun.Keep(true, true));
		}
		run.train(agent, TrainingPhase.whole("target"));
	}

	@Override
	public Optional<Training> training(MamlSettings settings, List<TaskFamily> tasks, int trialEpisodes) {
		return Optional.of(new Training(view(settings, trialEpisodes), Optional.of(learner(settings, tasks)),
				List.of(TrainingPhase.whole("target"))));
	}

	private static AgentView view(MamlSettings settings, int trialEpisodes) {
		View training = new View(new Trial(settings.trainedInnerSteps() + 1, settings.trajectories(), true), false,
				settings.seesTask());
		View evaluation = new View(new Trial(trialEpisodes, settings.evaluationTrajectories(), true), false,
				settings.seesTask());
		return new AgentView(training, evaluation, AgentView.Memory.TRIAL);
	}

	private static OwnLearner<MamlLearner.Settings> learner(MamlSettings settings, List<TaskFamily> tasks) {
		int horizon = tasks.stream().mapToInt(task -> task.environment().maxEpisodeSteps()).max().orElseThrow();
		return new OwnLearner<>(new MamlLearner(), new MamlLearner.Settings(settings, horizon));
	}

	private static Agent agent(String name, MamlSettings settings, StrategyRun run) {
		OwnLearner<MamlLearner.Settings> own = learner(settings,
				IntStream.range(0, run.taskCount()).mapToObj(run::family).toList());
		return run.agent(name, view(settings, run.trialEpisodes()), own.learner(), own.settings());
	}

	/**
	 * One agent, trained on all sources in their order.
	 *
	 * @param settings the strategy's settings
	 */
	record MetaTraining(MamlSettings settings) implements Acquisition {

		/** The name of the saved agent. */
		static final String AGENT = "meta-trained";

		@Override
		public void run(StrategyRun run) throws IOException {
			Agent agent = agent(AGENT, settings, run);
			for (int source = 0; source < run.taskCount(); source++) {
				run.train(agent, TrainingPhase.of("source-" + (source + 1), TrainingPhase.REMAINING).onTask(source));
			}
			run.save(AGENT, agent);
		}
	}
}
