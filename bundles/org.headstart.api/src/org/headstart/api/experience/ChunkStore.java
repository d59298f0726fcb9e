package org.headstart.api.experience;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where the large parts of an agent's state lie that do not change any more: each is written once, and every state that is written
 * afterwards refers to it. A chunk is neither overwritten nor deleted before a state that does without it is durable. Thread-confined,
 * as the agent is.
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
		 * @throws IOException from {@code in}, or when what is read does not fit
		 */
		void read(DataInput in) throws IOException;
	}

	/**
	 * Makes a chunk part of the state that is being written; to be called in {@link org.headstart.api.learner.Agent#writeState}. A chunk
	 * that an earlier state kept is not written again, so a name stands for one content in all of an agent's life.
	 *
	 * @param name    lower-case words and numbers with hyphens
	 * @param content writes it
	 * @throws IOException when it cannot be written
	 */
	void keep(String name, Content content) throws IOException;

	/**
	 * Reads a chunk of the state that is being read; to be called in {@link org.headstart.api.learner.Agent#readState}.
	 *
	 * @param name    as in {@link #keep}
	 * @param reading reads it
	 * @throws IOException when the state has no such chunk, or it cannot be read to its end
	 */
	void read(String name, Reading reading) throws IOException;
}
