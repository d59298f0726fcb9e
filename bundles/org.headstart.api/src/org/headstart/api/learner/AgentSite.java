package org.headstart.api.learner;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;

/**
 * What an agent works with.
 *
 * @param network          its network, with the heads that the learner asked for
 * @param observationSpace what it sees: the environment's observation and what the view adds
 * @param actionSpace      what it may do
 * @param streams          the root of its randomness
 * @param plannedSteps     how many environment steps the agent's training is planned for; schedules run over them
 * @param view             what it is shown, and how long it remembers
 */
public record AgentSite(Network network, BoxSpace observationSpace, ActionSpace actionSpace, RandomStreams streams,
		long plannedSteps, AgentView view) {

	/**
	 * The site of an agent with the plain view.
	 *
	 * @param network          its network
	 * @param observationSpace what it sees
	 * @param actionSpace      what it may do
	 * @param streams          the root of its randomness
	 * @param plannedSteps     how many environment steps its training is planned for
	 */
	public AgentSite(Network network, BoxSpace observationSpace, ActionSpace actionSpace, RandomStreams streams,
			long plannedSteps) {
		this(network, observationSpace, actionSpace, streams, plannedSteps, AgentView.PLAIN);
	}
}
