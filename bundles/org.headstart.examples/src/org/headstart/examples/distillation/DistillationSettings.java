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
public record DistillationSettings(@Setting(value = "Agent that acts while the student is fitted", byDefault = "student") Actor by,
		@Setting(value = "Environment steps of the target's budget on which the student is fitted", byDefault = "2e4",
				unit = "environment steps",
				min = 1, max = 1e12) long steps,
		@Setting(value = "Lanes in which observations are collected", byDefault = "8", min = 1, max = 4096) int lanes,
		@Setting(value = "Steps of each lane between fits", byDefault = "64", unit = "steps", min = 1, max = 1e5) int lengths,
		@Setting(value = "Gradient steps on each batch", byDefault = "60", min = 1, max = 1e4) int epochs,
		@Setting(value = "Learning rate of the fits", byDefault = "3e-3", min = 0, max = 1) double learningRate) {

	/** The agent that acts. */
	public enum Actor {
		/** The student, so that it is fitted on the states that it visits itself (Czarnecki et al. 2019). */
		STUDENT,
		/** The teacher (Rusu et al. 2016). */
		TEACHER
	}
}
