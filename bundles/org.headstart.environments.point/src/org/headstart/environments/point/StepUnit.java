package org.headstart.environments.point;

/** The length of an action of 1. */
public enum StepUnit {
	/** The longest step, 0.1: actions in [−1, 1], as in the authors' experiments, which wrap the task in rllab's normalize. */
	MAX_STEP,
	/** The plane's unit: actions in [−0.1, 0.1], as in the task itself. */
	PLANE
}
