package org.headstart.strategies.maml;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.random.RandomStream;

/** One of n actions, with probabilities softmax(outputs). A stored action is its index as a float, which is exact. */
final class CategoricalDensity implements ActionDensity {

	private final int count;
	/** exp(output − greatest output) of one row. */
	private final double[] weights;

	CategoricalDensity(int count) {
		this.count = count;
		weights = new double[count];
	}

	@Override
	public int actionSize() {
		return 1;
	}

	@Override
	public int logStdSize() {
		return 0;
	}

	@Override
	public void use(double[] logStd) {
		// it has none
	}

	private int best(float[] outputs, int at) {
		int best = 0;
		for (int i = 1; i < count; i++) {
			if (outputs[at + i] > outputs[at + best]) {
				best = i;
			}
		}
		return best;
	}

	/** Fills {@link #weights}; returns their sum. */
	private double weigh(float[] outputs, int at) {
		double greatest = outputs[at + best(outputs, at)];
		double sum = 0;
		for (int i = 0; i < count; i++) {
			weights[i] = Math.exp(outputs[at + i] - greatest);
			sum += weights[i];
		}
		return sum;
	}

	@Override
	public void sample(float[] outputs, int at, RandomStream random, float[] stored, int storedAt, ActionBatch actions, int lane) {
		double level = random.nextDouble() * weigh(outputs, at);
		// rounding may leave a rest after the last action: then it is the last one's
		int action = 0;
		while (action < count - 1 && level >= weights[action]) {
			level -= weights[action];
			action++;
		}
		stored[storedAt] = action;
		actions.index[lane] = action;
	}

	@Override
	public void mode(float[] outputs, int at, float[] stored, int storedAt, ActionBatch actions, int lane) {
		int best = best(outputs, at);
		stored[storedAt] = best;
		actions.index[lane] = best;
	}

	@Override
	public double logProbability(float[] outputs, int at, float[] stored, int storedAt) {
		double sum = weigh(outputs, at);
		return Math.log(weights[(int) stored[storedAt]] / sum);
	}

	@Override
	public void gradient(float[] outputs, int at, float[] stored, int storedAt, double weight, float[] outputGradients,
			double[] logStdGradient) {
		double factor = weight / weigh(outputs, at);
		for (int i = 0; i < count; i++) {
			// ∂ log π(a) / ∂ output = 1[a] − p
			outputGradients[at + i] = (float) (-factor * weights[i]);
		}
		outputGradients[at + (int) stored[storedAt]] += (float) weight;
	}
}
