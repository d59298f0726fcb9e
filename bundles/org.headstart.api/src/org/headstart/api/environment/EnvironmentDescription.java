package org.headstart.api.environment;

import java.util.List;
import java.util.Optional;

/**
 * The description of an environment that has not been started: its observations, its actions, the length of an episode. Its
 * methods start no process and open no file. Immutable and thread-safe.
 *
 * <p>There are two kinds: {@link Dynamics}, which move arrays of states, and a {@link Simulator}, which has lanes of its
 * own, for example a physics world or an external process.
 */
public sealed interface EnvironmentDescription permits Dynamics, Simulator {

	/** @return the parts of the observation, numbers and images, with unique names. The same list in every call */
	List<ObservationPart> observationParts();

	/** @return the action space */
	ActionSpace actionSpace();

	/** @return doubles in one task's parameters ω; by default 0, for an environment of a single task */
	default int parameterCount() {
		return 0;
	}

	/** @return steps after which an episode is truncated */
	int maxEpisodeSteps();

	/** @return numbers that describe the end of an episode beside its return; by default none. The same list in every call */
	default List<Outcome> outcomes() {
		return List.of();
	}

	/** @return the numbers to draw of single episodes, if any */
	default Optional<Trace> trace() {
		return Optional.empty();
	}
}
