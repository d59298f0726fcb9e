package org.headstart.api.checkpoint;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A part of a run that knows how to write and read everything its next moment depends on.
 *
 * <p>Contract: {@code b.readState(in)} after {@code a.writeState(out)} makes {@code b}, built from the same settings,
 * continue exactly as {@code a} would have: same numbers, same random draws. Nothing else than state is written:
 * settings, shapes and names are given to the object when it is built. Implementations need not be thread-safe.
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
	 * Replaces the whole state by one that {@link #writeState} wrote. A file may say anything: a size that is read is compared with
	 * what this object can have before memory is taken for it.
	 *
	 * @param in where to read
	 * @throws IOException from {@code in}, or when what is read does not fit this object
	 */
	void readState(DataInput in) throws IOException;
}
