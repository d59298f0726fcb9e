package org.headstart.wrappers;

import org.headstart.api.settings.Setting;

/**
 * Settings of the action repeat.
 *
 * @param times see {@link Setting}
 */
public record ActionRepeatSettings(
		@Setting(
				value = "Environment steps for each action; the last action of an episode may take fewer. Budgets count actions",
				byDefault = "4", unit = "steps", min = 2, max = 1000) int times) {}
