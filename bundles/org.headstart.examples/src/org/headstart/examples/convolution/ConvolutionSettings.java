package org.headstart.examples.convolution;

import org.headstart.api.settings.Setting;

/**
 * Settings of the convolutions.
 *
 * @param filters see {@link Setting}
 * @param units   see {@link Setting}
 */
public record ConvolutionSettings(
		@Setting(value = "Filters of 3 × 3 pixels in each of the two layers", byDefault = "16", min = 1, max = 4096) int filters,
		@Setting(value = "Width of the dense layer above them", byDefault = "64", unit = "units", min = 1, max = 65536) int units) {}
