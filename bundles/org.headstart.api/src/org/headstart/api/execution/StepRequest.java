package org.headstart.api.execution;

import java.util.List;

/**
 * A step that an executor is asked to run.
 *
 * @param key              its key in the frozen plan, by which a worker runs it
 * @param kind             what it does
 * @param label            for people, for example {@code "adapt scratch to point-goal/test, seed 3"}
 * @param needs            keys of the steps whose results it builds on and that have none yet. Each was handed over before it; there
 *                         are none unless the execution {@linkplain Execution#heedsNeeds heeds needs}
 * @param environmentSteps environment steps that it takes, in training and, at most, in evaluations, from its beginning; an example or an update that is
 *                         learned from counts as one:
 *                         for an order or a limit of time, not exact; {@link Long#MAX_VALUE} where they are more
 */
public record StepRequest(String key, Kind kind, String label, List<String> needs, long environmentSteps) {

	/** What a step does. */
	public enum Kind {
		/** Learns on the sources. */
		ACQUIRE,
		/** Makes an agent for a target. */
		ADAPT
	}

	/** Defensive copy. */
	public StepRequest {
		needs = List.copyOf(needs);
	}
}
