package org.headstart.api.environment;

/** Lanes that can be put into a state, one by one. */
public interface RestorableLanes extends VectorEnvironment {

	/**
	 * Copies a lane's inner state out.
	 *
	 * @param lane the lane
	 * @return the state; what its components are is the family's
	 */
	double[] state(int lane);

	/**
	 * Puts a lane into a state, keeping its task and its step count. The lane's observation follows.
	 *
	 * @param lane  the lane
	 * @param state as {@link #state} gives it
	 */
	void setState(int lane, double[] state);
}
