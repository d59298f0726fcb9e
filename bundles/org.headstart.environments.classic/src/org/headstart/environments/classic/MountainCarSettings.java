package org.headstart.environments.classic;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.settings.Setting;

/**
 * Settings of {@link MountainCar}. The defaults are Gymnasium's.
 *
 * @param gravity         acceleration of gravity along the track
 * @param force           acceleration by the motor
 * @param friction        share of the velocity that is lost in a step
 * @param goalPosition    position of the flag
 * @param context         whether the agent sees the parameters that vary
 * @param maxEpisodeSteps time limit
 */
public record MountainCarSettings(
		@Setting(value = "Gravity along the steepest track, 0 to 1", byDefault = "0.0025", unit = "length/step²") ParameterRange gravity,
		@Setting(value = "Acceleration by the motor, 0 to 1", byDefault = "0.001", unit = "length/step²") ParameterRange force,
		@Setting(value = "Share of the velocity that is lost in a step, 0 to 1", byDefault = "0.0") ParameterRange friction,
		@Setting(value = "Position of the flag, from beyond the start positions to the right wall: -0.35 to 0.6",
				byDefault = "0.5", unit = "length") ParameterRange goalPosition,
		@Setting(value = "Whether the observation ends with the parameters that are not fixed, training range scaled to [-1, 1]",
				byDefault = "hidden") ContextVisibility context,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "200", unit = "steps", min = 1,
				plausibleMax = 1e5) int maxEpisodeSteps) {}
