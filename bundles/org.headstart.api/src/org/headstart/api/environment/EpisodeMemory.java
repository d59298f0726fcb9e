package org.headstart.api.environment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.random.RandomStream;

/**
 * The data from which each lane's present episode can be repeated: the states of the lane's streams when the episode began,
 * and the actions since. It grows to the longest episode so far, at most to the time limit.
 */
final class EpisodeMemory {

	private static final int FIRST_CAPACITY = 64;

	private final LaneStreams streams;
	private final int limit;
	/** The number of ints and floats of one action. */
	private final int indexSize;
	private final int valueSize;
	/** [consumers][lanes]. */
	private final RandomStream[][] atStart;
	private final int[] steps;
	/** [lanes][steps × size]. */
	private final int[][] index;
	private final float[][] values;

	EpisodeMemory(LaneStreams streams, ActionSpace actions, int limit) {
		this.streams = streams;
		this.limit = limit;
		int lanes = streams.lanes();
		ActionBatch one = new ActionBatch(actions, 1);
		indexSize = one.index.length;
		valueSize = one.values.length;
		atStart = new RandomStream[streams.consumers()][lanes];
		for (RandomStream[] consumer : atStart) {
			Arrays.setAll(consumer, lane -> new RandomStream(0));
		}
		steps = new int[lanes];
		int capacity = Math.min(limit, FIRST_CAPACITY);
		index = new int[lanes][capacity * indexSize];
		values = new float[lanes][capacity * valueSize];
	}

	/** Called before an episode begins. */
	void begin(int lane) {
		steps[lane] = 0;
		for (int consumer = 0; consumer < atStart.length; consumer++) {
			atStart[consumer][lane].goOnAs(streams.stream(consumer, lane));
		}
	}

	/** Adds a step of the lanes that move. */
	void add(ActionBatch actions, boolean[] moving) {
		for (int lane = 0; lane < steps.length; lane++) {
			if (moving[lane]) {
				int step = steps[lane]++;
				ensure(lane, steps[lane]);
				System.arraycopy(actions.index, lane * indexSize, index[lane], step * indexSize, indexSize);
				System.arraycopy(actions.values, lane * valueSize, values[lane], step * valueSize, valueSize);
			}
		}
	}

	private void ensure(int lane, int needed) {
		if (needed * (indexSize + valueSize) > index[lane].length + values[lane].length) {
			int capacity = Math.min(limit, 2 * needed);
			index[lane] = Arrays.copyOf(index[lane], capacity * indexSize);
			values[lane] = Arrays.copyOf(values[lane], capacity * valueSize);
		}
	}

	/** The number of steps of the lane's present episode. */
	int steps(int lane) {
		return steps[lane];
	}

	/** Restores the lane's streams to their states when its episode began. */
	void rewind(int lane) {
		for (int consumer = 0; consumer < atStart.length; consumer++) {
			streams.stream(consumer, lane).goOnAs(atStart[consumer][lane]);
		}
	}

	/** The action of a step of the present episode, counted from 0. */
	void action(int lane, int step, ActionBatch into) {
		System.arraycopy(index[lane], step * indexSize, into.index, lane * indexSize, indexSize);
		System.arraycopy(values[lane], step * valueSize, into.values, lane * valueSize, valueSize);
	}

	void write(int lane, DataOutput out) throws IOException {
		for (RandomStream[] consumer : atStart) {
			consumer[lane].writeState(out);
		}
		out.writeInt(steps[lane]);
		for (int i = 0; i < steps[lane] * indexSize; i++) {
			out.writeInt(index[lane][i]);
		}
		for (int i = 0; i < steps[lane] * valueSize; i++) {
			out.writeFloat(values[lane][i]);
		}
	}

	void read(int lane, DataInput in) throws IOException {
		for (RandomStream[] consumer : atStart) {
			consumer[lane].readState(in);
		}
		int count = in.readInt();
		if (count < 0 || count > limit) {
			throw new IOException("lane " + lane + " is said to be in step " + count + " of an episode of at most " + limit);
		}
		steps[lane] = count;
		ensure(lane, count);
		for (int i = 0; i < count * indexSize; i++) {
			index[lane][i] = in.readInt();
		}
		for (int i = 0; i < count * valueSize; i++) {
			values[lane][i] = in.readFloat();
		}
	}
}
