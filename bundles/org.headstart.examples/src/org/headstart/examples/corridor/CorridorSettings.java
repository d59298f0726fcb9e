package org.headstart.examples.corridor;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.settings.Setting;

/**
 * Settings of the corridor.
 *
 * @param length   see {@link Setting}
 * @param goal     see {@link Setting}
 * @param maxSteps see {@link Setting}
 */
public record CorridorSettings(
		@Setting(value = "Length of the corridor", byDefault = "10", unit = "m", min = 1, max = 1000) double length,
		@Setting(value = "Where the goal lies, as a share of the length", byDefault = "{train: [0, 0.4], validation: [0.45, 0.55], test: [0.6, 1]}") ParameterRange goal,
		@Setting(value = "Steps after which an episode is cut off", byDefault = "50", unit = "steps", min = 1, max = 100000) int maxSteps) {
}
