package org.headstart.learners.ppo;

import org.headstart.api.distribution.ActionDistribution;

/**
 * PPO's loss, <pre>
 * L = −E[min(r A, clip(r, 1 − ε, 1 + ε) A)] + c₁ ½ E[(V − R)²] − c₂ E[H],   r = π(a | s) / π_old(a | s)
 * </pre>
 *
 * (Schulman et al. 2017, eq. 7 and 9; the first two terms of each row times its weight), its gradient with respect to the network's outputs, and its averages since {@link #begin}.
 */
final class PpoLoss {

	private final PpoSettings settings;
	private final ActionDistribution distribution;
	private final Exploration exploration;
	private final int policyOffset;
	private final int valueOffset;
	private final int stride;
	/** [rows] */
	private double[] logProbabilities = new double[0];
	/** [rows] */
	private double[] logProbabilityGradients = new double[0];

	/** Mean of the clipped surrogate in the last minibatch. */
	double policy;
	/** ½ E[(V − R)²] in the last minibatch. */
	double value;
	/** Mean entropy in the last minibatch, in nats. */
	double entropy;

	/** The present value of c₂. */
	private double entropyCoefficient;

	// Sums over the minibatches since begin()
	private int minibatches;
	private double policySum;
	private double valueSum;
	private double entropySum;
	private double klSum;
	private double clippedSum;

	PpoLoss(PpoSettings settings, ActionDistribution distribution, Exploration exploration, int policyOffset, int valueOffset,
			int stride) {
		this.settings = settings;
		this.distribution = distribution;
		this.exploration = exploration;
		this.policyOffset = policyOffset;
		this.valueOffset = valueOffset;
		this.stride = stride;
	}

	/**
	 * Begins an update.
	 *
	 * @param presentEntropyCoefficient c₂ in this update
	 */
	void begin(double presentEntropyCoefficient) {
		entropyCoefficient = presentEntropyCoefficient;
		minibatches = 0;
		policySum = valueSum = entropySum = klSum = clippedSum = 0;
	}

	/**
	 * The loss of a minibatch. Gradients of the log standard deviations go to the exploration.
	 *
	 * @param minibatch       the rows
	 * @param outputs         the network's outputs for them, [rows × stride]
	 * @param outputGradients receives ∂L / ∂outputs
	 * @return L
	 */
	double evaluate(Minibatch minibatch, float[] outputs, float[] outputGradients) {
		int rows = minibatch.rows;
		if (logProbabilities.length < rows) {
			logProbabilities = new double[rows];
			logProbabilityGradients = new double[rows];
		}
		entropy = distribution.evaluate(outputs, policyOffset, stride, rows, minibatch.actions, 0, logProbabilities);
		policy = policyLoss(minibatch);
		distribution.gradients(outputs, policyOffset, stride, rows, minibatch.actions, 0, logProbabilityGradients,
				-entropyCoefficient / rows, outputGradients, exploration.gradients);
		value = valueLoss(minibatch, outputs, outputGradients);
		minibatches++;
		policySum += policy;
		valueSum += value;
		entropySum += entropy;
		return policy + settings.valueCoefficient() * value - entropyCoefficient * entropy;
	}

	/** The clipped surrogate's mean, and its gradient with respect to log π(a | s). */
	private double policyLoss(Minibatch minibatch) {
		int rows = minibatch.rows;
		float[] oldLogProbabilities = minibatch.oldLogProbabilities;
		float[] advantages = minibatch.advantages;
		double low = 1 - settings.clip();
		double high = 1 + settings.clip();
		double loss = 0;
		double kl = 0;
		int clipped = 0;
		for (int i = 0; i < rows; i++) {
			double logRatio = logProbabilities[i] - oldLogProbabilities[i];
			double ratio = Math.exp(logRatio);
			double advantage = advantages[i];
			// the k3 estimate of Schulman 2020, "Approximating KL Divergence": unbiased, never negative
			kl += ratio - 1 - logRatio;
			if (ratio < low || ratio > high) {
				clipped++;
			}
			// min(r A, clip(r) A): if the ratio has moved beyond the clip range in the direction of A, the clipped term is smaller, and its gradient is 0
			boolean flat = advantage >= 0 ? ratio > high : ratio < low;
			if (flat) {
				loss -= advantage * (advantage >= 0 ? high : low);
				logProbabilityGradients[i] = 0;
			} else {
				loss -= advantage * ratio;
				// ∂r / ∂ log π = r
				logProbabilityGradients[i] = -advantage * ratio / rows;
			}
		}
		klSum += kl / rows;
		clippedSum += (double) clipped / rows;
		return loss / rows;
	}

	/** ½ E[(V − R)²], clipped if asked for, and c₁ times its gradient with respect to V. */
	private double valueLoss(Minibatch minibatch, float[] outputs, float[] outputGradients) {
		int rows = minibatch.rows;
		float[] oldValues = minibatch.oldValues;
		float[] returns = minibatch.returns;
		float[] weights = minibatch.weights;
		float share = (float) (settings.valueCoefficient() / rows);
		float valueClip = settings.valueClip() > 0 ? (float) settings.valueClip() : Float.POSITIVE_INFINITY;
		double squares = 0;
		for (int i = 0, at = valueOffset; i < rows; i++, at += stride) {
			float output = outputs[at];
			float error = output - returns[i];
			float moved = output - oldValues[i];
			if (Math.abs(moved) > valueClip) {
				// the larger of the two losses counts (Huang et al. 2022, detail 9); the gradient of the clipped one is 0
				float clippedError = oldValues[i] + Math.copySign(valueClip, moved) - returns[i];
				if (Math.abs(clippedError) > Math.abs(error)) {
					squares += (double) clippedError * clippedError * weights[i];
					outputGradients[at] = 0;
					continue;
				}
			}
			squares += (double) error * error * weights[i];
			outputGradients[at] = share * error * weights[i];
		}
		return 0.5 * squares / rows;
	}

	// ---- Means since begin()

	double meanPolicyLoss() {
		return policySum / minibatches;
	}

	double meanValueLoss() {
		return valueSum / minibatches;
	}

	double meanEntropy() {
		return entropySum / minibatches;
	}

	double meanKl() {
		return klSum / minibatches;
	}

	double meanClipped() {
		return clippedSum / minibatches;
	}

	/** @return the sum of the minibatches' approximate KL divergences; its increase over an epoch gives the epoch's divergence */
	double klSum() {
		return klSum;
	}
}
