package org.headstart.api.network;

/** How a gradient becomes a step. Learning rates are given with every update, so they are not part of it. */
public sealed interface Optimizer {

	/**
	 * Adam (Kingma and Ba 2015, algorithm 1, with bias correction).
	 *
	 * @param beta1   decay of the first moment
	 * @param beta2   decay of the second moment
	 * @param epsilon added to the root of the second moment
	 */
	record Adam(double beta1, double beta2, double epsilon) implements Optimizer {
	}

	/** Plain stochastic gradient descent: parameter −= rate × gradient. */
	record Sgd() implements Optimizer {
	}
}
