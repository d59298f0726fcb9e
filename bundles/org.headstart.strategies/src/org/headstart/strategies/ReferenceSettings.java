package org.headstart.strategies;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Reference}.
 *
 * @param algorithm its name in the target's family
 * @param parameter its one parameter, where it has one
 */
public record ReferenceSettings(
		@Setting("Name of one of the environment's reference algorithms; a wrong name is answered with those that there are") String algorithm,
		@Setting(value = "The algorithm's parameter, or default for the algorithm's own value",
				byDefault = "default") ParameterValue parameter) {}
