package org.headstart.api.strategy;

import java.io.IOException;
import java.util.List;

import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskReader;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Architecture;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/**
 * The engine's operations for a strategy: tasks with their budgets, agents, knowledge, and the training loop with
 * evaluation, metrics, checkpoints, progress and cancellation. Thread-confined.
 */
public interface StrategyRun {

	/**
	 * @return the number of the run's tasks: the sources of an acquisition; or the target of an adaptation, followed by the
	 *         sources if it {@linkplain Strategy#adaptsOnSources trains on them}
	 */
	int taskCount();

	/** @return the experiment's number of episodes of a trial; by default 1 */
	int trialEpisodes();

	/** @return the names of the agents saved by the acquisitions on which this step builds, in the acquisitions' order */
	List<String> knowledge();

	/**
	 * @param task index of the run's task
	 * @return the family that the task belongs to
	 */
	TaskFamily family(int task);

	/**
	 * Makes a freshly initialised agent with the arm's learner and backbone (those of the experiment, unless the arm has its
	 * own). Its view is the environment's observation in the experiment's trials.
	 *
	 * @param name the name of its random streams; equal names in equal runs give equal agents
	 * @return the agent
	 */
	default Agent agent(String name) {
		return agent(name, AgentView.plain(trialEpisodes()));
	}

	/**
	 * Makes a freshly initialised agent with the arm's learner and backbone.
	 *
	 * @param name the name of its random streams; equal names in equal runs give equal agents
	 * @param view its views, and the duration of its memory
	 * @return the agent
	 */
	Agent agent(String name, AgentView view);

	/**
	 * Makes a freshly initialised agent with the arm's learner, on networks of the strategy's own architecture.
	 *
	 * @param name         the name of its random streams; equal names in equal runs give equal agents
	 * @param view         its views, and the duration of its memory
	 * @param architecture builds the graphs of the networks that the learner describes
	 * @return the agent
	 */
	Agent agent(String name, AgentView view, Architecture architecture);

	/**
	 * Makes a freshly initialised agent with a learner of the strategy's own, on the arm's backbone. It is for strategies
	 * that are a method of learning themselves.
	 *
	 * @param <S>      the learner's settings
	 * @param name     the name of its random streams
	 * @param view     its views, and the duration of its memory
	 * @param learner  the learner
	 * @param settings its settings
	 * @return the agent
	 */
	<S extends Record> Agent agent(String name, AgentView view, Learner<S> learner, S settings);

	/**
	 * Evaluates, once and at environment step 0, a policy that does not learn, on the first task: an algorithm for
	 * comparison. A strategy that calls it trains nothing, and its adaptation leaves no agent.
	 *
	 * @param phase  the phase's name in the metrics
	 * @param view   the policy's view
	 * @param policy makes the policy
	 * @throws IOException                                when the metrics cannot be written
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void judge(String phase, View view, PolicyMaker policy) throws IOException;

	/** Makes a policy to be evaluated. */
	@FunctionalInterface
	interface PolicyMaker {

		/**
		 * @param lanes   the number of lanes in which it acts
		 * @param tasks   reads the lanes' tasks, after they have begun
		 * @param streams the root of its randomness
		 * @return the policy
		 */
		Policy policy(int lanes, TaskReader tasks, RandomStreams streams);
	}

	/**
	 * Warm-starts an agent from an agent that an acquisition saved, and writes the report on every tensor to the result. The
	 * step must build on the acquisition.
	 *
	 * @param agent the agent, freshly made
	 * @param from  the name under which the acquisition saved the agent
	 * @param rules the rules for parts; the first rule that matches a vertex applies, and every vertex needs one
	 * @param keep  the knowledge to take over beside the networks
	 * @throws IOException              when the knowledge cannot be read
	 * @throws IllegalArgumentException when a tensor to be loaded is missing or has another shape (the message names it), or
	 *                                  when none or more than one of the acquisitions saved an agent of that name
	 */
	void warmStart(Agent agent, String from, List<WarmStartRule> rules, Keep keep) throws IOException;

	/**
	 * The knowledge that a warm start takes over beside the networks' tensors.
	 *
	 * @param normalisers  whether to take over the observation statistics
	 * @param exploration  whether to take over the policy's log standard deviations, if it has any
	 */
	record Keep(boolean normalisers, boolean exploration) {}

	/**
	 * Trains an agent: rollouts over the lanes (none, if its learner's unit is not environment steps), updates, evaluation
	 * at its cadence, checkpoints. In a resumed run a finished phase is skipped, and a running one continues from its
	 * checkpoint.
	 *
	 * <p>All phases on a task share its budget; a phase that asks for more gets the rest of the budget. The agent is
	 * evaluated at the beginning (before any training on the task, or when another agent takes it over), at the cadence
	 * between updates, after the granted episodes that the experiment names, and at the end of the phase. An adaptation
	 * plays its granted episodes once, in its first phase with {@link TrainingPhase#shots}, and plays all of them even if
	 * they exceed the budget; an update follows each episode, and also each part of an episode that fills the learner's
	 * rollout. An adaptation leaves the agent that was trained last.
	 *
	 * @param agent the agent
	 * @param phase the stretch
	 * @throws IOException                              when a checkpoint cannot be written or read
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void train(Agent agent, TrainingPhase phase) throws IOException;

	/**
	 * Trains an agent like {@link #train(Agent, TrainingPhase)}, on tasks that a curriculum draws instead of the task's own
	 * sampler. If the phase is skipped or resumed, the curriculum's state is read back.
	 *
	 * @param agent      the agent
	 * @param phase      the stretch
	 * @param curriculum draws each trial's task
	 * @throws IOException                              when a checkpoint cannot be written or read
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void train(Agent agent, TrainingPhase phase, Curriculum curriculum) throws IOException;

	/**
	 * Opens an agent that an acquisition saved, as a teacher. It is opened by its own description and without the strategy
	 * that saved it, and may have other spaces than the run's tasks.
	 *
	 * @param name the name under which the acquisition saved the agent
	 * @return the teacher
	 * @throws IOException              when the agent cannot be read, needs a contribution that is not installed, or was
	 *                                  trained by a strategy's own learner
	 * @throws IllegalArgumentException when there is no agent of that name; the message lists the agents
	 */
	Teacher open(String name) throws IOException;

	/**
	 * Runs a strategy's own loop until an iteration says that it was the last. In a resumed run a finished loop is skipped,
	 * and its agents and its own state are restored; a running loop continues after the last iteration before the
	 * checkpoint, and repeats none. Two successive iterations without a step, an evaluation or a report are refused, since
	 * the loop would never end; an iteration that trains without an environment must therefore report a number, for example
	 * its loss.
	 *
	 * <p>An adaptation leaves the loop's first agent, or the agent of a later phase. An adaptation with a loop plays its
	 * granted episodes in a phase before the loop, see {@link TrainingPhase#granted}.
	 *
	 * <p>Evaluations of agents other than the one judged at the cadence have separate rows in the metrics: their task is
	 * written {@code agent NAME: TASK}, and their step count is that of all tasks of the run together.
	 *
	 * @param name   the loop's name in the metrics, like a phase's; unique in the run
	 * @param agents all agents that the loop changes, at least one
	 * @param loop   the loop
	 * @throws IOException                                when a checkpoint cannot be written or read
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void loop(String name, List<Agent> agents, Loop loop) throws IOException;

	/**
	 * A random stream for the strategy itself. A loop that draws from it must write it with its state.
	 *
	 * @param name the stream's purpose
	 * @return the stream at its beginning; equal names in equal runs give equal streams
	 */
	RandomStream random(String name);

	/**
	 * Keeps an agent as knowledge for the steps that build on this one.
	 *
	 * @param name  the name under which it is found
	 * @param agent the agent
	 * @throws IOException when it cannot be written
	 */
	void save(String name, Agent agent) throws IOException;

	/**
	 * Keeps a table, an array or a picture as a file of the step's result. It replaces an earlier artefact of the same name.
	 * A resumed run must keep the same artefacts again. Results are compared byte by byte, so an artefact must not depend on
	 * the time or the machine.
	 *
	 * @param artefact the artefact; a step can keep 10000
	 * @throws IOException              when it cannot be written
	 * @throws IllegalArgumentException when there are too many artefacts, or when this one is larger than the largest file
	 *                                  of a result
	 */
	void keep(Artefact artefact) throws IOException;
}
