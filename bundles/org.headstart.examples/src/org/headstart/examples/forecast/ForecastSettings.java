package org.headstart.examples.forecast;

import org.headstart.api.settings.Setting;

/**
 * Settings of the forecast.
 *
 * @param steps see {@link Setting}
 */
public record ForecastSettings(
		@Setting(value = "How far ahead the observation is forecast", byDefault = "2", unit = "steps", min = 1, max = 1000) int steps) {}
