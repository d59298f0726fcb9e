package org.headstart.api.environment;

import java.util.List;
import java.util.Optional;

/**
 * What is known of an environment before anything of it runs: what is observed, what may be done, how long an episode is. Asking
 * starts nothing and opens no file. Immutable and thread-safe.
 *
 * <p>It is {@link Dynamics}, a law over arrays of states of which the lanes are made, or a {@link Simulator}, which has lanes of its
 * own: a physics world, a process outside.
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

	/** @return what beside the return tells how an episode ended; by default nothing. The same list in every call */
	default List<Outcome> outcomes() {
		return List.of();
	}

	/** @return what to draw of single episodes, if anything */
	default Optional<Trace> trace() {
		return Optional.empty();
	}
}
