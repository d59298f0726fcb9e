package org.headstart.learners.optimizer;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link LearnedOptimizer}. Names follow Andrychowicz et al. 2016.
 *
 * @param lanes           the number of problems that are optimised side by side
 * @param unroll          T, the number of steps of each lane between updates; back-propagation goes through these steps
 * @param learningRate    Adam's step size on the network's parameters
 * @param schedule        the schedule of the learning rate over the planned steps
 * @param updateScale     factor on the network's output
 * @param preprocessing   p of the gradients' preprocessing
 * @param coordinates     the largest number of coordinates of each lane in an update; 0: all
 * @param maxGradientNorm bound on the norm of the gradient; 0: none
 */
public record LearnedOptimizerSettings(
		@Setting(value = "Lanes that are stepped together, each with a problem of its own", byDefault = "32", min = 1,
				max = 4096) int lanes,
		@Setting(value = "Steps of each lane between two updates of the network; back-propagation goes through these steps",
				byDefault = "20", unit = "steps", min = 1, max = 10_000) int unroll,
		@Setting(value = "Adam's learning rate on the network's parameters", byDefault = "3e-3", min = 0, plausibleMin = 1e-8,
				plausibleMax = 1) double learningRate,
		@Setting(value = "Schedule of the learning rate over the planned steps: constant, or linear down to 0",
				byDefault = "linear") Schedule schedule,
		@Setting(value = "Factor on the network's output: the product is a coordinate's update", byDefault = "0.1", min = 1e-6, max = 1e6,
				plausibleMax = 1000) double updateScale,
		@Setting(value = "p of the preprocessing (log|g| / p, sign g): gradients below exp(-p) are scaled linearly",
				byDefault = "10", min = 0.1, max = 80) double preprocessing,
		@Setting(value = "Coordinates of each lane to learn from, drawn anew for every update; 0: all. The optimizer always updates "
				+ "all coordinates", byDefault = "0", min = 0) int coordinates,
		@Setting(value = "Bound on the norm of the gradient over all parameters; 0: none", byDefault = "1", min = 0,
				plausibleMax = 1e6) double maxGradientNorm) {

	/** The schedule of the learning rate over the planned steps. */
	public enum Schedule {
		/** It is constant. */
		CONSTANT,
		/** It decreases linearly to 0. */
		LINEAR;

		double factor(long steps, long plannedSteps) {
			return switch (this) {
				case CONSTANT -> 1;
				case LINEAR -> plannedSteps <= 0 ? 1 : Math.max(0, 1 - (double) steps / plannedSteps);
			};
		}
	}
}
