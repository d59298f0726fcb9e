package org.headstart.api.environment;

/** What an agent may do: choose one of n, make several such choices, or give a real vector. */
public sealed interface ActionSpace permits BoxSpace, DiscreteSpace, MultiDiscreteSpace {

	/** @return how many actions each choice has, [choices]; empty in a box. Not to be written to */
	int[] counts();
}
