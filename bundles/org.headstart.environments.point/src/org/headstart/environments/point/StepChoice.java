package org.headstart.environments.point;

/** The kind of the actions. */
public enum StepChoice {
	/** A vector, clipped to the longest step per axis. */
	CONTINUOUS,
	/** One of nine actions: 0 stays, 1 to 8 step in the directions 0°, 45°, …, 315°; diagonal steps have the full length on both axes. */
	DISCRETE
}
