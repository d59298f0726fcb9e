package org.headstart.examples.beacon;

import org.headstart.api.settings.Setting;

/**
 * Settings of the field with the beacon.
 *
 * @param size     see {@link Setting}
 * @param maxSteps see {@link Setting}
 */
public record BeaconSettings(
		@Setting(value = "Cells on each side of the field", byDefault = "7", unit = "cells", min = 5, max = 64) int size,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "30", unit = "steps", min = 1,
				max = 100000) int maxSteps) {}
