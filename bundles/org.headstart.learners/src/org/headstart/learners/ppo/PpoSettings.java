package org.headstart.learners.ppo;

import java.util.Locale;

import org.headstart.api.settings.Setting;

/**
 * Settings of PPO. Names follow Schulman et al. 2017; "detail n" is the number in Huang et al. 2022, "The 37 Implementation
 * Details of Proximal Policy Optimization".
 *
 * @param lanes                 N, how many lanes are stepped together (detail 1)
 * @param rolloutSteps          T, steps of each lane between updates
 * @param bpttSteps             recurrent networks: steps that gradients go back in time, from the state that was there when they
 *                              were played (Williams and Peng 1990; Kapturowski et al. 2019, "stored state"); 0: the whole rollout
 * @param minibatchSize         M, steps a gradient is averaged over
 * @param epochs                K, passes over the rollout in an update
 * @param learningRate          Adam's step size
 * @param schedule              what becomes of the learning rate over the planned steps (detail 4)
 * @param gamma                 γ, the discount
 * @param gaeLambda             λ of generalised advantage estimation
 * @param clip                  ε, how far the probability ratio may pay off
 * @param valueClip             how far a value may move from the rollout's in one update (detail 9); 0: as far as it likes
 * @param valueCoefficient      c₁
 * @param entropyCoefficient    c₂
 * @param entropySchedule       what becomes of c₂ over the planned steps
 * @param maxGradientNorm       bound on the global norm (detail 11); 0: none
 * @param targetKl              no further epoch once the approximate KL divergence is above this (detail 12 and its
 *                              discussion); 0: never
 * @param normaliseObservations whether to use running means and variances of the observations (details c4 and c5)
 * @param normaliseReturns      whether to divide rewards by the running standard deviation of the discounted return
 *                              (details c6 and c7)
 * @param sharedBackbone        whether policy and value stand on one copy of the backbone instead of one each (detail 13)
 * @param initialLogStd         first logarithm of the standard deviations for continuous actions (detail c2)
 * @param adamEpsilon           Adam's ε (detail 3)
 */
public record PpoSettings(
		@Setting(value = "Lanes that are stepped together", byDefault = "8", min = 1, max = 4096) int lanes,
		@Setting(value = "Steps of each lane between two updates; with another number of lanes, as in a shot, the product "
				+ "lanes × rollout-steps stays", byDefault = "256", unit = "steps", min = 1, plausibleMax = 1e6) int rolloutSteps,
		@Setting(value = "With a recurrent network: a rollout is cut into sequences of so many steps, and gradients go back to a "
				+ "sequence's beginning; 0: the whole rollout", byDefault = "0", unit = "steps", min = 0, plausibleMax = 1e5) int bpttSteps,
		@Setting(value = "Most steps in a minibatch; a rollout is cut into equal minibatches. Those of a recurrent network hold whole "
				+ "sequences, at least one: rollout / minibatch-size, rounded up, shares that differ by one sequence at most",
				byDefault = "256", unit = "steps", min = 1, plausibleMax = 1e6) int minibatchSize,
		@Setting(value = "Passes over the rollout in an update", byDefault = "10", min = 1, plausibleMax = 1000) int epochs,
		@Setting(value = "Adam's learning rate", byDefault = "3e-4", min = 0, plausibleMin = 1e-8, plausibleMax = 1) double learningRate,
		@Setting(value = "Learning rate over the planned steps: constant, or linear down to 0", byDefault = "constant") Schedule schedule,
		@Setting(value = "Discount of future rewards", byDefault = "0.99", min = 0, max = 1, plausibleMin = 0.1) double gamma,
		@Setting(value = "λ of generalised advantage estimation: 0 trusts the critic, 1 the returns",
				byDefault = "0.95", min = 0, max = 1) double gaeLambda,
		@Setting(value = "How far from 1 the ratio of new to old probability still pays off",
				byDefault = "0.2", min = 1e-6, max = 1, plausibleMin = 0.01) double clip,
		@Setting(value = "How far a value may move in one update, in units of the (normalised) return; 0: no limit",
				byDefault = "0", min = 0, plausibleMax = 1e6) double valueClip,
		@Setting(value = "Weight of the value loss", byDefault = "0.5", min = 0, plausibleMax = 1000) double valueCoefficient,
		@Setting(value = "Weight of the entropy bonus", byDefault = "0", min = 0, plausibleMax = 10) double entropyCoefficient,
		@Setting(value = "Weight of the entropy bonus over the planned steps: constant, or linear down to 0, to explore first and "
				+ "to settle in the end", byDefault = "constant") Schedule entropySchedule,
		@Setting(value = "Bound on the norm of the gradient over all parameters; 0: none", byDefault = "0.5", min = 0,
				plausibleMax = 1e6) double maxGradientNorm,
		@Setting(value = "Approximate KL divergence above which an update makes no further epoch; 0: none",
				byDefault = "0", unit = "nat", min = 0, plausibleMax = 10) double targetKl,
		@Setting(value = "Normalise observations by their running mean and variance", byDefault = "false") boolean normaliseObservations,
		@Setting(value = "Divide rewards by the running standard deviation of the discounted return",
				byDefault = "false") boolean normaliseReturns,
		@Setting(value = "One copy of the backbone for policy and value instead of one each", byDefault = "false") boolean sharedBackbone,
		@Setting(value = "First log standard deviation of continuous actions, in units in which the bounds are -1 and 1",
				byDefault = "0", min = -10, max = 5) double initialLogStd,
		@Setting(value = "Adam's epsilon", byDefault = "1e-5", min = 0, max = 1, plausibleMax = 0.1) double adamEpsilon) {

	/** What becomes of a setting over the planned steps. */
	public enum Schedule {
		/** It stays. */
		CONSTANT,
		/** It goes down to 0 on a straight line. */
		LINEAR;

		double factor(long steps, long plannedSteps) {
			return switch (this) {
				case CONSTANT -> 1;
				case LINEAR -> plannedSteps <= 0 ? 1 : Math.max(0, 1 - (double) steps / plannedSteps);
			};
		}
	}

	/**
	 * Checks what one setting alone cannot know.
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
					"minibatch-size (%d) is more than an update has: lanes × rollout-steps = %d × %d = %d", minibatchSize, lanes,
					rolloutSteps, rollout));
		}
		if (targetKl > 0 && epochs == 1) {
			throw new IllegalArgumentException("target-kl ends an update between epochs, so it does nothing with epochs: 1");
		}
		if (schedule == Schedule.LINEAR && learningRate == 0) {
			throw new IllegalArgumentException("schedule: linear has nothing to lower with learning-rate: 0");
		}
		if (entropySchedule == Schedule.LINEAR && entropyCoefficient == 0) {
			throw new IllegalArgumentException("entropy-schedule: linear has nothing to lower with entropy-coefficient: 0");
		}
	}
}
