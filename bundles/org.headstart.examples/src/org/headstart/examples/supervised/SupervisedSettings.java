package org.headstart.examples.supervised;

import org.headstart.api.settings.Setting;

/**
 * Settings of supervised learning.
 *
 * @param minibatch    see {@link Setting}
 * @param learningRate see {@link Setting}
 */
public record SupervisedSettings(
		@Setting(value = "Examples in the minibatch of an update", byDefault = "32", unit = "examples", min = 1,
				max = 100000) int minibatch,
		@Setting(value = "Learning rate of Adam", byDefault = "1e-3", min = 0, max = 1) double learningRate) {}
