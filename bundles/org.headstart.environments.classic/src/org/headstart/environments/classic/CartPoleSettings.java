package org.headstart.environments.classic;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.settings.Setting;

/**
 * Settings of {@link CartPole}. The defaults are Gymnasium's.
 *
 * @param gravity         acceleration of gravity
 * @param cartMass        mass of the cart
 * @param poleMass        mass of the pole
 * @param poleHalfLength distance from the pole's hinge to its centre of mass
 * @param force           magnitude of a push
 * @param cartFriction    Coulomb friction of the cart on the track
 * @param poleFriction    viscous friction in the hinge
 * @param context         whether the agent sees the parameters that vary
 * @param maxEpisodeSteps time limit
 */
public record CartPoleSettings(
		@Setting(value = "Acceleration of gravity, 0 to 1000", byDefault = "9.8", unit = "m/s²") ParameterRange gravity,
		@Setting(value = "Mass of the cart, 0.001 to 1000", byDefault = "1.0", unit = "kg") ParameterRange cartMass,
		@Setting(value = "Mass of the pole, 0.001 to 1000", byDefault = "0.1", unit = "kg") ParameterRange poleMass,
		@Setting(value = "Half the pole's length: from the hinge to its centre of mass, 0.01 to 100", byDefault = "0.5",
				unit = "m") ParameterRange poleHalfLength,
		@Setting(value = "Magnitude of a push, 0 to 1000", byDefault = "10.0", unit = "N") ParameterRange force,
		@Setting(value = "Friction of the cart on the track (Barto et al. 1983: 0.0005), 0 to 10", byDefault = "0.0",
				unit = "N") ParameterRange cartFriction,
		@Setting(value = "Friction in the pole's hinge (Barto et al. 1983: 0.000002), 0 to 10", byDefault = "0.0",
				unit = "N·m·s") ParameterRange poleFriction,
		@Setting(value = "Whether the observation ends with the parameters that are not fixed, training range scaled to [-1, 1]",
				byDefault = "hidden") ContextVisibility context,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "500", unit = "steps", min = 1,
				plausibleMax = 1e5) int maxEpisodeSteps) {}
