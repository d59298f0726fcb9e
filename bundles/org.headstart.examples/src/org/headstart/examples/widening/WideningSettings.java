package org.headstart.examples.widening;

import org.headstart.api.settings.Setting;

/**
 * Settings of widening.
 *
 * @param widenAbove  see {@link Setting}
 * @param narrowBelow see {@link Setting}
 * @param trials      see {@link Setting}
 * @param step        see {@link Setting}
 */
public record WideningSettings(
		@Setting("Mean return of the last trials at or above which the box of tasks grows by a step") double widenAbove,
		@Setting("Mean return of the last trials at or below which the box shrinks by a step") double narrowBelow,
		@Setting(value = "Number of trials in the mean", byDefault = "20", unit = "trials", min = 1, max = 1_000_000) int trials,
		@Setting(value = "Step of the box's boundaries, as a share of the way from the nominal value to the end of the range",
				byDefault = "0.1", min = 0.0001, max = 1) double step) {

	/** Checks. */
	public WideningSettings {
		if (narrowBelow >= widenAbove) {
			throw new IllegalArgumentException("narrow-below " + narrowBelow + " must be less than widen-above " + widenAbove);
		}
	}
}
