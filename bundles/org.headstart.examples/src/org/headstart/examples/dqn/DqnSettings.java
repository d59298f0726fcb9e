package org.headstart.examples.dqn;

import org.headstart.api.settings.Setting;

/**
 * Settings of deep Q-learning.
 *
 * @param lanes        see {@link Setting}
 * @param learningRate see {@link Setting}
 * @param gamma        see {@link Setting}
 * @param capacity     see {@link Setting}
 * @param warmUp       see {@link Setting}
 * @param minibatch    see {@link Setting}
 * @param targetShare  see {@link Setting}
 * @param exploration  see {@link Setting}
 * @param leastEpsilon see {@link Setting}
 */
public record DqnSettings(
		@Setting(value = "Lanes to collect experience from", byDefault = "4", min = 1, max = 10000) int lanes,
		@Setting(value = "Learning rate of Adam", byDefault = "1e-3", min = 0, max = 1) double learningRate,
		@Setting(value = "Discount γ", byDefault = "0.99", min = 0, max = 1) double gamma,
		@Setting(value = "Steps in the replay", byDefault = "50000", unit = "steps", min = 100, max = 100000000) int capacity,
		@Setting(value = "Steps before the first update", byDefault = "500", unit = "steps", min = 1, max = 100000000) int warmUp,
		@Setting(value = "Steps in the minibatch of an update", byDefault = "64", unit = "steps", min = 1, max = 100000) int minibatch,
		@Setting(value = "Share by which the target network moves towards the network after each update", byDefault = "0.01", min = 0,
				max = 1) double targetShare,
		@Setting(value = "Share of the budget over which ε falls from 1", byDefault = "0.3", min = 0, max = 1) double exploration,
		@Setting(value = "Lowest ε, the share of random actions", byDefault = "0.05", min = 0, max = 1) double leastEpsilon) {}
