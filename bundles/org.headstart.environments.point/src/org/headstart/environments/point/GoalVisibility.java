package org.headstart.environments.point;

/** Whether the agent observes the goal. */
public enum GoalVisibility {
	/** It does not; it must infer the goal from past positions, actions and rewards. */
	HIDDEN,
	/** The observation ends with the goal: (x, y, goal.x, goal.y). */
	SHOWN
}
