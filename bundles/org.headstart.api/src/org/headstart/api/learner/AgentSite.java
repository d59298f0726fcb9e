package org.headstart.api.learner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.experience.ChunkStore;
import org.headstart.api.experience.MemoryChunks;
import org.headstart.api.loss.WeightedLoss;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.random.RandomStreams;

/**
 * What an agent works with.
 *
 * @param networks         its networks by name, as the learner described them and in that order
 * @param observationSpace what it sees: the environment's observation and what the view adds
 * @param actionSpace      what it may do
 * @param streams          the root of its randomness
 * @param plannedSteps     how many environment steps the agent's training is planned for, or units of the learner's other budget;
 *                         schedules run over them
 * @param view             what it is shown, and how long it remembers
 * @param chunks           where large parts of its state lie beside checkpoints, such as replay
 * @param losses           losses to apply beside its own; none for learners that do not {@linkplain Learner#appliesLosses apply} any
 */
public record AgentSite(Map<String, Network> networks, ObservationSpace observationSpace, ActionSpace actionSpace,
		RandomStreams streams, long plannedSteps, AgentView view, ChunkStore chunks, List<WeightedLoss> losses) {

	/** Defensive copies, in the same order. */
	public AgentSite {
		losses = List.copyOf(losses);
		networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
	}

	/**
	 * @param name a name from the learner's description
	 * @return the network of that name
	 */
	public Network network(String name) {
		Network network = networks.get(name);
		if (network == null) {
			throw new IllegalArgumentException("there is no network '" + name + "'; there are " + networks.keySet());
		}
		return network;
	}

	/** @return the network of a learner that described one, by {@link NetworkDescription#of} */
	public Network network() {
		return network(NetworkDescription.ONLY);
	}

	/**
	 * The same site with losses to apply.
	 *
	 * @param applied the losses
	 * @return the site
	 */
	public AgentSite with(List<WeightedLoss> applied) {
		return new AgentSite(networks, observationSpace, actionSpace, streams, plannedSteps, view, chunks, applied);
	}

	/**
	 * The site of an agent with one network, whose chunks stay in memory.
	 *
	 * @param network          its network
	 * @param observationSpace what it sees
	 * @param actionSpace      what it may do
	 * @param streams          the root of its randomness
	 * @param plannedSteps     how many environment steps its training is planned for
	 * @param view             what it is shown, and how long it remembers
	 */
	public AgentSite(Network network, ObservationSpace observationSpace, ActionSpace actionSpace, RandomStreams streams,
			long plannedSteps, AgentView view) {
		this(Map.of(NetworkDescription.ONLY, network), observationSpace, actionSpace, streams, plannedSteps, view, new MemoryChunks(),
				List.of());
	}

	/**
	 * The site of an agent with one network and the plain view, whose chunks stay in memory.
	 *
	 * @param network          its network
	 * @param observationSpace what it sees
	 * @param actionSpace      what it may do
	 * @param streams          the root of its randomness
	 * @param plannedSteps     how many environment steps its training is planned for
	 */
	public AgentSite(Network network, ObservationSpace observationSpace, ActionSpace actionSpace, RandomStreams streams,
			long plannedSteps) {
		this(network, observationSpace, actionSpace, streams, plannedSteps, AgentView.PLAIN);
	}
}
