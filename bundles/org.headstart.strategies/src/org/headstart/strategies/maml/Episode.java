package org.headstart.strategies.maml;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.Lanes;

/**
 * The observations, actions and rewards of one episode of every lane, grouped by task and without the steps in which a lane
 * idles. A task's rows are ordered by step and then by lane; row r of task k is at {@code k * capacity + r}.
 */
final class Episode implements Checkpointed {

	/** Number of tasks. */
	final int tasks;
	/** Number of lanes of each task. */
	final int lanesPerTask;
	/** The largest number of rows of a task. */
	final int capacity;
	/** [tasks × capacity × observationSize] */
	final float[] observations;
	/** The stored actions, [tasks × capacity × actionSize]. */
	final float[] actions;
	/** Log-probabilities under the policy that acted, [tasks × capacity]. */
	final double[] logProbabilities;
	/** [tasks × capacity] */
	final float[] rewards;
	/** Filled by {@link Advantages}, [tasks × capacity]. */
	final float[] advantages;
	/** The row's lane among the lanes of its task, [tasks × capacity]. */
	final int[] lane;
	/** The row's step within the episode, from 0, [tasks × capacity]. */
	final int[] step;
	/** Number of rows of each task. */
	final int[] rows;
	/** Steps so far. */
	int steps;

	private final int observationSize;
	private final int actionSize;

	Episode(int tasks, int lanesPerTask, int horizon, int observationSize, int actionSize) {
		this.tasks = tasks;
		this.lanesPerTask = lanesPerTask;
		this.observationSize = observationSize;
		this.actionSize = actionSize;
		capacity = lanesPerTask * horizon;
		int all = Math.multiplyExact(tasks, capacity);
		observations = new float[Math.multiplyExact(all, observationSize)];
		actions = new float[Math.multiplyExact(all, actionSize)];
		logProbabilities = new double[all];
		rewards = new float[all];
		advantages = new float[all];
		lane = new int[all];
		step = new int[all];
		rows = new int[tasks];
	}

	void clear() {
		Arrays.fill(rows, 0);
		steps = 0;
	}

	/**
	 * Appends a step of all lanes.
	 *
	 * @param seen          the observations, [lanes × observationSize]
	 * @param done          the stored actions, [lanes × actionSize]
	 * @param probabilities their log probabilities, [lanes]
	 * @param environment   the lanes after the step
	 */
	void add(float[] seen, float[] done, double[] probabilities, Lanes environment) {
		if (steps * lanesPerTask >= capacity) {
			throw new IllegalStateException("an episode lasts longer than " + capacity / lanesPerTask + " steps");
		}
		boolean[] idle = environment.idle();
		float[] gained = environment.rewards();
		for (int i = 0; i < tasks * lanesPerTask; i++) {
			if (idle[i]) {
				continue;
			}
			int task = i / lanesPerTask;
			int row = task * capacity + rows[task]++;
			System.arraycopy(seen, i * observationSize, observations, row * observationSize, observationSize);
			System.arraycopy(done, i * actionSize, actions, row * actionSize, actionSize);
			logProbabilities[row] = probabilities[i];
			rewards[row] = gained[i];
			lane[row] = i % lanesPerTask;
			step[row] = steps;
		}
		steps++;
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		out.writeInt(steps);
		for (int task = 0; task < tasks; task++) {
			out.writeInt(rows[task]);
			for (int row = task * capacity; row < task * capacity + rows[task]; row++) {
				for (int i = row * observationSize; i < (row + 1) * observationSize; i++) {
					out.writeFloat(observations[i]);
				}
				for (int i = row * actionSize; i < (row + 1) * actionSize; i++) {
					out.writeFloat(actions[i]);
				}
				out.writeDouble(logProbabilities[row]);
				out.writeFloat(rewards[row]);
				out.writeFloat(advantages[row]);
				out.writeInt(lane[row]);
				out.writeInt(step[row]);
			}
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		steps = in.readInt();
		for (int task = 0; task < tasks; task++) {
			rows[task] = in.readInt();
			for (int row = task * capacity; row < task * capacity + rows[task]; row++) {
				for (int i = row * observationSize; i < (row + 1) * observationSize; i++) {
					observations[i] = in.readFloat();
				}
				for (int i = row * actionSize; i < (row + 1) * actionSize; i++) {
					actions[i] = in.readFloat();
				}
				logProbabilities[row] = in.readDouble();
				rewards[row] = in.readFloat();
				advantages[row] = in.readFloat();
				lane[row] = in.readInt();
				step[row] = in.readInt();
			}
		}
	}
}
