package org.headstart.environments.point;

/** What an action of 1 means. */
public enum StepUnit {
	/** The longest step, 0.1: actions in [−1, 1], as in the authors' experiments, which wrap the task in rllab's normalize. */
	MAX_STEP,
	/** The plane's unit: actions in [−0.1, 0.1], as the task itself has it. */
	PLANE
}
