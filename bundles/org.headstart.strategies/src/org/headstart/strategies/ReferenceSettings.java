package org.headstart.strategies;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Reference}.
 *
 * @param algorithm its name in the target's family
 * @param parameter the value of its one parameter, if it has one
 */
public record ReferenceSettings(
		@Setting("Name of one of the environment's reference algorithms; an unknown name gives a message with all names") String algorithm,
		@Setting(value = "The algorithm's parameter, or default for the algorithm's own value",
				byDefault = "default") ParameterValue parameter) {}
