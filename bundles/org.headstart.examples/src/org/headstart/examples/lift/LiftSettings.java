package org.headstart.examples.lift;

import org.headstart.api.settings.Setting;

/**
 * Settings of the lift.
 *
 * @param floors   see {@link Setting}
 * @param failures see {@link Setting}
 * @param maxSteps see {@link Setting}
 */
public record LiftSettings(
		@Setting(value = "Floors of the house", byDefault = "10", min = 4, max = 1000) int floors,
		@Setting(value = "Probability that the motor fails in a step", byDefault = "0.1", min = 0, max = 1) double failures,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "50", unit = "steps", min = 1,
				max = 100000) int maxSteps) {}
