package org.headstart.nn.optimizer;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.network.Optimizer;
import org.headstart.nn.internal.kernels.Kernels;

/**
 * What an optimizer keeps of parameters that lie in a flat array, and its steps on them. Equal state and gradients give equal bits.
 * A step allocates nothing. Thread-confined.
 */
public final class OptimizerState {

	private final Optimizer optimizer;
	private final Kernels kernels;
	private final float[] firstMoments;
	private final float[] secondMoments;
	private final List<float[]> moments;
	private long steps;

	/**
	 * An optimizer before its first step.
	 *
	 * @param optimizer how gradients become steps
	 * @param length    floats in the flat array
	 * @param kernels   what computes the steps
	 */
	public OptimizerState(Optimizer optimizer, int length, Kernels kernels) {
		this.optimizer = optimizer;
		this.kernels = kernels;
		boolean adam = optimizer instanceof Optimizer.Adam;
		firstMoments = new float[adam ? length : 0];
		secondMoments = new float[adam ? length : 0];
		moments = adam ? List.of(firstMoments, secondMoments) : List.of();
	}

	/**
	 * One step.
	 *
	 * @param values        the parameters
	 * @param gradients     ∂loss/∂parameter
	 * @param ranges        what is trained
	 * @param gradientScale what to multiply the gradients by
	 * @param learningRate  the rate, before the ranges' factors
	 */
	public void step(float[] values, float[] gradients, ParameterRange[] ranges, float gradientScale, float learningRate) {
		steps++;
		switch (optimizer) {
			case Optimizer.Adam adam -> {
				double alpha = biasCorrection(adam, steps) * learningRate;
				for (ParameterRange range : ranges) {
					kernels.adam(values, gradients, firstMoments, secondMoments, range.from(), range.to(), gradientScale,
							(float) (alpha * range.factor()), (float) adam.beta1(), (float) adam.beta2(), (float) adam.epsilon());
				}
			}
			case Optimizer.Sgd descent -> {
				for (ParameterRange range : ranges) {
					kernels.gradientDescent(values, gradients, range.from(), range.to(), gradientScale,
							learningRate * range.factor());
				}
			}
		}
	}

	/** √(1−β₂ᵗ) / (1−β₁ᵗ), with StrictMath: the same bits on every processor, interpreted or compiled. */
	private static double biasCorrection(Optimizer.Adam adam, long step) {
		return Math.sqrt(1 - StrictMath.pow(adam.beta2(), step)) / (1 - StrictMath.pow(adam.beta1(), step));
	}

	/** Forgets moments and step count. */
	public void reset() {
		steps = 0;
		moments.forEach(each -> Arrays.fill(each, 0));
	}

	/** @return how many steps were made since the beginning or {@link #reset} */
	public long steps() {
		return steps;
	}

	/**
	 * Continues where a saved optimizer was; its moments go into {@link #moments}.
	 *
	 * @param made how many steps it had made
	 */
	public void setSteps(long made) {
		steps = made;
	}

	/** @return the moments in the optimizer's order, laid out as the parameters: two for Adam, none for gradient descent. Not copies */
	public List<float[]> moments() {
		return moments;
	}
}
