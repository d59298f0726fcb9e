package org.headstart.api.loss;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;

/**
 * What a loss works with.
 *
 * @param network          the network that bears the policy's head and its own
 * @param observationSpace what the agent sees; windows hold what the network reads, which may be normalised
 * @param actionSpace      what it may do
 * @param streams          the root of its randomness
 */
public record LossSite(Network network, ObservationSpace observationSpace, ActionSpace actionSpace, RandomStreams streams) {}
