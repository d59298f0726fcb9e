package org.headstart.api.environment;

import java.util.List;

/**
 * Numbers that follow an episode step by step, to be drawn: a path in the plane, a learning rate over training.
 *
 * @param kind  how it is drawn
 * @param names what the numbers are, in kebab case. {@link Kind#PLANE}: x, y and, if there are four, the goal's x and y
 */
public record Trace(Kind kind, List<String> names) {

	/** How a trace is drawn. */
	public enum Kind {
		/** A path: the second number over the first, and a mark where the third and fourth are. */
		PLANE,
		/** Each number over the steps, linear. */
		OVER_STEPS,
		/** Each number over the steps, logarithmic; all are positive. */
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
