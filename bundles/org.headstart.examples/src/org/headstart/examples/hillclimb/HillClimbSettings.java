package org.headstart.examples.hillclimb;

import org.headstart.api.settings.Setting;

/**
 * Settings of hill climbing.
 *
 * @param noise    see {@link Setting}
 * @param episodes see {@link Setting}
 */
public record HillClimbSettings(
		@Setting(value = "Standard deviation of the perturbation of each weight", byDefault = "0.1", min = 0, max = 10) double noise,
		@Setting(value = "Episodes to judge a candidate by", byDefault = "8", unit = "episodes", min = 1, max = 1000) int episodes) {}
