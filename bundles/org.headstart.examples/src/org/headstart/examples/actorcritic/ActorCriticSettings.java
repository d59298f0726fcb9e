package org.headstart.examples.actorcritic;

import org.headstart.api.settings.Setting;

/**
 * Settings of the actor and its critic.
 *
 * @param lanes              see {@link Setting}
 * @param rolloutSteps       see {@link Setting}
 * @param epochs             see {@link Setting}
 * @param actorLearningRate  see {@link Setting}
 * @param criticLearningRate see {@link Setting}
 * @param noise              see {@link Setting}
 * @param gamma              see {@link Setting}
 * @param targetShare        see {@link Setting}
 */
public record ActorCriticSettings(
		@Setting(value = "Lanes to collect experience from", byDefault = "8", min = 1, max = 1024) int lanes,
		@Setting(value = "Steps between updates, in each lane", byDefault = "32", unit = "steps", min = 1, max = 65536) int rolloutSteps,
		@Setting(value = "Gradient steps of an update", byDefault = "20", min = 1, max = 10000) int epochs,
		@Setting(value = "Learning rate of the actor", byDefault = "1e-3", min = 0, max = 1) double actorLearningRate,
		@Setting(value = "Learning rate of the critic", byDefault = "3e-3", min = 0, max = 1) double criticLearningRate,
		@Setting(value = "Standard deviation of the exploring noise, in halves of the box", byDefault = "0.3", min = 0,
				max = 10) double noise,
		@Setting(value = "Discount", byDefault = "0.99", min = 0, max = 1) double gamma,
		@Setting(value = "Share by which the target networks move towards the networks in a gradient step", byDefault = "0.05", min = 0,
				max = 1) double targetShare) {}
