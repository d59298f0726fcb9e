package org.headstart.api.loss;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;

/**
 * The surroundings of a loss.
 *
 * @param network          the network with the policy's head and the loss's own heads
 * @param observationSpace the agent's observation space; windows hold the network's inputs, which may be normalised
 * @param actionSpace      the action space
 * @param streams          the root of its randomness
 */
public record LossSite(Network network, ObservationSpace observationSpace, ActionSpace actionSpace, RandomStreams streams) {}
