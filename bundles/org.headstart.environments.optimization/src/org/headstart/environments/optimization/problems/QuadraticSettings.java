package org.headstart.environments.optimization.problems;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Quadratic}.
 *
 * @param dimension D, the number of coordinates
 */
public record QuadraticSettings(
		@Setting(value = "Coordinates", byDefault = "10", min = 1, max = 200) int dimension) {}
