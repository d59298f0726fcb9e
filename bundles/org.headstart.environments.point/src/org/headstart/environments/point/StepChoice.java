package org.headstart.environments.point;

/** How the agent says where to step. */
public enum StepChoice {
	/** A vector, clipped to the longest step per axis. */
	CONTINUOUS,
	/** One of nine: 0 stays, 1 to 8 step in the directions 0°, 45°, …, 315°; the diagonal ones step on both axes. */
	DISCRETE
}
