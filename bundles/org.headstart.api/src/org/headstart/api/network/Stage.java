package org.headstart.api.network;

/**
 * A vertex inside a network, to be read, replaced and given gradients: {@link Network#stage}. Its rows are those of the last forward,
 * row {@code r} at {@code r * stride()}; the arrays may be others after a forward with more rows.
 */
public interface Stage {

	/** @return the vertex's name */
	String vertex();

	/** @return floats in a row */
	int size();

	/** @return floats from one row to the next; what is between rows is padding, to be left as it is */
	int stride();

	/**
	 * The vertex's outputs in the last forward. What is written here counts for {@link Network#forwardFrom} alone.
	 *
	 * @return the rows themselves
	 */
	float[] activations();

	/**
	 * ∂loss/∂activations of losses that read this stage itself, to be filled after a forward. The next backward adds them to what comes
	 * from the heads and leaves zeros here.
	 *
	 * @return the rows themselves
	 */
	float[] gradients();
}
