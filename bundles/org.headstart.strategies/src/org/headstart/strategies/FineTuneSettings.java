package org.headstart.strategies;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link FineTune}. The state of each part at the beginning of the target: <table> <caption>State at the
 * beginning of the target</caption> <tr><th>part</th><th>state</th></tr>
 * <tr><td>backbone</td><td>loaded; frozen with {@code layers: last}</td></tr>
 * <tr><td>heads</td><td>loaded, or fresh with {@code reset}; always trained</td></tr>
 * <tr><td>optimizer</td><td>fresh: no moments, step count 0</td></tr>
 * <tr><td>step counters</td><td>0</td></tr>
 * <tr><td>learning-rate schedule</td><td>begins anew, over the target's budget</td></tr>
 * <tr><td>observation and return statistics</td><td>taken over, or fresh with {@code keep-normalisers: false}; updated in
 * both cases</td></tr>
 * <tr><td>log standard deviations</td><td>taken over, or fresh with {@code exploration: reset} or {@code reset: heads},
 * since they belong to the policy's head</td></tr>
 * <tr><td>random streams</td><td>those of the target's run</td></tr>
 * </table>
 *
 * @param layers                     the layers that learn
 * @param reset                      the heads that are reset
 * @param headLearningRateFactor     factor on the learning rate of the heads' tensors
 * @param backboneLearningRateFactor factor on the learning rate of the backbone's tensors
 * @param criticWarmUp               steps of the budget in which only the critic learns; granted episodes (shots) belong to
 *                                   them, so that no agent is judged after more experience than it was granted
 * @param keepNormalisers            whether statistics of observations and returns are taken over
 * @param exploration                whether a Gaussian policy's standard deviations are taken over
 * @param policyTemperature          τ: the initial policy is proportional to the loaded one to the power 1/τ
 */
public record FineTuneSettings(
		@Setting(value = "Layers that learn on the target: all, or last (the backbone is frozen, only the heads learn)",
				byDefault = "all") Layers layers,
		@Setting(value = "Heads that are reset instead of loaded: none, heads (all), or value (the critic's only)",
				byDefault = "none") Reset reset,
		@Setting(value = "Factor on the heads' learning rate", byDefault = "1", min = 0, max = 1000,
				plausibleMax = 100) double headLearningRateFactor,
		@Setting(value = "Factor on the backbone's learning rate", byDefault = "1", min = 0, max = 1000,
				plausibleMax = 100) double backboneLearningRateFactor,
		@Setting(value = "Steps at the beginning of the budget in which only the value head and the critic's own backbone "
				+ "learn, including granted episodes; then the optimizer is reset", byDefault = "0", unit = "steps", min = 0,
				plausibleMax = 1e11) long criticWarmUp,
		@Setting(value = "Take over the statistics that normalise observations and returns",
				byDefault = "true") boolean keepNormalisers,
		@Setting(value = "Standard deviations of a continuous policy: keep the source's, or reset to the learner's initial ones; "
				+ "reset: heads always resets them", byDefault = "keep") Exploration exploration,
		@Setting(
				value = "Temperature t of the loaded policy: logits are divided by t, a continuous policy's standard "
						+ "deviations multiplied by its square root; above 1 explores more, 1 changes nothing",
				byDefault = "1", min = 0.001, max = 1000, plausibleMin = 0.01, plausibleMax = 100) double policyTemperature) {

	/** The layers that learn. */
	public enum Layers {
		/** All layers. */
		ALL,
		/** The heads only. */
		LAST
	}

	/** The heads that are reset. */
	public enum Reset {
		/** No head. */
		NONE,
		/** All heads. */
		HEADS,
		/** The value head. */
		VALUE
	}

	/** The initial standard deviations of a Gaussian policy. */
	public enum Exploration {
		/** Those of the source. */
		KEEP,
		/** Those of the learner's settings. */
		RESET
	}

	/**
	 * Checks the settings against each other.
	 *
	 * @throws IllegalArgumentException when settings contradict each other
	 */
	public FineTuneSettings {
		if (layers == Layers.LAST && backboneLearningRateFactor != 1) {
			throw new IllegalArgumentException(
					"backbone-learning-rate-factor has no effect with layers: last, which freezes the backbone");
		}
		if (reset == Reset.HEADS && policyTemperature != 1) {
			throw new IllegalArgumentException("policy-temperature changes a loaded policy head, and reset: heads loads none");
		}
		if (headLearningRateFactor == 0 && (layers == Layers.LAST || backboneLearningRateFactor == 0)) {
			throw new IllegalArgumentException("nothing would learn: head-learning-rate-factor is 0 and the backbone is frozen");
		}
	}
}
