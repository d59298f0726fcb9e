package org.headstart.api.checkpoint;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A part of a run that can write and read its whole state.
 *
 * <p>Contract: {@code b.readState(in)} after {@code a.writeState(out)} makes {@code b}, built from the same settings,
 * continue exactly as {@code a} would have continued: same numbers, same random draws. Only state is written; settings,
 * shapes and names are given to the object when it is built. Implementations need not be thread-safe.
 */
public interface Checkpointed {

	/**
	 * Writes the whole state.
	 *
	 * @param out where to write
	 * @throws IOException from {@code out}
	 */
	void writeState(DataOutput out) throws IOException;

	/**
	 * Replaces the whole state by a state that {@link #writeState} wrote. The file may be damaged: implementations check
	 * every size that they read against the largest size that this object can have, before they allocate memory for it.
	 *
	 * @param in where to read
	 * @throws IOException from {@code in}, or when the state does not fit this object
	 */
	void readState(DataInput in) throws IOException;
}
