package org.headstart.api.strategy;

import java.io.IOException;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Policy;

/**
 * The operations of an iteration of a {@link Loop}: train, collect, evaluate, report. The engine does the rollouts over
 * lanes, the budgets, the evaluation at its cadence, the metrics, the progress and the cancellation. Thread-confined; valid
 * while the loop runs.
 *
 * <p><b>Budgets.</b> All steps on a task count against its budget, and no budget is exceeded: lanes take only whole steps
 * together, so a remainder smaller than the number of lanes is left. The methods return the number of steps taken; 0 means
 * that no further step fits.
 *
 * <p><b>Evaluation at the cadence</b> judges one agent for each task: the agent that was first trained on the task in the
 * loop. On an adaptation's target, and on a task without training, it is the first of the loop's agents. It is judged before
 * the first step on the task, at the cadence (between updates, and when {@code train} or {@code collect} begins), and when
 * the loop ends.
 *
 * <p><b>Lanes</b> stay open from iteration to iteration and continue where they stopped.
 */
public interface LoopRun {

	/** @return the run's number of tasks */
	int taskCount();

	/**
	 * @param task index of the run's task
	 * @return environment steps taken on it so far, those of earlier phases included
	 */
	long steps(int task);

	/**
	 * @param task index of the run's task
	 * @return environment steps left of its budget; may be fewer than one step of all lanes
	 */
	long remaining(int task);

	/**
	 * @param agent one of the run's agents
	 * @return environment steps for an update of its learner, see {@link org.headstart.api.learner.Experience}
	 */
	long updateSteps(Agent agent);

	/**
	 * Trains an agent as {@link StrategyRun#train} does: rollouts over its learner's lanes and updates, the last update from
	 * the remaining experience. An agent that was trained on another task in between begins new trials in its lanes, since
	 * it has dropped its experience from them.
	 *
	 * @param agent one of the loop's agents
	 * @param task  index of the run's task
	 * @param steps environment steps, at most
	 * @return the number of steps taken
	 * @throws IOException when the metrics cannot be written
	 */
	long train(Agent agent, int task, long steps) throws IOException;

	/**
	 * Rolls an agent out without learning. The agent acts by its {@linkplain Agent#actorCritic distribution}, with random
	 * draws from streams of the lanes. An agent without a distribution, for example a recurrent one, acts by its
	 * {@linkplain Agent#policy policy} and begins new trials in each call.
	 *
	 * @param agent   one of the run's agents
	 * @param task    index of the run's task
	 * @param lanes   how many lanes; groups of them share a task if its view says so
	 * @param steps   environment steps, at most
	 * @param watcher sees every step
	 * @return the number of steps taken
	 * @throws IOException when the metrics cannot be written
	 */
	long collect(Agent agent, int task, int lanes, long steps, Watcher watcher) throws IOException;

	/**
	 * Rolls a teacher out, like {@link #collect(Agent, int, int, long, Watcher)} for an agent.
	 *
	 * @param name    the name of its lanes and their random streams
	 * @param teacher the teacher
	 * @param task    index of the run's task, which must have the teacher's spaces
	 * @param lanes   how many lanes; groups of them share a task if its view says so
	 * @param steps   environment steps, at most
	 * @param watcher sees every step
	 * @return the number of steps taken
	 * @throws IOException              when the metrics cannot be written
	 * @throws IllegalArgumentException when the task has other spaces; the message says which
	 */
	long collect(String name, Teacher teacher, int task, int lanes, long steps, Watcher watcher) throws IOException;

	/**
	 * Rolls a policy of the strategy out. {@link Policy#begin} is called when its lanes are opened, and not when they
	 * continue, not even in a resumed run; so the policy's memory belongs to the loop's state.
	 *
	 * @param name    the name of its lanes and their random streams
	 * @param view    the view of the lanes
	 * @param policy  the policy
	 * @param task    index of the run's task
	 * @param lanes   how many lanes; groups of them share a task if the view says so
	 * @param steps   environment steps, at most
	 * @param watcher sees every step
	 * @return the number of steps taken
	 * @throws IOException when the metrics cannot be written
	 */
	long collect(String name, View view, Policy policy, int task, int lanes, long steps, Watcher watcher) throws IOException;

	/**
	 * Evaluates an agent now. For the agent that is judged at the cadence, the new row of the metrics is part of the task's
	 * curve; for any other agent it is {@linkplain StrategyRun#loop separate}.
	 *
	 * @param agent one of the run's agents
	 * @param task  index of the run's task
	 * @return the mean return
	 * @throws IOException when the metrics cannot be written
	 */
	double evaluate(Agent agent, int task) throws IOException;

	/**
	 * Reports a number of training, as an update does; the row of the next evaluation contains the last number of each name.
	 *
	 * @param name  its name
	 * @param value a finite number
	 */
	void report(String name, double value);

	/** Receives every step of {@code collect}. Its methods should allocate nothing. */
	@FunctionalInterface
	interface Watcher {

		/**
		 * Called before a step.
		 *
		 * @param lanes   the lanes with the observations on which the actions are based; their rewards and flags are those
		 *                of the step before
		 * @param actions the actions
		 */
		void acted(Lanes lanes, ActionBatch actions);

		/**
		 * Called after the step.
		 *
		 * @param lanes show rewards, flags, final and next observations
		 */
		default void stepped(Lanes lanes) {
			// a watcher of actions alone does not need the results
		}
	}
}
