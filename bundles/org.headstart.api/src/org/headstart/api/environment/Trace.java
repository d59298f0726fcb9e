package org.headstart.api.environment;

import java.util.List;

/**
 * Numbers to be drawn for every step of an episode: a path in the plane, a learning rate over training.
 *
 * @param kind  how they are drawn
 * @param names the names of the numbers, in kebab case. {@link Kind#PLANE}: x, y and, if there are four, the goal's x and y
 */
public record Trace(Kind kind, List<String> names) {

	/** The way to draw a trace. */
	public enum Kind {
		/** A path: the second number over the first, and a mark at the point of the third and fourth. */
		PLANE,
		/** Each number over the steps, on a linear axis. */
		OVER_STEPS,
		/** Each number over the steps, on a logarithmic axis; all numbers are positive. */
		OVER_STEPS_LOGARITHMIC
	}

	/** Defensive copy, and a check. */
	public Trace {
		names = List.copyOf(names);
		if (names.isEmpty() || kind == Kind.PLANE && names.size() != 2 && names.size() != 4) {
			throw new IllegalArgumentException("a path needs x, y and perhaps the goal's x and y, not " + names);
		}
	}
}
