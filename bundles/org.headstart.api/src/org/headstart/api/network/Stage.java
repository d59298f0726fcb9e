package org.headstart.api.network;

/**
 * A vertex inside a network whose outputs can be read, replaced and given gradients, see {@link Network#stage}. It has the
 * rows of the last forward, row {@code r} at {@code r * stride()}; a forward with more rows may replace the arrays.
 */
public interface Stage {

	/** @return the vertex's name */
	String vertex();

	/** @return floats in a row */
	int size();

	/** @return floats from one row to the next; elements between rows are padding and must not be changed */
	int stride();

	/**
	 * The vertex's outputs in the last forward. Changes affect {@link Network#forwardFrom} only.
	 *
	 * @return the rows, not a copy
	 */
	float[] activations();

	/**
	 * ∂loss/∂activations of losses that read this stage directly, to be filled after a forward. The next backward adds them
	 * to the gradients that come from the heads, and sets them to zero.
	 *
	 * @return the rows, not a copy
	 */
	float[] gradients();
}
