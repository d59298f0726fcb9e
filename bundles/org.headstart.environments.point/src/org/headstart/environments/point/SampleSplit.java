package org.headstart.environments.point;

import org.headstart.api.settings.Setting;

/**
 * Sizes of the lists of goals.
 *
 * @param train      training goals
 * @param validation validation goals; 0 for no such set
 * @param test       test goals
 * @param seed seed of the lists. The test list does not depend on the sizes of the others
 */
public record SampleSplit(
		@Setting(value = "Training goals", byDefault = "100", min = 1, max = 10_000) int train,
		@Setting(value = "Validation goals; 0 for no such set", byDefault = "20", min = 0, max = 10_000) int validation,
		@Setting(value = "Test goals", byDefault = "100", min = 1, max = 10_000) int test,
		@Setting(value = "Seed of the lists of goals, independent of the experiment's seeds", byDefault = "0") long seed) {}
