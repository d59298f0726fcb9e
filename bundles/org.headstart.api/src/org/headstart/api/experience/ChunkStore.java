package org.headstart.api.experience;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The store for large parts (chunks) of an agent's state that no longer change. Each chunk is written once, and later states
 * refer to it. A chunk is neither overwritten nor deleted until a state without it is durable. Thread-confined, as the agent
 * is.
 */
public interface ChunkStore {

	/** Writes a chunk. */
	@FunctionalInterface
	interface Content {

		/**
		 * @param out where to write
		 * @throws IOException from {@code out}
		 */
		void write(DataOutput out) throws IOException;
	}

	/** Reads a chunk. */
	@FunctionalInterface
	interface Reading {

		/**
		 * @param in where to read, to the end
		 * @throws IOException from {@code in}, or when the content does not fit
		 */
		void read(DataInput in) throws IOException;
	}

	/**
	 * Makes a chunk part of the state that is being written; call it in {@link org.headstart.api.learner.Agent#writeState}.
	 * A chunk that an earlier state kept is not written again, so a name must have the same content as long as the agent
	 * exists.
	 *
	 * @param name    lower-case words and numbers with hyphens
	 * @param content writes the chunk
	 * @throws IOException when it cannot be written
	 */
	void keep(String name, Content content) throws IOException;

	/**
	 * Reads a chunk of the state that is being read; call it in {@link org.headstart.api.learner.Agent#readState}.
	 *
	 * @param name    as in {@link #keep}
	 * @param reading reads the chunk
	 * @throws IOException when the state has no such chunk, or it cannot be read to its end
	 */
	void read(String name, Reading reading) throws IOException;
}
