package org.headstart.examples.wide;

import org.headstart.api.settings.Setting;

/**
 * Settings of the wide layer.
 *
 * @param units see {@link Setting}
 */
public record WideSettings(
		@Setting(value = "Width of the layer", byDefault = "64", unit = "units", min = 1, max = 65536) int units) {}
