package org.headstart.api.network;

/** The rule that turns a gradient into a step. The learning rate is not part of it, since it is given with every update. */
public sealed interface Optimizer {

	/**
	 * Adam (Kingma and Ba 2015, with bias correction) in the form at the end of the paper's section 2, which DL4J uses as
	 * well: step = rate · √(1−β₂ᵗ) / (1−β₁ᵗ) · m / (√v + ε). In the paper's algorithm 1, which PyTorch follows, ε is
	 * replaced by ε · √(1−β₂ᵗ).
	 *
	 * @param beta1   decay of the first moment
	 * @param beta2   decay of the second moment
	 * @param epsilon added to the root of the second moment, before its bias correction
	 */
	record Adam(double beta1, double beta2, double epsilon) implements Optimizer {}

	/** Plain stochastic gradient descent: parameter −= rate × gradient. */
	record Sgd() implements Optimizer {}
}
