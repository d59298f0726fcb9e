package org.headstart.api.strategy;

import java.io.IOException;
import java.util.List;

import org.headstart.api.learner.Agent;

/**
 * What the engine gives a strategy: the tasks with their budgets, agents, knowledge, and the training loop with evaluation,
 * metrics, checkpoints, progress and cancellation. Thread-confined.
 */
public interface StrategyRun {

	/** @return how many tasks the run has: all sources in an acquisition, the one target in an adaptation */
	int taskCount();

	/**
	 * Makes an agent of the experiment's learner on the experiment's backbone, freshly initialised.
	 *
	 * @param name names its random streams; equal names in equal runs give equal agents
	 * @return the agent
	 */
	Agent agent(String name);

	/**
	 * Warm-starts an agent from the knowledge that the acquisition left, and writes the per-tensor report to the result.
	 *
	 * @param agent the agent, freshly made
	 * @param from  the name under which the acquisition saved
	 * @param rules what happens to which part; the first rule that matches a vertex decides, and every vertex needs one
	 * @param keep  what is taken over beside the network
	 * @throws IOException              when the knowledge cannot be read
	 * @throws IllegalArgumentException when a tensor that is to be loaded is missing or has another shape; it is named
	 */
	void warmStart(Agent agent, String from, List<WarmStartRule> rules, Keep keep) throws IOException;

	/**
	 * What a warm start takes over beside the network's tensors.
	 *
	 * @param normalisers  observation statistics
	 * @param exploration  the policy's log standard deviations, where it has them; otherwise they start anew
	 */
	record Keep(boolean normalisers, boolean exploration) {
	}

	/**
	 * Trains an agent: rollouts over the lanes, updates, evaluation at its cadence, checkpoints. In a resumed run a phase that
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
	 * Keeps an agent as knowledge for the steps that build on this one.
	 *
	 * @param name  the name to find it by
	 * @param agent the agent
	 * @throws IOException when it cannot be written
	 */
	void save(String name, Agent agent) throws IOException;
}
