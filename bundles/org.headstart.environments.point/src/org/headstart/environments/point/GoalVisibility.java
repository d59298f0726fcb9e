package org.headstart.environments.point;

/** Whether the agent sees where the goal is. */
public enum GoalVisibility {
	/** It does not; it must infer it from past positions, actions and rewards. */
	HIDDEN,
	/** The goal is the end of the observation: (x, y, goal.x, goal.y). */
	SHOWN
}
