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
 * What the engine gives a strategy: the tasks with their budgets, agents, knowledge, and the training loop with evaluation,
 * metrics, checkpoints, progress and cancellation. Thread-confined.
 */
public interface StrategyRun {

	/** @return how many tasks the run has: the sources that an acquisition learns on; the target of an adaptation, and behind it the
	 *         sources if it {@linkplain Strategy#adaptsOnSources trains on them} */
	int taskCount();

	/** @return how many episodes a trial has, as the experiment says; 1 unless it says something */
	int trialEpisodes();

	/** @return names of the agents that the acquisitions left on which this step builds, in the acquisitions' order */
	List<String> knowledge();

	/**
	 * @param task index of the run's task
	 * @return the family that the task belongs to
	 */
	TaskFamily family(int task);

	/**
	 * Makes an agent of the arm's learner on the arm's backbone (the experiment's, unless the arm has its own), freshly initialised,
	 * that sees the environment's observation in trials as the experiment has them.
	 *
	 * @param name names its random streams; equal names in equal runs give equal agents
	 * @return the agent
	 */
	default Agent agent(String name) {
		return agent(name, AgentView.plain(trialEpisodes()));
	}

	/**
	 * Makes an agent of the arm's learner on the arm's backbone, freshly initialised.
	 *
	 * @param name names its random streams; equal names in equal runs give equal agents
	 * @param view what it is shown, and how long it remembers
	 * @return the agent
	 */
	Agent agent(String name, AgentView view);

	/**
	 * Makes an agent of the arm's learner on networks of the strategy's own architecture, freshly initialised.
	 *
	 * @param name         names its random streams; equal names in equal runs give equal agents
	 * @param view         what it is shown, and how long it remembers
	 * @param architecture how the networks that the learner describes become graphs
	 * @return the agent
	 */
	Agent agent(String name, AgentView view, Architecture architecture);

	/**
	 * Makes an agent of a learner of the strategy's own on the arm's backbone, freshly initialised: for methods whose way
	 * to learn is what they are.
	 *
	 * @param <S>      the learner's settings
	 * @param name     names its random streams
	 * @param view     what it is shown, and how long it remembers
	 * @param learner  the learner
	 * @param settings its settings
	 * @return the agent
	 */
	<S extends Record> Agent agent(String name, AgentView view, Learner<S> learner, S settings);

	/**
	 * Judges a policy that does not learn on the first task, once, with no environment step done: an algorithm to compare with. A
	 * strategy that judges trains nothing; its adaptation leaves no agent.
	 *
	 * @param phase  stands in the metrics
	 * @param view   what the policy is shown
	 * @param policy makes the policy
	 * @throws IOException                                when the metrics cannot be written
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void judge(String phase, View view, PolicyMaker policy) throws IOException;

	/** Makes a policy to be judged. */
	@FunctionalInterface
	interface PolicyMaker {

		/**
		 * @param lanes   how many lanes it acts in
		 * @param tasks   reads which tasks these are on, once they have begun
		 * @param streams the root of its randomness
		 * @return the policy
		 */
		Policy policy(int lanes, TaskReader tasks, RandomStreams streams);
	}

	/**
	 * Warm-starts an agent from the knowledge that an acquisition left on which this step builds, and writes the per-tensor report to the result.
	 *
	 * @param agent the agent, freshly made
	 * @param from  the name under which an acquisition saved
	 * @param rules what happens to which part; the first rule that matches a vertex decides, and every vertex needs one
	 * @param keep  what is taken over beside the network
	 * @throws IOException              when the knowledge cannot be read
	 * @throws IllegalArgumentException when a tensor that is to be loaded is missing or has another shape; it is named. Or
	 *                                  when none of the acquisitions, or more than one, left an agent of that name
	 */
	void warmStart(Agent agent, String from, List<WarmStartRule> rules, Keep keep) throws IOException;

	/**
	 * What a warm start takes over beside the network's tensors.
	 *
	 * @param normalisers  observation statistics
	 * @param exploration  the policy's log standard deviations, where it has them; otherwise they start anew
	 */
	record Keep(boolean normalisers, boolean exploration) {}

	/**
	 * Trains an agent: rollouts over the lanes (or none, where its learner's unit is another than environment steps), updates, evaluation at its cadence, checkpoints. In a resumed run a phase that
	 * was finished is skipped, and one that was under way goes on from its checkpoint.
	 *
	 * <p>The budget is the task's and is shared by all phases on it; a phase that asks for more gets what is left. Evaluations
	 * come first (before any training on the task, or when another agent takes it over), at the cadence between updates, after
	 * the granted episodes that the experiment names, and at the end of the phase. Granted episodes are an adaptation's and are
	 * played once, in its first phase with {@link TrainingPhase#shots}, all of them even if they exceed the budget; each is
	 * followed by an update, and so is any stretch of it that fills the learner's rollout. The agent trained last is what an
	 * adaptation leaves.
	 *
	 * @param agent the agent
	 * @param phase the stretch
	 * @throws IOException                              when a checkpoint cannot be written or read
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void train(Agent agent, TrainingPhase phase) throws IOException;

	/**
	 * Trains an agent on tasks that a curriculum draws, in the place of the task's own sampler; for the rest as
	 * {@link #train(Agent, TrainingPhase)}. Where the phase is skipped or goes on, the curriculum's state is read back.
	 *
	 * @param agent      the agent
	 * @param phase      the stretch
	 * @param curriculum draws each trial's task
	 * @throws IOException                              when a checkpoint cannot be written or read
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void train(Agent agent, TrainingPhase phase, Curriculum curriculum) throws IOException;

	/**
	 * Opens an agent that an acquisition saved, by its own description and without the strategy that saved it, to be learned from. It
	 * may have other spaces than the run's tasks.
	 *
	 * @param name the name under which the acquisition saved
	 * @return the agent, which learns nothing more
	 * @throws IOException              when it cannot be read, needs a contribution that is not installed, or is of a learner that a
	 *                                  strategy brought along
	 * @throws IllegalArgumentException when there is none of that name; the message lists those that there are
	 */
	Teacher open(String name) throws IOException;

	/**
	 * Runs a loop of the strategy's own until its iteration says that it was the last, or goes on with it. In a resumed run a loop
	 * that was finished is skipped, with its agents and its own state as it left them; one that was under way goes on after the last
	 * iteration before the checkpoint, and nothing is repeated. An iteration that takes no step, judges nobody and reports nothing,
	 * twice in a row, is refused: it would go on for ever. One that trains on no environment reports its loss.
	 *
	 * <p>The first agent is the loop's result: an adaptation leaves it, as it does the agent that was trained last. Granted
	 * episodes are a phase's; an adaptation with a loop plays them in one before it, see {@link TrainingPhase#granted}.
	 *
	 * <p>Rows of the metrics that judge other agents than the one judged at the cadence stand aside: their task is written
	 * {@code agent NAME: TASK}, and their steps are all that the run took, on whatever task.
	 *
	 * @param name   stands in the metrics as a phase's does; unique in the run
	 * @param agents all agents that the loop changes, at least one
	 * @param loop   the loop
	 * @throws IOException                                when a checkpoint cannot be written or read
	 * @throws java.util.concurrent.CancellationException when the user cancels
	 */
	void loop(String name, List<Agent> agents, Loop loop) throws IOException;

	/**
	 * A random stream of the strategy's own. A loop that draws from one writes it with its state.
	 *
	 * @param name says what for
	 * @return the stream at its beginning; equal names in equal runs give equal streams
	 */
	RandomStream random(String name);

	/**
	 * Keeps an agent as knowledge for the steps that build on this one.
	 *
	 * @param name  the name to find it by
	 * @param agent the agent
	 * @throws IOException when it cannot be written
	 */
	void save(String name, Agent agent) throws IOException;

	/**
	 * Keeps a table, an array or a picture as a file of the step's result, in the place of an earlier one of that name. A resumed run
	 * must keep the same again. Results are compared byte by byte, so an artefact must not tell of time or machine.
	 *
	 * @param artefact what to keep; a step keeps at most 10000
	 * @throws IOException              when it cannot be written
	 * @throws IllegalArgumentException when it is one too many, or larger than a file of a result may be
	 */
	void keep(Artefact artefact) throws IOException;
}
