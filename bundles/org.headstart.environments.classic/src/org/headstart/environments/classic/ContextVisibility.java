package org.headstart.environments.classic;

/** Whether the agent observes the physical parameters ω of its task. */
public enum ContextVisibility {
	/** It does not; it must infer them, or be robust. */
	HIDDEN,
	/** The parameters that are not fixed are appended to the observation: s′ = (s, ω). */
	SHOWN
}
