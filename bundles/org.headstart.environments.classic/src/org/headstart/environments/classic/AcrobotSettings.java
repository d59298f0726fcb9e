package org.headstart.environments.classic;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Acrobot}. The defaults are Gymnasium's.
 *
 * @param gravity         acceleration of gravity
 * @param link1Length     length of the first link
 * @param link2Length     length of the second link
 * @param link1Mass       mass of the first link
 * @param link2Mass       mass of the second link
 * @param link1Centre     place of the first link's centre of mass on the link
 * @param link2Centre     place of the second link's centre of mass on the link
 * @param inertia         moment of inertia of either link
 * @param torque          magnitude of the motor's torque
 * @param friction        viscous friction in both joints
 * @param context         whether the agent sees the parameters that vary
 * @param maxEpisodeSteps time limit
 */
public record AcrobotSettings(
		@Setting(value = "Acceleration of gravity, 0 to 100", byDefault = "9.8", unit = "m/s²") ParameterRange gravity,
		@Setting(value = "Length of the first link, 0.1 to 10; the tip must rise by as much above the pivot",
				byDefault = "1.0", unit = "m") ParameterRange link1Length,
		@Setting(value = "Length of the second link, 0.1 to 10", byDefault = "1.0", unit = "m") ParameterRange link2Length,
		@Setting(value = "Mass of the first link, 0.1 to 10", byDefault = "1.0", unit = "kg") ParameterRange link1Mass,
		@Setting(value = "Mass of the second link, 0.1 to 10", byDefault = "1.0", unit = "kg") ParameterRange link2Mass,
		@Setting(value = "The first link's centre of mass, as a share of its length, 0.05 to 1",
				byDefault = "0.5") ParameterRange link1Centre,
		@Setting(value = "The second link's centre of mass, as a share of its length, 0.05 to 1",
				byDefault = "0.5") ParameterRange link2Centre,
		@Setting(value = "Moment of inertia of either link about its centre of mass, 0.01 to 100", byDefault = "1.0",
				unit = "kg·m²") ParameterRange inertia,
		@Setting(value = "Magnitude of the motor's torque, 0 to 100", byDefault = "1.0", unit = "N·m") ParameterRange torque,
		@Setting(value = "Viscous friction in both joints, 0 to 10", byDefault = "0.0", unit = "N·m·s") ParameterRange friction,
		@Setting(value = "Whether the observation ends with the parameters that are not fixed, training range scaled to [-1, 1]",
				byDefault = "hidden") ContextVisibility context,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "500", unit = "steps", min = 1,
				plausibleMax = 1e5) int maxEpisodeSteps) {}
