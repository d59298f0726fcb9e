package org.headstart.examples.sticky;

import org.headstart.api.settings.Setting;

/**
 * Settings of sticky actions.
 *
 * @param probability see {@link Setting}
 */
public record StickySettings(
		@Setting(value = "Probability that the previous action is repeated", byDefault = "0.25", min = 0,
				max = 1) double probability) {}
