package org.headstart.learners.ppo;

import java.util.Locale;

import org.headstart.api.settings.Setting;

/**
 * Settings of PPO. Names follow Schulman et al. 2017; "detail n" is the number in Huang et al. 2022, "The 37 Implementation
 * Details of Proximal Policy Optimization".
 *
 * @param lanes                 N, the number of lanes (detail 1)
 * @param rolloutSteps          T, steps of each lane between updates
 * @param bpttSteps             for recurrent networks: the length of the sequences for back-propagation through time, each
 *                              from the recorded state at its beginning (Williams and Peng 1990; Kapturowski et al. 2019,
 *                              "stored state"); 0: the whole rollout
 * @param minibatchSize         M, the number of steps over which a gradient is averaged
 * @param epochs                K, passes over the rollout in an update
 * @param learningRate          Adam's step size
 * @param schedule              the schedule of the learning rate over the planned steps (detail 4)
 * @param gamma                 γ, the discount
 * @param gaeLambda             λ of generalised advantage estimation
 * @param clip                  ε, the clip range of the probability ratio
 * @param valueClip             the clip range of a value around the rollout's value (detail 9); 0: no clipping
 * @param valueCoefficient      c₁
 * @param entropyCoefficient    c₂
 * @param entropySchedule       the schedule of c₂ over the planned steps
 * @param maxGradientNorm       bound on the global norm (detail 11); 0: none
 * @param targetKl              no further epoch once the approximate KL divergence is above this (detail 12 and its
 *                              discussion); 0: never
 * @param normaliseObservations whether to use running means and variances of the observations (details c4 and c5)
 * @param normaliseReturns      whether to divide rewards by the running standard deviation of the discounted return
 *                              (details c6 and c7)
 * @param sharedBackbone        whether policy and value share one copy of the backbone (detail 13)
 * @param initialLogStd         first logarithm of the standard deviations for continuous actions (detail c2)
 * @param adamEpsilon           Adam's ε (detail 3)
 */
public record PpoSettings(
		@Setting(value = "Lanes that are stepped together", byDefault = "8", min = 1, max = 4096) int lanes,
		@Setting(value = "Steps of each lane between two updates. With another number of lanes, as in a shot, the product "
				+ "lanes × rollout-steps stays about the same", byDefault = "256", unit = "steps", min = 1,
				plausibleMax = 1e6) int rolloutSteps,
		@Setting(value = "For a recurrent network: the rollout is cut into sequences of this length, and gradients go back to a "
				+ "sequence's beginning; 0: the whole rollout", byDefault = "0", unit = "steps", min = 0, plausibleMax = 1e5) int bpttSteps,
		@Setting(value = "Largest number of steps in a minibatch; the rollout is cut into equal minibatches. For a recurrent network "
				+ "they consist of whole sequences and may differ by one sequence",
				byDefault = "256", unit = "steps", min = 1, plausibleMax = 1e6) int minibatchSize,
		@Setting(value = "Passes over the rollout in an update", byDefault = "10", min = 1, plausibleMax = 1000) int epochs,
		@Setting(value = "Adam's learning rate", byDefault = "3e-4", min = 0, plausibleMin = 1e-8, plausibleMax = 1) double learningRate,
		@Setting(value = "Schedule of the learning rate over the planned steps: constant, or linear down to 0",
				byDefault = "constant") Schedule schedule,
		@Setting(value = "Discount of future rewards", byDefault = "0.99", min = 0, max = 1, plausibleMin = 0.1) double gamma,
		@Setting(value = "λ of generalised advantage estimation: 0 trusts the critic, 1 the returns",
				byDefault = "0.95", min = 0, max = 1) double gaeLambda,
		@Setting(value = "Clip range of the ratio of new to old probability around 1",
				byDefault = "0.2", min = 1e-6, max = 1, plausibleMin = 0.01) double clip,
		@Setting(value = "Clip range of a value in one update, in units of the (normalised) return; 0: no clipping",
				byDefault = "0", min = 0, plausibleMax = 1e6) double valueClip,
		@Setting(value = "Weight of the value loss", byDefault = "0.5", min = 0, plausibleMax = 1000) double valueCoefficient,
		@Setting(value = "Weight of the entropy bonus", byDefault = "0", min = 0, plausibleMax = 10) double entropyCoefficient,
		@Setting(value = "Schedule of the entropy bonus over the planned steps: constant, or linear down to 0, to explore first and "
				+ "exploit later", byDefault = "constant") Schedule entropySchedule,
		@Setting(value = "Bound on the norm of the gradient over all parameters; 0: none", byDefault = "0.5", min = 0,
				plausibleMax = 1e6) double maxGradientNorm,
		@Setting(value = "Approximate KL divergence above which an update makes no further epoch; 0: no such limit",
				byDefault = "0", unit = "nat", min = 0, plausibleMax = 10) double targetKl,
		@Setting(value = "Normalise observations by their running mean and variance", byDefault = "false") boolean normaliseObservations,
		@Setting(value = "Divide rewards by the running standard deviation of the discounted return",
				byDefault = "false") boolean normaliseReturns,
		@Setting(value = "Use one copy of the backbone for policy and value instead of two", byDefault = "false") boolean sharedBackbone,
		@Setting(value = "Initial log standard deviation of continuous actions, scaled so that their bounds are -1 and 1",
				byDefault = "0", min = -10, max = 5) double initialLogStd,
		@Setting(value = "Adam's epsilon", byDefault = "1e-5", min = 0, max = 1, plausibleMax = 0.1) double adamEpsilon) {

	/** The schedule of a setting over the planned steps. */
	public enum Schedule {
		/** It is constant. */
		CONSTANT,
		/** It decreases linearly to 0. */
		LINEAR;

		double factor(long steps, long plannedSteps) {
			return switch (this) {
				case CONSTANT -> 1;
				case LINEAR -> plannedSteps <= 0 ? 1 : Math.max(0, 1 - (double) steps / plannedSteps);
			};
		}
	}

	/**
	 * Checks the settings against each other.
	 *
	 * @throws IllegalArgumentException when settings contradict each other
	 */
	public PpoSettings {
		long rollout = (long) lanes * rolloutSteps;
		if (rollout > 1 << 26) {
			throw new IllegalArgumentException("lanes × rollout-steps is " + rollout + "; at most " + (1 << 26) + " are possible");
		}
		if (minibatchSize > rollout) {
			throw new IllegalArgumentException(String.format(Locale.ROOT,
					"minibatch-size (%d) exceeds the steps of an update: lanes × rollout-steps = %d × %d = %d", minibatchSize, lanes,
					rolloutSteps, rollout));
		}
		if (targetKl > 0 && epochs == 1) {
			throw new IllegalArgumentException("target-kl ends an update between epochs, so it has no effect with epochs: 1");
		}
		if (schedule == Schedule.LINEAR && learningRate == 0) {
			throw new IllegalArgumentException("schedule: linear has no effect with learning-rate: 0");
		}
		if (entropySchedule == Schedule.LINEAR && entropyCoefficient == 0) {
			throw new IllegalArgumentException("entropy-schedule: linear has no effect with entropy-coefficient: 0");
		}
	}
}
