package org.headstart.api.environment;

/** What an agent may do: choose one of n, or give a real vector. */
public sealed interface ActionSpace permits BoxSpace, DiscreteSpace {
}
