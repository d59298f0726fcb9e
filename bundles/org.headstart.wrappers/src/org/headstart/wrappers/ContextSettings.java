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
		@Setting(value = "Parameters to show, by the names of parameters or groups; empty: all",
				byDefault = "[]") List<String> show,
		@Setting(value = "Standard deviation of Gaussian noise on each number, drawn once for each episode", byDefault = "0", min = 0,
				max = 1e6) double noise) {}
