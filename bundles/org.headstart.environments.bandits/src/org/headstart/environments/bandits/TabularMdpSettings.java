package org.headstart.environments.bandits;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link TabularMdp}. The defaults are the paper's.
 *
 * @param states  how many
 * @param actions how many
 * @param horizon steps of an episode
 */
public record TabularMdpSettings(
		@Setting(value = "States; an episode begins in the first", byDefault = "10", min = 2, max = 100) int states,
		@Setting(value = "Actions in each state", byDefault = "5", min = 2, max = 100) int actions,
		@Setting(value = "Steps of an episode", byDefault = "10", unit = "steps", min = 1, max = 1000) int horizon) {}
