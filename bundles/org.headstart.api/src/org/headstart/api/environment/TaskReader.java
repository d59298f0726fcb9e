package org.headstart.api.environment;

/**
 * Reads which tasks lanes are on. What agents and learned policies know of their task they see in their observations; this is
 * granted to the algorithms only that agents are held against.
 */
@FunctionalInterface
public interface TaskReader {

	/**
	 * Copies a lane's task out.
	 *
	 * @param lane  the lane
	 * @param omega receives the task's parameters ω
	 */
	void task(int lane, double[] omega);
}
