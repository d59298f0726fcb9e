package org.headstart.environments.classic;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Pendulum}. The defaults are Gymnasium's.
 *
 * @param gravity         acceleration of gravity
 * @param mass            mass of the rod
 * @param length          length of the rod
 * @param friction        viscous friction in the hinge
 * @param context         whether the agent sees the parameters that vary
 * @param maxEpisodeSteps time limit
 */
public record PendulumSettings(
		@Setting(value = "Acceleration of gravity, 0 to 1000", byDefault = "10.0", unit = "m/s²") ParameterRange gravity,
		@Setting(value = "Mass of the rod, 0.001 to 1000", byDefault = "1.0", unit = "kg") ParameterRange mass,
		@Setting(value = "Length of the rod, 0.01 to 100", byDefault = "1.0", unit = "m") ParameterRange length,
		@Setting(value = "Viscous friction in the hinge, 0 to 10", byDefault = "0.0", unit = "N·m·s") ParameterRange friction,
		@Setting(value = "Whether the observation ends with the parameters that are not fixed, training range scaled to [-1, 1]",
				byDefault = "hidden") ContextVisibility context,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "200", unit = "steps", min = 1,
				plausibleMax = 1e5) int maxEpisodeSteps) {}
