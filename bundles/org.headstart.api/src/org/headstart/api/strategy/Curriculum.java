package org.headstart.api.strategy;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.Trial;
import org.headstart.api.random.RandomStream;

/**
 * Chooses the tasks of training by the results of earlier tasks, and may weigh the trials of an update. Examples are
 * randomisation that widens, learning from the worst trials only, and tasks with much learning progress. A strategy gives it
 * to {@link StrategyRun#train(org.headstart.api.learner.Agent, TrainingPhase, Curriculum)}; evaluations never ask it.
 *
 * <p><b>Order.</b> Each lane draws a task when a trial begins. If trials end in a step, the curriculum is first told of all
 * of them, in the order of lanes, and then their lanes draw, in the same order. So a draw depends on all ended trials and on
 * none that is still running. Lanes that share a task ({@link Trial#lanesPerTask()}) draw once, and each of them reports its
 * trial. A trial that is cut off by the end of a phase is not reported.
 *
 * <p><b>State.</b> Everything on which draws and weights depend, except the stream, belongs to its state. The state is part
 * of the phase's checkpoints and of the result of a finished phase, so that a resumed run has the same draws; a curriculum
 * that is given to several phases continues from one to the next. {@code readState} replaces the whole state.
 *
 * <p>Thread-confined. It may allocate, since no method is called in every step.
 */
public interface Curriculum extends Checkpointed {

	/**
	 * Draws the task of a new trial.
	 *
	 * @param random the lane's stream for tasks, the only source of randomness
	 * @param set    the tasks of the source or target; a draw outside of it ({@link TaskSet#contains}) is allowed if it
	 *               belongs to another training set of the family
	 * @param omega  receives the parameters ω, [components], within their groups' ranges
	 */
	void draw(RandomStream random, TaskSet set, double[] omega);

	/**
	 * Called for each trial that has ended.
	 *
	 * @param omega       its task, [components]; the method must not change or keep it
	 * @param trialReturn the sum of its rewards
	 */
	void ended(double[] omega, double trialReturn);

	/**
	 * Whether it weighs trials. If so, the strategy must declare it ({@link Training#weighing}), and is refused with a
	 * learner that cannot weigh trials.
	 *
	 * @return by default false: all trials have the same weight
	 */
	default boolean weighs() {
		return false;
	}

	/**
	 * Weighs the trials of an update. The policy loss and the value loss of each step of a trial are multiplied by the
	 * trial's weight, and then averaged over all steps as without weights. So a curriculum that uses a fifth of the trials
	 * may give each of these the weight 5. Called before every update, if {@link #weighs()}, after all ended trials were
	 * reported.
	 *
	 * @param trials  the number of trials with at least one step in the update, ordered by their beginning and then by lane
	 * @param omegas  their tasks, [trials × components]; this and the following arrays may be longer
	 * @param returns the sums of their rewards; for a running trial the sum so far
	 * @param over    whether they have ended; a running trial may be part of the next update as well
	 * @param weights receives the weights, finite and not negative; initially ones
	 */
	default void weigh(int trials, double[] omegas, double[] returns, boolean[] over, float[] weights) {
		// all weights stay 1
	}
}
