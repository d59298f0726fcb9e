package org.headstart.environments.bandits;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link BernoulliBandit}.
 *
 * @param arms how many
 */
public record BernoulliBanditSettings(
		@Setting(value = "Arms to choose from", byDefault = "5", min = 2, max = 1000) int arms) {}
