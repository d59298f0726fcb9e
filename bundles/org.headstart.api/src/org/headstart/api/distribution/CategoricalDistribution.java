package org.headstart.api.distribution;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.random.RandomStream;

/**
 * A choice of one of n actions with probabilities softmax(logits), or several independent choices with their logits side by
 * side; log-probabilities and entropies are then sums over the choices. A stored action holds the index of each choice as a
 * float, which is exact.
 *
 * <p>HotSpot's interpreter and compilers use the same routines for {@code Math.exp} and {@code Math.log}, so results do not
 * depend on when a method is compiled.
 */
public final class CategoricalDistribution implements ActionDistribution {

	/** The number of actions of each choice, [choices]. */
	private final int[] counts;
	private final int choices;
	/** The number of actions of all choices together. */
	private final int size;
	/** Probabilities of the rows that {@link #evaluate} saw last, [rows × size]. */
	private double[] probabilities = new double[0];
	/** Their entropies, [rows × choices]. */
	private double[] entropies = new double[0];
	/** The logarithm of Σ exp(logit) of a choice, computed as log Σ exp(logit − greatest logit) + greatest logit, [rows × choices]. */
	private double[] logNormalisers = new double[0];
	/** exp(logit − greatest logit) of one choice. */
	private final double[] weights;

	/**
	 * @param counts the number of actions of each choice; most action spaces have one choice
	 */
	public CategoricalDistribution(int... counts) {
		this.counts = counts.clone();
		choices = counts.length;
		int sum = 0;
		int most = 0;
		for (int count : counts) {
			sum += count;
			most = Math.max(most, count);
		}
		size = sum;
		weights = new double[most];
	}

	@Override
	public int headSize() {
		return size;
	}

	@Override
	public int actionSize() {
		return choices;
	}

	@Override
	public int logStdSize() {
		return 0;
	}

	@Override
	public void use(double[] logStd) {
		// this distribution has no parameters beside its logits
	}

	@Override
	public void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions, int lane,
			float[] stored, float[] logProbabilities, int first) {
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			double logProbability = 0;
			for (int choice = 0; choice < choices; choice++) {
				int count = counts[choice];
				float greatest = greatest(outputs, at, count);
				double sum = weigh(outputs, at, count, greatest);
				int action = draw(random.nextDouble() * sum, count);
				actions.index[(lane + row) * choices + choice] = action;
				stored[(first + row) * choices + choice] = action;
				logProbability += outputs[at + action] - greatest - Math.log(sum);
				at += count;
			}
			logProbabilities[first + row] = (float) logProbability;
		}
	}

	@Override
	public void sample(float[] outputs, int offset, int stride, int rows, RandomStream random, ActionBatch actions) {
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			for (int choice = 0; choice < choices; choice++) {
				int count = counts[choice];
				double sum = weigh(outputs, at, count, greatest(outputs, at, count));
				actions.index[row * choices + choice] = draw(random.nextDouble() * sum, count);
				at += count;
			}
		}
	}

	private static float greatest(float[] outputs, int at, int count) {
		float greatest = outputs[at];
		for (int i = 1; i < count; i++) {
			greatest = Math.max(greatest, outputs[at + i]);
		}
		return greatest;
	}

	/** Fills {@link #weights}; returns their sum. */
	private double weigh(float[] outputs, int at, int count, float greatest) {
		double sum = 0;
		for (int i = 0; i < count; i++) {
			float logit = outputs[at + i];
			double weight = logit == greatest ? 1 : Math.exp((double) logit - greatest);
			weights[i] = weight;
			sum += weight;
		}
		return sum;
	}

	/** Inverts the cumulative weights. If rounding leaves a level above the last cumulative weight, the last action is drawn. */
	private int draw(double level, int count) {
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
			for (int choice = 0; choice < choices; choice++) {
				int best = 0;
				for (int i = 1; i < counts[choice]; i++) {
					if (outputs[at + i] > outputs[at + best]) {
						best = i;
					}
				}
				actions.index[(lane + row) * choices + choice] = best;
				if (stored != null) {
					stored[(first + row) * choices + choice] = best;
				}
				at += counts[choice];
			}
		}
	}

	@Override
	public double evaluate(float[] outputs, int offset, int stride, int rows, float[] stored, int first,
			double[] logProbabilities) {
		if (entropies.length < rows * choices) {
			probabilities = new double[rows * size];
			entropies = new double[rows * choices];
			logNormalisers = new double[rows * choices];
		}
		double entropySum = 0;
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			int to = row * size;
			double logProbability = 0;
			for (int choice = 0; choice < choices; choice++) {
				int count = counts[choice];
				float greatest = greatest(outputs, at, count);
				double sum = weigh(outputs, at, count, greatest);
				double logNormaliser = greatest + Math.log(sum);
				double inverse = 1 / sum;
				double meanLogit = 0;
				for (int i = 0; i < count; i++) {
					double probability = weights[i] * inverse;
					probabilities[to + i] = probability;
					meanLogit += probability * outputs[at + i];
				}
				// H = −Σ p log p, with log p = logit − logNormaliser
				double entropy = logNormaliser - meanLogit;
				logNormalisers[row * choices + choice] = logNormaliser;
				entropies[row * choices + choice] = entropy;
				entropySum += entropy;
				logProbability += outputs[at + (int) stored[(first + row) * choices + choice]] - logNormaliser;
				at += count;
				to += count;
			}
			logProbabilities[row] = logProbability;
		}
		return entropySum / rows;
	}

	@Override
	public void gradients(float[] outputs, int offset, int stride, int rows, float[] stored, int first,
			double[] logProbabilityGradients, double entropyGradient, float[] outputGradients, double[] logStdGradients) {
		for (int row = 0; row < rows; row++) {
			int at = row * stride + offset;
			int from = row * size;
			double gradient = logProbabilityGradients[row];
			for (int choice = 0; choice < choices; choice++) {
				int count = counts[choice];
				int each = row * choices + choice;
				// ∂ log p_a / ∂ logit_i = [i = a] − p_i,  ∂H / ∂ logit_i = −p_i (log p_i + H)
				double shift = gradient + entropyGradient * (entropies[each] - logNormalisers[each]);
				for (int i = 0; i < count; i++) {
					outputGradients[at + i] = (float) (-probabilities[from + i] * (shift + entropyGradient * outputs[at + i]));
				}
				outputGradients[at + (int) stored[first * choices + each]] += (float) gradient;
				at += count;
				from += count;
			}
		}
	}

	@Override
	public double divergence(float[] targets, float[] parameters, int rows, float[] gradients) {
		double total = 0;
		for (int row = 0, at = 0; row < rows; row++) {
			for (int choice = 0; choice < choices; at += counts[choice++]) {
				int count = counts[choice];
				float greatest = greatest(targets, at, count);
				double targetSum = weigh(targets, at, count, greatest);
				double targetNormaliser = greatest + Math.log(targetSum);
				float own = greatest(parameters, at, count);
				double sum = 0;
				for (int i = 0; i < count; i++) {
					sum += Math.exp((double) parameters[at + i] - own);
				}
				double normaliser = own + Math.log(sum);
				for (int i = 0; i < count; i++) {
					// ∂ KL / ∂ logit_i = p_i − target_i
					double target = weights[i] / targetSum;
					double logProbability = parameters[at + i] - normaliser;
					total += target * (targets[at + i] - targetNormaliser - logProbability);
					gradients[at + i] = (float) ((Math.exp(logProbability) - target) / rows);
				}
			}
		}
		return total / rows;
	}
}
