package org.headstart.examples.dqn;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;

/**
 * Deep Q-learning (Mnih et al. 2015, "Human-level control through deep reinforcement learning"), with a target network that
 * follows slowly (Lillicrap et al. 2016) instead of being copied at intervals.
 */
public final class Dqn implements Learner<DqnSettings> {

	@Override
	public List<NetworkDescription> networks(DqnSettings settings, ObservationSpace observation, ActionSpace actions) {
		if (!(actions instanceof DiscreteSpace discrete)) {
			throw new IllegalArgumentException("DQN needs one choice of actions, not " + actions);
		}
		return List.of(NetworkDescription.of(observation,
				List.of(new Trunk("q", List.of(new Head("q", Role.POLICY, discrete.count(), 1)))),
				new Optimizer.Adam(0.9, 0.999, 1e-8)));
	}

	@Override
	public int lanes(DqnSettings settings) {
		return settings.lanes();
	}

	@Override
	public Agent agent(DqnSettings settings, AgentSite site) {
		return new DqnAgent(settings, site);
	}
}
