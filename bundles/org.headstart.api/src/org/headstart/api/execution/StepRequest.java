package org.headstart.api.execution;

import java.util.List;

/**
 * A step to be run by an executor.
 *
 * @param key              its key in the frozen plan; a worker is given this key
 * @param kind             the kind of step
 * @param label            for people, for example {@code "adapt scratch to point-goal/test, seed 3"}
 * @param needs            keys of the steps that it builds on and that have no result yet. Each of them was submitted before
 *                         it; always empty unless the execution {@linkplain Execution#heedsNeeds heeds needs}
 * @param environmentSteps an estimate of the environment steps of training and (at most) of evaluations from its beginning,
 *                         for ordering steps and for time limits; each example or update of a learner that counts in these
 *                         counts as one step; {@link Long#MAX_VALUE} if there are more
 */
public record StepRequest(String key, Kind kind, String label, List<String> needs, long environmentSteps) {

	/** The kinds of steps. */
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
