package org.headstart.environments.optimization.problems;

import java.util.List;

import org.headstart.api.environment.Outcome;

/**
 * f(θ) = ‖Wθ − y‖², with the elements of the D × D matrix W and of y drawn from the standard normal distribution, and θ₀
 * from one of standard deviation 0.01 (Andrychowicz et al. 2016, section 3.1; θ₀ as in the authors' code). The state
 * contains W, row by row, and y.
 */
final class Quadratic implements Objective {

	private static final double START_DEVIATION = 0.01;
	/** In units of D, the mean of f(0): far above the losses of any optimization that makes progress. */
	private static final double HIGHEST_LOSS = 100;

	private static final int MATRIX = 0;
	private static final int TARGET = 1;
	private static final int START = 2;

	private final int dimension;

	Quadratic(QuadraticSettings settings) {
		dimension = settings.dimension();
	}

	@Override
	public Objective instance() {
		return this;
	}

	@Override
	public int dimension() {
		return dimension;
	}

	@Override
	public int size() {
		return dimension * dimension + dimension;
	}

	@Override
	public double highestLoss() {
		return HIGHEST_LOSS * dimension;
	}

	@Override
	public void draw(long seed, double[] function, int at, double[] theta, int thetaAt) {
		long matrix = SeededDraws.derive(seed, MATRIX);
		long target = SeededDraws.derive(seed, TARGET);
		long start = SeededDraws.derive(seed, START);
		int elements = dimension * dimension;
		for (int i = 0; i < elements; i++) {
			function[at + i] = SeededDraws.gaussian(matrix, i);
		}
		for (int i = 0; i < dimension; i++) {
			function[at + elements + i] = SeededDraws.gaussian(target, i);
			theta[thetaAt + i] = START_DEVIATION * SeededDraws.gaussian(start, i);
		}
	}

	@Override
	public double evaluate(long seed, int step, double[] function, int at, double[] theta, int thetaAt, double[] gradient,
			int to) {
		double loss = 0;
		for (int i = 0; i < dimension; i++) {
			gradient[to + i] = 0;
		}
		for (int row = 0, w = at; row < dimension; row++, w += dimension) {
			double residual = -function[at + dimension * dimension + row];
			for (int i = 0; i < dimension; i++) {
				residual += function[w + i] * theta[thetaAt + i];
			}
			loss += residual * residual;
			// ∇f = 2 Wᵀ (Wθ − y)
			for (int i = 0; i < dimension; i++) {
				gradient[to + i] += 2 * residual * function[w + i];
			}
		}
		return loss;
	}

	@Override
	public List<Outcome> outcomes() {
		return List.of();
	}

	@Override
	public void outcomes(double[] theta, int thetaAt, double[] outcomes, int outcomesAt) {
		// the loss is the only outcome
	}
}
