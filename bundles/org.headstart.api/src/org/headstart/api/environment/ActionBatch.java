package org.headstart.api.environment;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The actions of all lanes for one step, allocated once. One of the two arrays holds them, depending on the action space;
 * the other array is empty.
 */
public final class ActionBatch {

	/** Discrete actions, [lanes × choices], row-major; in a {@link DiscreteSpace} one for each lane. */
	public final int[] index;
	/** Ints in a row of {@link #index}; 0 for continuous actions. */
	public final int choices;
	/** Continuous actions, [lanes × size], row-major. A value may lie outside of the bounds: the environment clips it. */
	public final float[] values;
	/** Floats in a row of {@link #values}; 0 for discrete actions. */
	public final int size;

	/**
	 * Allocates.
	 *
	 * @param space the action space
	 * @param lanes how many lanes
	 */
	public ActionBatch(ActionSpace space, int lanes) {
		choices = space.counts().length;
		index = new int[lanes * choices];
		size = space instanceof BoxSpace box ? box.size() : 0;
		values = new float[lanes * size];
	}

	/**
	 * Copies a lane's action from another batch.
	 *
	 * @param lane the lane
	 * @param from a batch of equal size
	 */
	public void copyLane(int lane, ActionBatch from) {
		System.arraycopy(from.index, lane * choices, index, lane * choices, choices);
		System.arraycopy(from.values, lane * size, values, lane * size, size);
	}

	/**
	 * Writes a lane's action.
	 *
	 * @param lane the lane
	 * @param out  where to write
	 * @throws IOException from {@code out}
	 */
	public void writeLane(int lane, DataOutput out) throws IOException {
		for (int i = 0; i < choices; i++) {
			out.writeInt(index[lane * choices + i]);
		}
		for (int i = 0; i < size; i++) {
			out.writeFloat(values[lane * size + i]);
		}
	}

	/**
	 * Reads a lane's action that {@link #writeLane} wrote.
	 *
	 * @param lane the lane
	 * @param in   where to read
	 * @throws IOException from {@code in}
	 */
	public void readLane(int lane, DataInput in) throws IOException {
		for (int i = 0; i < choices; i++) {
			index[lane * choices + i] = in.readInt();
		}
		for (int i = 0; i < size; i++) {
			values[lane * size + i] = in.readFloat();
		}
	}
}
