package org.headstart.api.environment;

import org.headstart.api.random.RandomStream;

/** Draws tasks. Allocates nothing. Thread-safe and stateless: all randomness is the stream's. */
@FunctionalInterface
public interface TaskSampler {

	/**
	 * Draws a task.
	 *
	 * @param random      the lane's stream for tasks
	 * @param omega       receives the parameters ω
	 * @param omegaOffset where they begin
	 */
	void sample(RandomStream random, double[] omega, int omegaOffset);

	/**
	 * The sampler that always gives one task.
	 *
	 * @param omega the task's parameters
	 * @return the sampler
	 */
	static TaskSampler fixed(double... omega) {
		double[] task = omega.clone();
		return (random, target, offset) -> System.arraycopy(task, 0, target, offset, task.length);
	}
}
