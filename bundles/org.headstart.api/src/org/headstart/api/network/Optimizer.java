package org.headstart.api.network;

/** How a gradient becomes a step. Learning rates are given with every update, so they are not part of it. */
public sealed interface Optimizer {

	/**
	 * Adam (Kingma and Ba 2015, with bias correction) in the form at the end of the paper's section 2, which is DL4J's too:
	 * step = rate · √(1−β₂ᵗ) / (1−β₁ᵗ) · m / (√v + ε). Algorithm 1, which PyTorch follows, has ε · √(1−β₂ᵗ) there.
	 *
	 * @param beta1   decay of the first moment
	 * @param beta2   decay of the second moment
	 * @param epsilon added to the root of the second moment, before its bias correction
	 */
	record Adam(double beta1, double beta2, double epsilon) implements Optimizer {}

	/** Plain stochastic gradient descent: parameter −= rate × gradient. */
	record Sgd() implements Optimizer {}
}
