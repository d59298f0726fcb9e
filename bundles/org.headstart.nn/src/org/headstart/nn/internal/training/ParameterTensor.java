package org.headstart.nn.internal.training;

/** The place of one parameter tensor in flat arrays that hold all parameters of a network, or as many moments or gradients. */
public interface ParameterTensor {

	/** @return its vertex */
	String vertex();

	/** @return DL4J's name within the vertex, for example {@code "W"} */
	String parameter();

	/** @return its shape; not to be changed */
	int[] shape();

	/** @return how many floats */
	default int length() {
		int length = 1;
		for (int size : shape()) {
			length *= size;
		}
		return length;
	}

	/**
	 * Copies it out.
	 *
	 * @param flat a flat array
	 * @return its values, row-major
	 */
	float[] read(float[] flat);

	/**
	 * Copies it in.
	 *
	 * @param flat   a flat array
	 * @param values {@link #length()} floats, row-major
	 */
	void write(float[] flat, float[] values);
}
