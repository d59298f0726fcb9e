package org.headstart.api.distribution;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.random.RandomStream;

/**
 * One of n actions, with probabilities softmax(logits). A stored action is its index as a float, which is exact.
 *
 * <p>{@code Math.exp} and {@code Math.log} are one routine in HotSpot's interpreter and its compilers, so results do not depend
 * on when a method is compiled.
 */
public final class CategoricalDistribution implements ActionDistribution {

	private final int count;
	/** Probabilities of the rows that {@link #evaluate} saw last, [rows × count]. */
	private double[] probabilities = new double[0];
	/** Their entropies, [rows]. */
	private double[] entropies = new double[0];
	/** Σ exp(logit − greatest logit) of a row, as a logarithm, plus the greatest logit. */
	private double[] logNormalisers = new double[0];
	/** exp(logit − greatest logit) of one row. */
	private final double[] weights;

	/**
	 * @param count how many actions
	 */
	public CategoricalDistribution(int count) {
		this.count = count;
		weights = new double[count];
	}

	@Override
	public int headSize() {
		return count;
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
		// the logits are all there is
	}

	@Override
	public void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions, int lane,
			float[] stored, float[] logProbabilities, int first) {
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			float greatest = greatest(outputs, at);
			double sum = weigh(outputs, at, greatest);
			int action = draw(random.nextDouble() * sum);
			actions.index[lane + row] = action;
			stored[first + row] = action;
			logProbabilities[first + row] = (float) (outputs[at + action] - greatest - Math.log(sum));
		}
	}

	@Override
	public void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions) {
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			double sum = weigh(outputs, at, greatest(outputs, at));
			actions.index[row] = draw(random.nextDouble() * sum);
		}
	}

	private float greatest(float[] outputs, int at) {
		float greatest = outputs[at];
		for (int i = 1; i < count; i++) {
			greatest = Math.max(greatest, outputs[at + i]);
		}
		return greatest;
	}

	/** Fills {@link #weights}; returns their sum. */
	private double weigh(float[] outputs, int at, float greatest) {
		double sum = 0;
		for (int i = 0; i < count; i++) {
			float logit = outputs[at + i];
			double weight = logit == greatest ? 1 : Math.exp((double) logit - greatest);
			weights[i] = weight;
			sum += weight;
		}
		return sum;
	}

	/** Inverts the cumulative weights. Rounding may leave a rest after the last action: then it is the last one's. */
	private int draw(double level) {
		int action = 0;
		while (action < count - 1 && level >= weights[action]) {
			level -= weights[action];
			action++;
		}
		return action;
	}

	@Override
	public void mode(float[] outputs, int offset, int stride, int rows, ActionBatch actions, int lane, float[] stored, int first) {
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			int best = 0;
			for (int i = 1; i < count; i++) {
				if (outputs[at + i] > outputs[at + best]) {
					best = i;
				}
			}
			actions.index[lane + row] = best;
			if (stored != null) {
				stored[first + row] = best;
			}
		}
	}

	@Override
	public double evaluate(float[] outputs, int offset, int stride, int rows, float[] stored, int first,
			double[] logProbabilities) {
		if (entropies.length < rows) {
			probabilities = new double[rows * count];
			entropies = new double[rows];
			logNormalisers = new double[rows];
		}
		double entropySum = 0;
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			float greatest = greatest(outputs, at);
			double sum = weigh(outputs, at, greatest);
			double logNormaliser = greatest + Math.log(sum);
			double inverse = 1 / sum;
			double meanLogit = 0;
			for (int i = 0; i < count; i++) {
				double probability = weights[i] * inverse;
				probabilities[row * count + i] = probability;
				meanLogit += probability * outputs[at + i];
			}
			// H = −Σ p log p, with log p = logit − logNormaliser
			double entropy = logNormaliser - meanLogit;
			logNormalisers[row] = logNormaliser;
			entropies[row] = entropy;
			entropySum += entropy;
			logProbabilities[row] = outputs[at + (int) stored[first + row]] - logNormaliser;
		}
		return entropySum / rows;
	}

	@Override
	public void gradients(float[] outputs, int offset, int stride, int rows, float[] stored, int first,
			double[] logProbabilityGradients, double entropyGradient, float[] outputGradients, double[] logStdGradients) {
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			double gradient = logProbabilityGradients[row];
			// ∂ log p_a / ∂ logit_i = [i = a] − p_i,  ∂H / ∂ logit_i = −p_i (log p_i + H)
			double shift = gradient + entropyGradient * (entropies[row] - logNormalisers[row]);
			for (int i = 0; i < count; i++) {
				outputGradients[at + i] = (float) (-probabilities[row * count + i] * (shift + entropyGradient * outputs[at + i]));
			}
			outputGradients[at + (int) stored[first + row]] += (float) gradient;
		}
	}
}
