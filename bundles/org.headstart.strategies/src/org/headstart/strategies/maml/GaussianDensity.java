package org.headstart.strategies.maml;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.random.RandomStream;

/**
 * A normal distribution for each component, independent of each other, with standard deviations that do not depend on the state.
 * Means, deviations and stored actions are in units in which the box's bounds are −1 and 1; a component with an infinite bound is
 * in its own unit. What is drawn may lie outside; the environment clips.
 */
final class GaussianDensity implements ActionDensity {

	private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

	private final int size;
	private final float[] middle;
	private final float[] halfRange;
	private final double[] std;
	private final double[] inverseStd;
	/** log π of the mean: −Σ log σ − ½ n log 2π. */
	private double atMean;

	GaussianDensity(BoxSpace space) {
		size = space.size();
		middle = new float[size];
		halfRange = new float[size];
		std = new double[size];
		inverseStd = new double[size];
		float[] low = space.low();
		float[] high = space.high();
		for (int i = 0; i < size; i++) {
			boolean bounded = Float.isFinite(low[i]) && Float.isFinite(high[i]) && low[i] < high[i];
			middle[i] = bounded ? 0.5f * (low[i] + high[i]) : 0;
			halfRange[i] = bounded ? 0.5f * (high[i] - low[i]) : 1;
		}
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
	public void use(double[] logStd) {
		atMean = -size * HALF_LOG_TWO_PI;
		for (int i = 0; i < size; i++) {
			std[i] = Math.exp(logStd[i]);
			inverseStd[i] = 1 / std[i];
			atMean -= logStd[i];
		}
	}

	@Override
	public void sample(float[] outputs, int at, RandomStream random, float[] stored, int storedAt, ActionBatch actions, int lane) {
		for (int i = 0; i < size; i++) {
			act((float) (outputs[at + i] + std[i] * random.nextGaussian()), i, stored, storedAt, actions, lane);
		}
	}

	@Override
	public void mode(float[] outputs, int at, float[] stored, int storedAt, ActionBatch actions, int lane) {
		for (int i = 0; i < size; i++) {
			act(outputs[at + i], i, stored, storedAt, actions, lane);
		}
	}

	private void act(float action, int i, float[] stored, int storedAt, ActionBatch actions, int lane) {
		stored[storedAt + i] = action;
		actions.values[lane * size + i] = middle[i] + halfRange[i] * action;
	}

	@Override
	public double logProbability(float[] outputs, int at, float[] stored, int storedAt) {
		double squares = 0;
		for (int i = 0; i < size; i++) {
			double z = ((double) stored[storedAt + i] - outputs[at + i]) * inverseStd[i];
			squares += z * z;
		}
		return atMean - 0.5 * squares;
	}

	@Override
	public void gradient(float[] outputs, int at, float[] stored, int storedAt, double weight, float[] outputGradients,
			double[] logStdGradient) {
		for (int i = 0; i < size; i++) {
			double z = ((double) stored[storedAt + i] - outputs[at + i]) * inverseStd[i];
			// ∂ log π / ∂ μ = z / σ,  ∂ log π / ∂ log σ = z² − 1
			outputGradients[at + i] = (float) (weight * z * inverseStd[i]);
			logStdGradient[i] += weight * (z * z - 1);
		}
	}
}
