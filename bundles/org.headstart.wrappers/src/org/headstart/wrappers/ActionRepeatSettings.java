package org.headstart.wrappers;

import org.headstart.api.settings.Setting;

/**
 * Settings of the action repeat.
 *
 * @param times see {@link Setting}
 */
public record ActionRepeatSettings(
		@Setting(
				value = "Steps of the environment that one action takes; the last step of an episode may be shorter. Budgets count actions",
				byDefault = "4", unit = "steps", min = 2, max = 1000) int times) {}
