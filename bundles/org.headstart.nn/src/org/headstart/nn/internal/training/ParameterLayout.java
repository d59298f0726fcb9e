package org.headstart.nn.internal.training;

import java.util.List;

import org.headstart.nn.optimizer.ParameterRange;

/** The order of a network's parameters in flat arrays; each backend has its own. */
public interface ParameterLayout {

	/** How a vertex is trained. */
	interface Treatment {

		/** @return whether the vertex is kept fixed */
		boolean frozen(String vertex);

		/** @return what to multiply its learning rate by */
		float factor(String vertex);

		/** @return whether ranges are asked for of what no optimizer trains too, such as running means */
		default boolean statistics() {
			return false;
		}
	}

	/** @return floats in a flat array, padding included */
	int length();

	/** @return all tensors, vertex by vertex in the graph's order */
	List<? extends ParameterTensor> tensors();

	/**
	 * The ranges that an optimizer works on. A gradient's norm is summed range by range, so for equal treatments they are equal.
	 *
	 * @param treatment how each vertex is trained
	 * @return what is not frozen, in a fixed order
	 */
	List<ParameterRange> ranges(Treatment treatment);
}
