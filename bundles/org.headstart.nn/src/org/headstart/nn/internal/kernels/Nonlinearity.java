package org.headstart.nn.internal.kernels;

/** The activation functions that the kernels know. */
public enum Nonlinearity {
	/** y = x. */
	IDENTITY,
	/** y = max(0, x); the derivative at 0 is 0. */
	RELU,
	/** Hyperbolic tangent, as the quotient of {@link RationalTanh}. */
	TANH,
	/** 1 / (1 + exp(−x)), computed as (1 + tanh(x / 2)) / 2. */
	SIGMOID
}
