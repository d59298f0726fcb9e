package org.headstart.environments.optimization.problems;

/** The functions to minimise. */
public enum ProblemChoice {
	/** Random quadratics. */
	QUADRATIC,
	/** The loss of a small network that learns to classify digits. */
	DIGITS
}
