package org.headstart.api.environment;

import java.util.Optional;

/**
 * Examples that a {@link DataSet} opened, numbered from 0. The caller gathers rows by their numbers, in any order and as
 * often as it needs them, into arrays that it allocates once; equal numbers give equal rows. Gathering allocates nothing, as
 * far as the implementation can avoid it. Used by one thread at a time.
 */
public interface Examples extends AutoCloseable {

	/** @return the observation space of an example */
	ObservationSpace inputs();

	/** @return the space of the labels; empty when there are none */
	Optional<ActionSpace> labels();

	/** @return the number of examples */
	int size();

	/**
	 * Gathers the numbers of the examples' observations.
	 *
	 * @param examples indices of the examples
	 * @param count    how many of these indices are used
	 * @param into     receives the rows, [count × row size]
	 */
	void inputs(int[] examples, int count, float[] into);

	/**
	 * Gathers images of the examples' observations.
	 *
	 * @param part     index in {@link #inputs()}, of a part of bytes
	 * @param examples indices of the examples
	 * @param count    how many of these indices are used
	 * @param into     receives the images, [count × size of the part]
	 */
	default void images(int part, int[] examples, int count, byte[] into) {
		throw new IllegalStateException("these examples show no images");
	}

	/**
	 * Gathers labels that are classes.
	 *
	 * @param examples indices of the examples
	 * @param count    how many of these indices are used
	 * @param into     receives the classes, [count × choices]
	 */
	default void labels(int[] examples, int count, int[] into) {
		throw new IllegalStateException("these examples have no classes");
	}

	/**
	 * Gathers labels that are vectors.
	 *
	 * @param examples indices of the examples
	 * @param count    how many of these indices are used
	 * @param into     receives the vectors, [count × size]
	 */
	default void labels(int[] examples, int count, float[] into) {
		throw new IllegalStateException("these examples have no vectors for labels");
	}

	/** Closes files. Nothing else is called afterwards. */
	@Override
	void close();
}
