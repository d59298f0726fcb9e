package org.headstart.api.distribution;

import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.random.RandomStream;

/**
 * Independent normal distributions, one for each component: the head gives the mean, and the standard deviation does not
 * depend on the state (Schulman et al. 2015; Huang et al. 2022, details c1 to c3).
 *
 * <p>Means, deviations and stored actions are scaled so that the box's bounds are −1 and 1: the same initial deviation fits
 * a torque of 2 N·m and a step of 0.1 m. A component with an infinite bound keeps its own unit. A drawn action may lie
 * outside of the box; the environment clips it, and the gradient is that of the unclipped action.
 */
public final class GaussianDistribution implements ActionDistribution {

	private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

	private final int size;
	private final float[] middle;
	private final float[] halfRange;
	private final double[] logStd;
	/** exp(logStd) and its inverse, updated together with it. */
	private final double[] std;
	private final double[] inverseStd;

	/**
	 * Makes a distribution with standard deviations of 1; {@link #use} sets others.
	 *
	 * @param space the box
	 */
	public GaussianDistribution(BoxSpace space) {
		size = space.size();
		middle = new float[size];
		halfRange = new float[size];
		float[] low = space.low();
		float[] high = space.high();
		for (int i = 0; i < size; i++) {
			boolean bounded = Float.isFinite(low[i]) && Float.isFinite(high[i]) && low[i] < high[i];
			middle[i] = bounded ? 0.5f * (low[i] + high[i]) : 0;
			halfRange[i] = bounded ? 0.5f * (high[i] - low[i]) : 1;
		}
		logStd = new double[size];
		std = new double[size];
		inverseStd = new double[size];
		use(new double[size]);
	}

	@Override
	public void use(double[] logarithms) {
		System.arraycopy(logarithms, 0, logStd, 0, size);
		for (int i = 0; i < size; i++) {
			std[i] = Math.exp(logStd[i]);
			inverseStd[i] = 1 / std[i];
		}
	}

	/** The constant part of log π, −Σ log σ − ½ n log 2π. */
	private double logDensityAtMean() {
		double sum = -size * HALF_LOG_TWO_PI;
		for (int i = 0; i < size; i++) {
			sum -= logStd[i];
		}
		return sum;
	}

	@Override
	public int headSize() {
		return size;
	}

	@Override
	public int actionSize() {
		return size;
	}

	@Override
	public int logStdSize() {
		return size;
	}

	@Override
	public void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions, int lane,
			float[] stored, float[] logProbabilities, int first) {
		double atMean = logDensityAtMean();
		for (int row = 0; row < rows; row++) {
			double squares = 0;
			for (int i = 0; i < size; i++) {
				double noise = random.nextGaussian();
				float action = (float) (outputs[row * stride + offset + i] + std[i] * noise);
				stored[(first + row) * size + i] = action;
				actions.values[(lane + row) * size + i] = middle[i] + halfRange[i] * action;
				squares += noise * noise;
			}
			logProbabilities[first + row] = (float) (atMean - 0.5 * squares);
		}
	}

	@Override
	public void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions) {
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < size; i++) {
				float action = (float) (outputs[row * stride + offset + i] + std[i] * random.nextGaussian());
				actions.values[row * size + i] = middle[i] + halfRange[i] * action;
			}
		}
	}

	@Override
	public void mode(float[] outputs, int offset, int stride, int rows, ActionBatch actions, int lane, float[] stored, int first) {
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < size; i++) {
				float action = outputs[row * stride + offset + i];
				actions.values[(lane + row) * size + i] = middle[i] + halfRange[i] * action;
				if (stored != null) {
					stored[(first + row) * size + i] = action;
				}
			}
		}
	}

	@Override
	public double evaluate(float[] outputs, int offset, int stride, int rows, float[] stored, int first,
			double[] logProbabilities) {
		double atMean = logDensityAtMean();
		for (int row = 0; row < rows; row++) {
			double squares = 0;
			for (int i = 0; i < size; i++) {
				double z = (stored[(first + row) * size + i] - outputs[row * stride + offset + i]) * inverseStd[i];
				squares += z * z;
			}
			logProbabilities[row] = atMean - 0.5 * squares;
		}
		// H = Σ (log σ + ½ log 2πe)
		return 0.5 * size - atMean;
	}

	@Override
	public void gradients(float[] outputs, int offset, int stride, int rows, float[] stored, int first,
			double[] logProbabilityGradients, double entropyGradient, float[] outputGradients, double[] logStdGradients) {
		// ∂H / ∂ log σ = 1 in every row
		Arrays.fill(logStdGradients, entropyGradient * rows);
		for (int row = 0; row < rows; row++) {
			double gradient = logProbabilityGradients[row];
			for (int i = 0; i < size; i++) {
				int at = row * stride + offset + i;
				double z = (stored[(first + row) * size + i] - outputs[at]) * inverseStd[i];
				// ∂ log π / ∂ μ = z / σ,  ∂ log π / ∂ log σ = z² − 1
				outputGradients[at] = (float) (gradient * z * inverseStd[i]);
				logStdGradients[i] += gradient * (z * z - 1);
			}
		}
	}

	@Override
	public double divergence(float[] targets, float[] parameters, int rows, float[] gradients) {
		double total = 0;
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < size; i++) {
				int mean = row * 2 * size + i;
				int deviation = mean + size;
				double precision = Math.exp(-2.0 * parameters[deviation]);
				double difference = parameters[mean] - targets[mean];
				// the sum of squares in units of σ²
				double squares = (Math.exp(2.0 * targets[deviation]) + difference * difference) * precision;
				total += parameters[deviation] - targets[deviation] + 0.5 * (squares - 1);
				gradients[mean] = (float) (difference * precision / rows);
				gradients[deviation] = (float) ((1 - squares) / rows);
			}
		}
		return total / rows;
	}
}
