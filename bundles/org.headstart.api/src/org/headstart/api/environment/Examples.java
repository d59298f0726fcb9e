package org.headstart.api.environment;

import java.util.Optional;

/**
 * Examples that a {@link DataSet} opened, numbered from 0. Rows are gathered by their numbers, in any order and as often as wanted,
 * into arrays that whoever reads allocates once; equal numbers give equal rows. Reading allocates nothing where that is in the
 * implementation's hands. Used by one thread at a time.
 */
public interface Examples extends AutoCloseable {

	/** @return what an example shows */
	ObservationSpace inputs();

	/** @return what a label is; empty when there are none */
	Optional<ActionSpace> labels();

	/** @return how many there are */
	int size();

	/**
	 * Gathers the numbers that examples show.
	 *
	 * @param examples their numbers
	 * @param count    how many of these
	 * @param into     receives the rows, [count × row size]
	 */
	void inputs(int[] examples, int count, float[] into);

	/**
	 * Gathers images that examples show.
	 *
	 * @param part     index in {@link #inputs()}, of a part of bytes
	 * @param examples their numbers
	 * @param count    how many of these
	 * @param into     receives the images, [count × size of the part]
	 */
	default void images(int part, int[] examples, int count, byte[] into) {
		throw new IllegalStateException("these examples show no images");
	}

	/**
	 * Gathers labels that are classes.
	 *
	 * @param examples the examples' numbers
	 * @param count    how many of these
	 * @param into     receives the classes, [count × choices]
	 */
	default void labels(int[] examples, int count, int[] into) {
		throw new IllegalStateException("these examples have no classes");
	}

	/**
	 * Gathers labels that are vectors.
	 *
	 * @param examples the examples' numbers
	 * @param count    how many of these
	 * @param into     receives the vectors, [count × size]
	 */
	default void labels(int[] examples, int count, float[] into) {
		throw new IllegalStateException("these examples have no vectors for labels");
	}

	/** Closes files. Nothing else is called afterwards. */
	@Override
	void close();
}
