package org.headstart.api.environment;

/**
 * Reads the tasks of lanes. Only reference algorithms may use it; agents and learned policies know of their task only their
 * observations.
 */
@FunctionalInterface
public interface TaskReader {

	/**
	 * Copies the parameters of a lane's task.
	 *
	 * @param lane  the lane
	 * @param omega receives the task's parameters ω
	 */
	void task(int lane, double[] omega);
}
