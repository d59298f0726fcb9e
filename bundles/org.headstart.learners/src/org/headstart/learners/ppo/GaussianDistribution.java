package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;
import org.headstart.nn.optimizer.FreeParameters;

/**
 * A normal distribution for each component, independent of each other: the mean is the network's, the standard deviation a
 * parameter of its own that does not depend on the state (Schulman et al. 2015; Huang et al. 2022, details c1 to c3).
 *
 * <p>Means, deviations and stored actions are in units in which the box's bounds are −1 and 1, so that one initial deviation
 * fits a torque of 2 N·m and a step of 0.1 m alike. A component with an infinite bound is in its own unit. What is drawn may lie
 * outside; the environment clips, and the gradient is that of the unclipped action.
 */
final class GaussianDistribution implements ActionDistribution {

	private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

	private final int size;
	private final float[] middle;
	private final float[] halfRange;
	private final FreeParameters parameters;
	/** log σ: the parameters themselves. */
	private final float[] logStd;
	/** In double precision, since it is a sum over all rows. */
	private final double[] logStdGradient;
	/** exp(logStd) and its inverse, kept up with it. */
	private final double[] std;
	private final double[] inverseStd;

	GaussianDistribution(BoxSpace space, double initialLogStd, Optimizer optimizer) {
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
		parameters = new FreeParameters(size, optimizer);
		logStd = parameters.values();
		logStdGradient = new double[size];
		std = new double[size];
		inverseStd = new double[size];
		Arrays.fill(logStd, (float) initialLogStd);
		refresh();
	}

	private void refresh() {
		for (int i = 0; i < size; i++) {
			std[i] = Math.exp(logStd[i]);
			inverseStd[i] = 1 / std[i];
		}
	}

	/** −Σ log σ − ½ n log 2π: what log π has beside the squares. */
	private double logDensityAtMean() {
		double sum = -size * HALF_LOG_TWO_PI;
		for (int i = 0; i < size; i++) {
			sum -= logStd[i];
		}
		return sum;
	}

	@Override
	public int actionSize() {
		return size;
	}

	@Override
	public void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions, float[] stored,
			float[] logProbabilities, int first) {
		double atMean = logDensityAtMean();
		for (int row = 0; row < rows; row++) {
			double squares = 0;
			for (int i = 0; i < size; i++) {
				double noise = random.nextGaussian();
				float action = (float) (outputs[row * stride + offset + i] + std[i] * noise);
				stored[(first + row) * size + i] = action;
				actions.values[row * size + i] = middle[i] + halfRange[i] * action;
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
	public void mode(float[] outputs, int offset, int stride, int rows, ActionBatch actions) {
		for (int row = 0; row < rows; row++) {
			for (int i = 0; i < size; i++) {
				actions.values[row * size + i] = middle[i] + halfRange[i] * outputs[row * stride + offset + i];
			}
		}
	}

	@Override
	public double evaluate(float[] outputs, int offset, int stride, int rows, float[] stored, double[] logProbabilities) {
		double atMean = logDensityAtMean();
		for (int row = 0; row < rows; row++) {
			double squares = 0;
			for (int i = 0; i < size; i++) {
				double z = (stored[row * size + i] - outputs[row * stride + offset + i]) * inverseStd[i];
				squares += z * z;
			}
			logProbabilities[row] = atMean - 0.5 * squares;
		}
		// H = Σ (log σ + ½ log 2πe)
		return 0.5 * size - atMean;
	}

	@Override
	public void gradients(float[] outputs, int offset, int stride, int rows, float[] stored, double[] logProbabilityGradients,
			double entropyGradient, float[] outputGradients) {
		// ∂H / ∂ log σ = 1 in every row
		Arrays.fill(logStdGradient, entropyGradient * rows);
		for (int row = 0; row < rows; row++) {
			double gradient = logProbabilityGradients[row];
			for (int i = 0; i < size; i++) {
				int at = row * stride + offset + i;
				double z = (stored[row * size + i] - outputs[at]) * inverseStd[i];
				// ∂ log π / ∂ μ = z / σ,  ∂ log π / ∂ log σ = z² − 1
				outputGradients[at] = (float) (gradient * z * inverseStd[i]);
				logStdGradient[i] += gradient * (z * z - 1);
			}
		}
	}

	@Override
	public double gradientSquaredNorm() {
		double sum = 0;
		for (double gradient : logStdGradient) {
			sum += gradient * gradient;
		}
		return sum;
	}

	@Override
	public void update(double gradientScale, double learningRate) {
		for (int i = 0; i < size; i++) {
			parameters.gradients()[i] = (float) logStdGradient[i];
		}
		parameters.update((float) gradientScale, (float) learningRate);
		refresh();
	}

	@Override
	public void resetOptimizer() {
		parameters.resetOptimizer();
	}

	@Override
	public double meanLogStd() {
		double sum = 0;
		for (float value : logStd) {
			sum += value;
		}
		return sum / size;
	}

	/** Widens: σ becomes σ √temperature, which makes the density proportional to its power 1 / temperature. */
	void temper(double temperature) {
		for (int i = 0; i < size; i++) {
			logStd[i] += (float) (0.5 * Math.log(temperature));
		}
		refresh();
	}

	void writeExploration(DataOutput out) throws IOException {
		out.writeInt(size);
		for (float value : logStd) {
			out.writeFloat(value);
		}
	}

	/** Reads what {@link #writeExploration} wrote, and takes it over or not. */
	void readExploration(DataInput in, boolean take) throws IOException {
		int written = in.readInt();
		if (take && written != size) {
			throw new IOException("standard deviations of " + written + " action components do not fit " + size + " components");
		}
		for (int i = 0; i < written; i++) {
			float value = in.readFloat();
			if (take) {
				logStd[i] = value;
			}
		}
		refresh();
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		parameters.writeState(out);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		parameters.readState(in);
		refresh();
	}
}
