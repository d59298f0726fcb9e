package org.headstart.api.environment;

/** The actions that an agent may take: one of n actions, several such choices, or a real vector. */
public sealed interface ActionSpace permits BoxSpace, DiscreteSpace, MultiDiscreteSpace {

	/** @return the number of actions of each choice, [choices]; empty in a box. Callers must not change it */
	int[] counts();
}
