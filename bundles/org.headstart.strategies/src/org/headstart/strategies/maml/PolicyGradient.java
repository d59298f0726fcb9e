package org.headstart.strategies.maml;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.network.Network;

/**
 * Policy gradients on a task's episode at any parameters, and products with the second derivatives. It computes with the
 * network and leaves the parameters of the last call in it, so callers must restore their own.
 */
final class PolicyGradient {

	/** The minimised objective: minus the mean over the episode's rows of the advantage times… */
	enum Objective {
		/** … log π: REINFORCE (Williams 1992), the inner loss of MAML's authors' code. */
		LOG_LIKELIHOOD,
		/** … π / π_old, clipped in the direction of the advantage: PPO's surrogate (Schulman et al. 2017, eq. 7). */
		CLIPPED_RATIO
	}

	/** The step of a difference quotient, in units of 1 + ‖θ‖: the square root of a float's precision balances rounding and curvature. */
	private static final double REACH = 1e-3;

	private final Network network;
	private final ActionDistribution distribution;
	/** [rows] */
	private double[] logProbabilities = new double[0];
	/** ∂objective / ∂ log π(a | s), [rows] */
	private double[] weights = new double[0];
	private final int head;
	private final int stride;
	private final double clip;
	/** 1 for parameters that an inner step may change, 0 for the others. */
	private final PolicyVector adapts;

	private final PolicyVector shifted;
	private final PolicyVector direction;
	private final PolicyVector ahead;
	private final PolicyVector behind;

	// since clearStatistics(): the k3 estimates of KL(π_old ‖ π), see Schulman 2020, "Approximating KL Divergence"
	private double klSum;
	private long clippedRows;
	private long rowsSeen;

	/**
	 * @param network      the network
	 * @param distribution the policy's distribution
	 * @param head         offset of the policy head in a row of the output block
	 * @param clip         PPO's ε
	 * @param adapts       1 for parameters that an inner step may change, 0 for the others
	 */
	PolicyGradient(Network network, ActionDistribution distribution, int head, double clip, PolicyVector adapts) {
		this.network = network;
		this.distribution = distribution;
		this.head = head;
		this.clip = clip;
		this.adapts = adapts;
		stride = network.outputStride();
		shifted = adapts.another();
		direction = adapts.another();
		ahead = adapts.another();
		behind = adapts.another();
	}

	/**
	 * The gradient of an objective.
	 *
	 * @param at        the parameters
	 * @param episode   the episodes, with advantages
	 * @param task      index of the task
	 * @param objective the objective
	 * @param gradient  receives the gradient
	 * @return the objective's value
	 */
	double gradient(PolicyVector at, Episode episode, int task, Objective objective, PolicyVector gradient) {
		int first = task * episode.capacity;
		int rows = episode.rows[task];
		network.setParameters(at.network);
		network.forward(episode.observations, first * network.inputSize(), rows);
		float[] outputs = network.outputs();
		float[] outputGradients = network.outputGradients();
		if (weights.length < rows) {
			logProbabilities = new double[rows];
			weights = new double[rows];
		}
		distribution.use(at.logStd);
		distribution.evaluate(outputs, head, stride, rows, episode.actions, first, logProbabilities);
		double sum = 0;
		for (int i = 0; i < rows; i++) {
			int row = first + i;
			double advantage = episode.advantages[row];
			double weight;
			if (objective == Objective.LOG_LIKELIHOOD) {
				weight = -advantage / rows;
				sum -= advantage * logProbabilities[i];
			} else {
				double logRatio = logProbabilities[i] - episode.logProbabilities[row];
				double ratio = Math.exp(logRatio);
				klSum += ratio - 1 - logRatio;
				rowsSeen++;
				boolean flat = advantage >= 0 ? ratio > 1 + clip : ratio < 1 - clip;
				if (flat) {
					clippedRows++;
					weight = 0;
					sum -= advantage * (advantage >= 0 ? 1 + clip : 1 - clip);
				} else {
					weight = -advantage * ratio / rows;
					sum -= advantage * ratio;
				}
			}
			weights[i] = weight;
		}
		distribution.gradients(outputs, head, stride, rows, episode.actions, first, weights, 0, outputGradients, gradient.logStd);
		network.backward(rows);
		network.copyGradients(gradient.network);
		return sum / rows;
	}

	/**
	 * Makes an inner step, to ← from − rate · ∇L(from), for the parameters that adapt.
	 *
	 * @param from    the parameters
	 * @param episode the episodes played with them
	 * @param task    index of the task
	 * @param rate    α
	 * @param to      receives the adapted parameters; may be {@code from}
	 */
	void innerStep(PolicyVector from, Episode episode, int task, double rate, PolicyVector to) {
		gradient(from, episode, task, Objective.LOG_LIKELIHOOD, ahead);
		ahead.multiply(adapts);
		to.setSum(from, -rate, ahead);
	}

	/**
	 * Carries a gradient with respect to adapted parameters back through an inner step: v ← (I − α ∇²L(from) D) v, with D
	 * the diagonal matrix with ones for parameters that adapt.
	 *
	 * @param from    the parameters before the inner step
	 * @param episode as in the inner step
	 * @param task    as in the inner step
	 * @param rate    α
	 * @param v       the gradient, replaced by the result
	 */
	void backThroughInnerStep(PolicyVector from, Episode episode, int task, double rate, PolicyVector v) {
		shifted.set(v);
		shifted.multiply(adapts);
		double norm = Math.sqrt(shifted.squaredNorm());
		if (norm == 0) {
			return;
		}
		double reach = REACH * (1 + Math.sqrt(from.squaredNorm())) / norm;
		direction.set(shifted);
		shifted.setSum(from, reach, direction);
		gradient(shifted, episode, task, Objective.LOG_LIKELIHOOD, ahead);
		shifted.setSum(from, -reach, direction);
		gradient(shifted, episode, task, Objective.LOG_LIKELIHOOD, behind);
		v.add(-rate / (2 * reach), ahead);
		v.add(rate / (2 * reach), behind);
	}

	void clearStatistics() {
		klSum = 0;
		clippedRows = 0;
		rowsSeen = 0;
	}

	/** @return the mean KL divergence of the policy from the one that acted, over all clipped ratios since clearStatistics() */
	double meanKl() {
		return klSum / Math.max(1, rowsSeen);
	}

	/** @return the share of clipped ratios since clearStatistics() */
	double clippedShare() {
		return (double) clippedRows / Math.max(1, rowsSeen);
	}
}
