package org.headstart.examples.forecast;

import org.headstart.api.settings.Setting;

/**
 * Settings of the forecast.
 *
 * @param steps see {@link Setting}
 */
public record ForecastSettings(
		@Setting(value = "Number of steps between the present and the predicted observation", byDefault = "2", unit = "steps", min = 1,
				max = 1000) int steps) {}
