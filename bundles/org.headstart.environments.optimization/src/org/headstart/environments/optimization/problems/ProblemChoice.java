package org.headstart.environments.optimization.problems;

/** Which functions are minimised. */
public enum ProblemChoice {
	/** Random quadratics. */
	QUADRATIC,
	/** The loss of a small network that learns to classify digits. */
	DIGITS
}
