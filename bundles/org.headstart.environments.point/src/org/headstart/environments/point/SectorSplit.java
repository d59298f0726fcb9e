package org.headstart.environments.point;

import org.headstart.api.settings.Setting;

/**
 * The directions that are held out, counter-clockwise from the x axis: test [from, to), validation [to, validationTo).
 *
 * @param from         where the test sector begins
 * @param to where the test sector ends and the validation sector begins
 * @param validationTo where the validation sector ends; equal to {@code to} for no such set
 */
public record SectorSplit(
		@Setting(value = "Direction where the test sector begins", byDefault = "0.0", unit = "°", min = 0, max = 360) double from,
		@Setting(value = "Direction where the test sector ends and the validation sector begins", byDefault = "90.0",
				unit = "°", min = 0, max = 360) double to,
		@Setting(value = "Direction where the validation sector ends; equal to 'to' for no such set", byDefault = "120.0",
				unit = "°", min = 0, max = 360) double validationTo) {}
