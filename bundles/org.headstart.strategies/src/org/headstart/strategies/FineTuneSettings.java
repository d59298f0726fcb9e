package org.headstart.strategies;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link FineTune}. What happens to each part when the target begins:
 *
 * <table>
 * <caption>State at the beginning of the target</caption>
 * <tr><th>part</th><th>what happens</th></tr>
 * <tr><td>backbone</td><td>loaded; fixed with {@code layers: last}</td></tr>
 * <tr><td>heads</td><td>loaded, or fresh as {@code reset} says; always trained</td></tr>
 * <tr><td>optimizer</td><td>fresh: no moments, step count 0</td></tr>
 * <tr><td>step counters</td><td>0</td></tr>
 * <tr><td>learning-rate schedule</td><td>begins anew, over the target's budget</td></tr>
 * <tr><td>observation and return statistics</td><td>taken over, or fresh with {@code keep-normalisers: false}; if taken over they
 * go on changing</td></tr>
 * <tr><td>log standard deviations</td><td>taken over, or fresh with {@code exploration: reset} and, since they
 * belong to the policy's head, with {@code reset: heads}</td></tr>
 * <tr><td>random streams</td><td>those of the target's run</td></tr>
 * </table>
 *
 * @param layers                     which layers learn
 * @param reset                      which heads begin anew
 * @param headLearningRateFactor     on the learning rate of the heads' tensors
 * @param backboneLearningRateFactor on the learning rate of the backbone's tensors
 * @param criticWarmUp               steps, counted in the budget, in which only the critic learns; granted episodes (shots) are the
 *                                   first of them, so that no agent is judged after more experience than it was granted
 * @param keepNormalisers            whether statistics of observations and returns are taken over
 * @param exploration                what becomes of a Gaussian policy's standard deviations
 * @param policyTemperature          τ: the loaded policy begins proportional to its power 1/τ
 */
public record FineTuneSettings(
		@Setting(value = "Which layers learn on the target: all, or last (the backbone stays fixed, only the heads learn)",
				byDefault = "all") Layers layers,
		@Setting(value = "Which heads begin anew instead of being loaded: none, heads (all), or value (the critic's only)",
				byDefault = "none") Reset reset,
		@Setting(value = "Factor on the heads' learning rate", byDefault = "1", min = 0, max = 1000,
				plausibleMax = 100) double headLearningRateFactor,
		@Setting(value = "Factor on the backbone's learning rate", byDefault = "1", min = 0, max = 1000,
				plausibleMax = 100) double backboneLearningRateFactor,
		@Setting(value = "First steps, counted in the budget, in which only the value head and the critic's own backbone "
				+ "learn, granted episodes among them; then the optimizer begins anew", byDefault = "0", unit = "steps", min = 0,
				plausibleMax = 1e11) long criticWarmUp,
		@Setting(value = "Take over the statistics that normalise observations and returns, instead of beginning anew",
				byDefault = "true") boolean keepNormalisers,
		@Setting(value = "Standard deviations of a continuous policy: keep the source's, or reset to the learner's first ones; "
				+ "with reset: heads always the first ones", byDefault = "keep") Exploration exploration,
		@Setting(
				value = "Temperature t of the loaded policy: logits are divided by t, a continuous policy's standard "
						+ "deviations multiplied by its root; above 1 explores more, 1 changes nothing",
				byDefault = "1", min = 0.001, max = 1000, plausibleMin = 0.01, plausibleMax = 100) double policyTemperature) {

	/** Which layers learn. */
	public enum Layers {
		/** All. */
		ALL,
		/** The heads. */
		LAST
	}

	/** Which heads begin anew. */
	public enum Reset {
		/** No head. */
		NONE,
		/** All heads. */
		HEADS,
		/** The value head. */
		VALUE
	}

	/** What becomes of a Gaussian policy's standard deviations. */
	public enum Exploration {
		/** They are taken over. */
		KEEP,
		/** They begin as the learner's settings say. */
		RESET
	}

	/**
	 * Checks what one setting alone cannot know.
	 *
	 * @throws IllegalArgumentException when settings contradict each other
	 */
	public FineTuneSettings {
		if (layers == Layers.LAST && backboneLearningRateFactor != 1) {
			throw new IllegalArgumentException(
					"backbone-learning-rate-factor does nothing with layers: last, where the backbone is fixed");
		}
		if (reset == Reset.HEADS && policyTemperature != 1) {
			throw new IllegalArgumentException("policy-temperature is for a loaded policy head; with reset: heads there is none");
		}
		if (headLearningRateFactor == 0 && (layers == Layers.LAST || backboneLearningRateFactor == 0)) {
			throw new IllegalArgumentException("nothing would learn: head-learning-rate-factor is 0 and the backbone is fixed");
		}
	}
}
