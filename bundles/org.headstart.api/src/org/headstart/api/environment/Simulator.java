package org.headstart.api.environment;

/**
 * An environment with lanes of its own: a world that an engine moves, a process outside, or a wrapper around another environment.
 * Where the state is an array of numbers {@link Dynamics} is less to write.
 *
 * <p>Immutable and thread-safe; all that changes, and all that must be closed, belongs to the {@link Simulation} it opens.
 */
public non-sealed interface Simulator extends EnvironmentDescription {

	/**
	 * Opens lanes. Processes, files and native memory are taken here and not before, and given back in {@link Simulation#close}.
	 *
	 * @param streams how many lanes, and their randomness
	 * @return lanes that have not started
	 */
	Simulation open(LaneStreams streams);

	/**
	 * Whether equal tasks, streams and actions always give the same episode. If so, a run goes on after an interruption as if there had
	 * been none: an episode under way is repeated. If not, such an episode is lost and the lane begins another on its task, and
	 * every result says that running it again may give another one.
	 *
	 * @return by default true
	 */
	default boolean deterministic() {
		return true;
	}

	/**
	 * The lanes of an environment, whichever kind it is.
	 *
	 * @param environment the environment
	 * @return it, or lanes made of its law
	 */
	static Simulator of(EnvironmentDescription environment) {
		return switch (environment) {
			case Dynamics dynamics -> new DynamicsSimulator(dynamics);
			case Simulator simulator -> simulator;
		};
	}
}
