package org.headstart.api.strategy;

import java.io.IOException;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.Policy;

/**
 * What an iteration of a {@link Loop} can do: train, collect, judge, report. Rollouts over lanes, budgets, evaluation at its cadence,
 * metrics, progress and cancel are the engine's. Thread-confined; valid while the loop runs.
 *
 * <p><b>Budgets.</b> Steps that are taken on a task count against its budget, whoever takes them, and none is exceeded: the last step
 * of the lanes is the last that fits, so a rest that they do not divide is left. What was taken is returned; 0 says that nothing
 * more fits.
 *
 * <p><b>Judged at the cadence</b> is one agent a task: the one that was first trained on it in the loop; where nobody trains, and on
 * an adaptation's target, the first of the loop's agents. It is judged before the first step on the task, at the cadence (between
 * updates, and where {@code train} or {@code collect} begins), and when the loop ends.
 *
 * <p><b>Lanes</b> stay open from iteration to iteration and go on where they stopped.
 */
public interface LoopRun {

	/** @return how many tasks the run has */
	int taskCount();

	/**
	 * @param task index of the run's task
	 * @return environment steps taken on it so far, those of earlier phases included
	 */
	long steps(int task);

	/**
	 * @param task index of the run's task
	 * @return environment steps left of its budget, which may be fewer than lanes take at once
	 */
	long remaining(int task);

	/**
	 * @param agent one of the run's agents
	 * @return environment steps that an update of its learner takes, see {@link org.headstart.api.learner.Experience}
	 */
	long updateSteps(Agent agent);

	/**
	 * Trains an agent as {@link StrategyRun#train} does: rollouts over its learner's lanes and updates, the last from what is there.
	 * An agent that was trained on another task in between has forgotten what its lanes had shown, so it begins new trials in them.
	 *
	 * @param agent one of the loop's agents
	 * @param task  index of the run's task
	 * @param steps environment steps, at most
	 * @return how many were taken
	 * @throws IOException when the metrics cannot be written
	 */
	long train(Agent agent, int task, long steps) throws IOException;

	/**
	 * Rolls an agent out without learning. It acts by its {@linkplain Agent#actorCritic distribution}, with draws of the lanes' own.
	 * One that has none, for example because it remembers, acts by its {@linkplain Agent#policy policy}, and begins new trials with
	 * each call.
	 *
	 * @param agent   one of the run's agents
	 * @param task    index of the run's task
	 * @param lanes   how many lanes; in groups that share a task as its view says
	 * @param steps   environment steps, at most
	 * @param watcher sees every step
	 * @return how many were taken
	 * @throws IOException when the metrics cannot be written
	 */
	long collect(Agent agent, int task, int lanes, long steps, Watcher watcher) throws IOException;

	/**
	 * Rolls a teacher out, as {@link #collect(Agent, int, int, long, Watcher)} does an agent.
	 *
	 * @param name    names its lanes and their random streams
	 * @param teacher the teacher
	 * @param task    index of the run's task, which has to have the teacher's spaces
	 * @param lanes   how many lanes; in groups that share a task as its view says
	 * @param steps   environment steps, at most
	 * @param watcher sees every step
	 * @return how many were taken
	 * @throws IOException              when the metrics cannot be written
	 * @throws IllegalArgumentException when the task has other spaces; the message says which
	 */
	long collect(String name, Teacher teacher, int task, int lanes, long steps, Watcher watcher) throws IOException;

	/**
	 * Rolls a policy of the strategy's own out. {@link Policy#begin} is called when its lanes are opened, and not again when they go
	 * on, in a resumed run neither: what the policy remembers belongs to the loop's state.
	 *
	 * @param name    names its lanes and their random streams
	 * @param view    what it is shown
	 * @param policy  the policy
	 * @param task    index of the run's task
	 * @param lanes   how many lanes; in groups that share a task as the view says
	 * @param steps   environment steps, at most
	 * @param watcher sees every step
	 * @return how many were taken
	 * @throws IOException when the metrics cannot be written
	 */
	long collect(String name, View view, Policy policy, int task, int lanes, long steps, Watcher watcher) throws IOException;

	/**
	 * Judges an agent now. Its row in the metrics is part of the task's curve where the agent is the one that is judged at the cadence;
	 * any other's stands {@linkplain StrategyRun#loop aside}.
	 *
	 * @param agent one of the run's agents
	 * @param task  index of the run's task
	 * @return the mean return
	 * @throws IOException when the metrics cannot be written
	 */
	double evaluate(Agent agent, int task) throws IOException;

	/**
	 * Reports a number of training, as an update does; the next evaluation's row has the last one of each name.
	 *
	 * @param name  its name
	 * @param value a finite number
	 */
	void report(String name, double value);

	/** Sees what is collected. Called in every vector step; it should allocate nothing. */
	@FunctionalInterface
	interface Watcher {

		/**
		 * Called before a step.
		 *
		 * @param lanes   show the observations that were acted on; rewards and flags are a step's only behind it
		 * @param actions the actions
		 */
		void acted(Lanes lanes, ActionBatch actions);

		/**
		 * Called after the step.
		 *
		 * @param lanes show rewards, flags, final and next observations
		 */
		default void stepped(Lanes lanes) {
			// who wants actions alone needs nothing more
		}
	}
}
