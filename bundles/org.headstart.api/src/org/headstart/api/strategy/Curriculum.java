package org.headstart.api.strategy;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.Trial;
import org.headstart.api.random.RandomStream;

/**
 * Chooses the tasks of training from what came of those before, and may say how much each trial counts in an update: randomisation
 * that widens, the worst trials only, tasks on which much is learned. A strategy gives it to
 * {@link StrategyRun#train(org.headstart.api.learner.Agent, TrainingPhase, Curriculum)}; evaluations never ask it.
 *
 * <p><b>Order.</b> Each lane draws when a trial begins. Trials that end in one step of the lanes are told first, in the order of
 * lanes, then their lanes draw, in the same order: a draw knows all trials that are over, and those that other lanes are in the
 * midst of it does not. Lanes that share a task ({@link Trial#lanesPerTask()}) draw once and tell one trial each. A trial that a
 * phase's end cuts off is not told.
 *
 * <p><b>State.</b> All that draws and weights depend on, beside the stream, belongs to its state. It is part of the phase's
 * checkpoints and of what a finished phase leaves, so that a run that goes on draws as if it had never stopped; a curriculum that
 * is given to several phases goes on from one to the next. {@code readState} replaces the whole state.
 *
 * <p>Thread-confined. It may allocate: nothing of it is called in every step.
 */
public interface Curriculum extends Checkpointed {

	/**
	 * Draws the task of a trial that begins.
	 *
	 * @param random the lane's stream for tasks; all chance comes from it
	 * @param set    the tasks of the source or target; draws that do not belong to it ({@link TaskSet#contains}) are allowed where they
	 *               belong to another set of the family whose role is training
	 * @param omega  receives the parameters ω, [components], within their groups' ranges
	 */
	void draw(RandomStream random, TaskSet set, double[] omega);

	/**
	 * Is told of a trial that is over.
	 *
	 * @param omega       its task, [components]; not to be changed or kept
	 * @param trialReturn the sum of its rewards
	 */
	void ended(double[] omega, double trialReturn);

	/**
	 * Whether trials are weighed. A strategy whose curriculum does says so beforehand ({@link Training#weighing}), and is refused
	 * with a learner that cannot.
	 *
	 * @return unless the curriculum says otherwise, false: all trials count alike
	 */
	default boolean weighs() {
		return false;
	}

	/**
	 * Weighs the trials that an update learns from. The policy's and the value's loss of each of a trial's steps is multiplied by its
	 * weight, and the mean over all steps is taken as before: who lets a fifth of the trials count may give each the weight 5. Called
	 * before every update, if {@link #weighs()}, when the trials that are over have been told.
	 *
	 * @param trials  how many, each with at least one step that is learned from, in the order in which they began and, of those, of lanes
	 * @param omegas  their tasks, [trials × components], and perhaps more behind, as in all these arrays
	 * @param returns the sums of their rewards; so far, of trials that are not over
	 * @param over    whether they are over; the others go on, and may be met again before the next update
	 * @param weights receives the weights, finite and not negative; holds ones
	 */
	default void weigh(int trials, double[] omegas, double[] returns, boolean[] over, float[] weights) {
		// ones
	}
}
