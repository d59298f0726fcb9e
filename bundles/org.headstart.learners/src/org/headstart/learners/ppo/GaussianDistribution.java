package org.headstart.learners.ppo;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;

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
	private final Optimizer.Adam adam;

	private final double[] logStd;
	private final double[] logStdGradient;
	private final double[] firstMoment;
	private final double[] secondMoment;
	private long adamSteps;
	/** exp(logStd) and its inverse, kept up with it. */
	private final double[] std;
	private final double[] inverseStd;

	GaussianDistribution(BoxSpace space, double initialLogStd, Optimizer.Adam adam) {
		size = space.size();
		this.adam = adam;
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
		logStdGradient = new double[size];
		firstMoment = new double[size];
		secondMoment = new double[size];
		std = new double[size];
		inverseStd = new double[size];
		Arrays.fill(logStd, initialLogStd);
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
		adamSteps++;
		double firstCorrection = 1 / (1 - Math.pow(adam.beta1(), adamSteps));
		double secondCorrection = 1 / (1 - Math.pow(adam.beta2(), adamSteps));
		for (int i = 0; i < size; i++) {
			double gradient = gradientScale * logStdGradient[i];
			firstMoment[i] = adam.beta1() * firstMoment[i] + (1 - adam.beta1()) * gradient;
			secondMoment[i] = adam.beta2() * secondMoment[i] + (1 - adam.beta2()) * gradient * gradient;
			logStd[i] -= learningRate * firstMoment[i] * firstCorrection
					/ (Math.sqrt(secondMoment[i] * secondCorrection) + adam.epsilon());
		}
		refresh();
	}

	@Override
	public void resetOptimizer() {
		Arrays.fill(firstMoment, 0);
		Arrays.fill(secondMoment, 0);
		adamSteps = 0;
	}

	@Override
	public double meanLogStd() {
		double sum = 0;
		for (double value : logStd) {
			sum += value;
		}
		return sum / size;
	}

	/** Widens: σ becomes σ √temperature, which makes the density proportional to its power 1 / temperature. */
	void temper(double temperature) {
		for (int i = 0; i < size; i++) {
			logStd[i] += 0.5 * Math.log(temperature);
		}
		refresh();
	}

	void writeExploration(DataOutput out) throws IOException {
		out.writeInt(size);
		for (double value : logStd) {
			out.writeDouble(value);
		}
	}

	/** Reads what {@link #writeExploration} wrote, and takes it over or not. */
	void readExploration(DataInput in, boolean take) throws IOException {
		int written = in.readInt();
		if (take && written != size) {
			throw new IOException("standard deviations of " + written + " action components do not fit " + size + " components");
		}
		for (int i = 0; i < written; i++) {
			double value = in.readDouble();
			if (take) {
				logStd[i] = value;
			}
		}
		refresh();
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		writeExploration(out);
		out.writeLong(adamSteps);
		for (int i = 0; i < size; i++) {
			out.writeDouble(firstMoment[i]);
			out.writeDouble(secondMoment[i]);
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		readExploration(in, true);
		adamSteps = in.readLong();
		for (int i = 0; i < size; i++) {
			firstMoment[i] = in.readDouble();
			secondMoment[i] = in.readDouble();
		}
	}
}
