package org.headstart.api.environment;

/**
 * An environment with lanes of its own: a world moved by a physics engine, an external process, or a wrapper around another
 * environment. If the state is an array of numbers, {@link Dynamics} need less code.
 *
 * <p>Immutable and thread-safe; everything that changes or must be closed belongs to the {@link Simulation} that it opens.
 */
public non-sealed interface Simulator extends EnvironmentDescription {

	/**
	 * Opens lanes. It takes processes, files and native memory here and not earlier, and releases them in
	 * {@link Simulation#close}.
	 *
	 * @param streams the number of lanes, and their randomness
	 * @return lanes that have not started
	 */
	Simulation open(LaneStreams streams);

	/**
	 * Whether equal tasks, streams and actions always give the same episode. If so, an interrupted run continues as if it
	 * had not been interrupted: the episodes under way are repeated. If not, such an episode is lost and the lane begins
	 * another one on its task, and every result says that another run may give another result.
	 *
	 * @return by default true
	 */
	default boolean deterministic() {
		return true;
	}

	/**
	 * A simulator for an environment of either kind.
	 *
	 * @param environment the environment
	 * @return the environment itself if it is a simulator, otherwise a simulator of the dynamics
	 */
	static Simulator of(EnvironmentDescription environment) {
		return switch (environment) {
			case Dynamics dynamics -> new DynamicsSimulator(dynamics);
			case Simulator simulator -> simulator;
		};
	}
}
