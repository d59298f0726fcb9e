package org.headstart.examples.distillation;

import org.headstart.api.settings.Setting;

/**
 * Settings of distillation.
 *
 * @param by           see {@link Setting}
 * @param steps        see {@link Setting}
 * @param lanes        see {@link Setting}
 * @param lengths      see {@link Setting}
 * @param epochs       see {@link Setting}
 * @param learningRate see {@link Setting}
 */
public record DistillationSettings(@Setting(value = "Who acts while the student is fitted", byDefault = "student") Actor by,
		@Setting(value = "Environment steps on which it is fitted, of the target's budget", byDefault = "2e4", unit = "environment steps",
				min = 1, max = 1e12) long steps,
		@Setting(value = "Lanes in which observations are collected", byDefault = "8", min = 1, max = 4096) int lanes,
		@Setting(value = "Steps of each lane between fits", byDefault = "64", unit = "steps", min = 1, max = 1e5) int lengths,
		@Setting(value = "Gradient steps on what was collected", byDefault = "60", min = 1, max = 1e4) int epochs,
		@Setting(value = "Learning rate of the fits", byDefault = "3e-3", min = 0, max = 1) double learningRate) {

	/** Who acts. */
	public enum Actor {
		/** The one who learns, so that it is fitted where it goes itself (Czarnecki et al. 2019). */
		STUDENT,
		/** The one who is learned from (Rusu et al. 2016). */
		TEACHER
	}
}
