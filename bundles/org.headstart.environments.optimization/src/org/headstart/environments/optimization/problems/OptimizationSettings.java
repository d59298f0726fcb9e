package org.headstart.environments.optimization.problems;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Optimization}.
 *
 * @param problem   the kind of functions
 * @param horizon   updates of an episode
 * @param maxUpdate the largest change of a coordinate in a step
 * @param quadratic settings of problem {@code quadratic}
 * @param digits    settings of problem {@code digits}
 */
public record OptimizationSettings(
		@Setting(value = "Functions to minimise: random quadratics, or the loss of a small network on digits",
				byDefault = "quadratic") ProblemChoice problem,
		@Setting(value = "Updates of an episode", byDefault = "100", unit = "steps", min = 1, max = 100_000) int horizon,
		@Setting(value = "Largest change of a coordinate in one update; larger updates are clipped", byDefault = "1", min = 1e-6,
				max = 1e6) double maxUpdate,
		@Setting(value = "Problem quadratic: its size", byDefault = "{}") QuadraticSettings quadratic,
		@Setting(value = "Problem digits: the pictures, and the network trained on them",
				byDefault = "{}") DigitNetworkSettings digits) {}
