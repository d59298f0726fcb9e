package org.headstart.environments.point;

import org.headstart.api.settings.Setting;

/**
 * The distances from the start that are held out, as shares of the plane's half-width: test [from, to), validation
 * [to, validationTo).
 *
 * @param from         where the test ring begins
 * @param to where the test ring ends and the validation ring begins
 * @param validationTo where the validation ring ends; equal to {@code to} for no such set
 */
public record RingSplit(
		@Setting(value = "Distance where the test ring begins, as a share of the half-width", byDefault = "0.5", min = 0,
				max = 1) double from,
		@Setting(value = "Distance where the test ring ends and the validation ring begins", byDefault = "0.75", min = 0,
				max = 1) double to,
		@Setting(value = "Distance where the validation ring ends; equal to 'to' for no such set", byDefault = "0.85",
				min = 0, max = 1) double validationTo) {}
