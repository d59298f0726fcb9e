package org.headstart.strategies.maml;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.Lanes;

/**
 * One episode of every lane, the lanes of a task together: what was seen, done and gained, without the steps in which a lane idles.
 * A task's rows are in the order of time, and within a step in that of its lanes; row r of task k stands at
 * {@code k * capacity + r}.
 */
final class Episode implements Checkpointed {

	/** How many tasks. */
	final int tasks;
	/** How many lanes each. */
	final int lanesPerTask;
	/** Rows that a task has at most. */
	final int capacity;
	/** [tasks × capacity × observationSize] */
	final float[] observations;
	/** As they are remembered, [tasks × capacity × actionSize]. */
	final float[] actions;
	/** Under the policy that acted, [tasks × capacity]. */
	final double[] logProbabilities;
	/** [tasks × capacity] */
	final float[] rewards;
	/** Filled by {@link Advantages}, [tasks × capacity]. */
	final float[] advantages;
	/** Which of its task's lanes a row belongs to, [tasks × capacity]. */
	final int[] lane;
	/** Which step of its lane's episode a row is, from 0, [tasks × capacity]. */
	final int[] step;
	/** How many rows each task has. */
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
	 * @param seen          what was acted on, [lanes × observationSize]
	 * @param done          the actions as they are remembered, [lanes × actionSize]
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
