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
 * The surroundings of an agent.
 *
 * @param networks         its networks by name, in the order in which the learner described them
 * @param observationSpace the observation space, with the parts that the view adds
 * @param actionSpace      the action space
 * @param streams          the root of its randomness
 * @param plannedSteps     the planned length of its training, in environment steps or in the learner's other unit; schedules
 *                         run over it
 * @param view             its views, and the duration of its memory
 * @param chunks           the store for large parts of its state, such as replay
 * @param losses           losses to apply beside its own; empty for learners that do not
 *                         {@linkplain Learner#appliesLosses apply} losses
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

	/** @return the only network of a learner that described it by {@link NetworkDescription#of} */
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
	 * Makes the site of an agent with one network, whose chunks stay in memory.
	 *
	 * @param network          its network
	 * @param observationSpace the observation space
	 * @param actionSpace      the action space
	 * @param streams          the root of its randomness
	 * @param plannedSteps     the planned length of its training, in environment steps
	 * @param view             its views, and the duration of its memory
	 */
	public AgentSite(Network network, ObservationSpace observationSpace, ActionSpace actionSpace, RandomStreams streams,
			long plannedSteps, AgentView view) {
		this(Map.of(NetworkDescription.ONLY, network), observationSpace, actionSpace, streams, plannedSteps, view, new MemoryChunks(),
				List.of());
	}

	/**
	 * Makes the site of an agent with one network and the plain view, whose chunks stay in memory.
	 *
	 * @param network          its network
	 * @param observationSpace the observation space
	 * @param actionSpace      the action space
	 * @param streams          the root of its randomness
	 * @param plannedSteps     the planned length of its training, in environment steps
	 */
	public AgentSite(Network network, ObservationSpace observationSpace, ActionSpace actionSpace, RandomStreams streams,
			long plannedSteps) {
		this(network, observationSpace, actionSpace, streams, plannedSteps, AgentView.PLAIN);
	}
}
