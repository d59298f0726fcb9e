package org.headstart.wrappers;

import java.util.List;

import org.headstart.api.settings.Setting;

/**
 * Settings of the context.
 *
 * @param show  see {@link Setting}
 * @param noise see {@link Setting}
 */
public record ContextSettings(
		@Setting(value = "Which of the tasks' parameters are shown, by name or as a group; none named: all",
				byDefault = "[]") List<String> show,
		@Setting(value = "Standard deviation of Gaussian noise on each number, drawn once for each episode", byDefault = "0", min = 0,
				max = 1e6) double noise) {}
