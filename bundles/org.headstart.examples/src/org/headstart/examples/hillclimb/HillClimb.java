package org.headstart.examples.hillclimb;

import java.util.List;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;

/** Perturbs the policy's weights at random and keeps a perturbation if its score is at least as high. Needs no gradient. */
public final class HillClimb implements Learner<HillClimbSettings> {

	@Override
	public List<NetworkDescription> networks(HillClimbSettings settings, ObservationSpace observation, ActionSpace actions) {
		int outputs = ActionDistribution.of(actions).headSize();
		Trunk trunk = new Trunk("policy", List.of(Head.policy(outputs, 0.01)));
		return List.of(NetworkDescription.of(observation, List.of(trunk), new Optimizer.Sgd()));
	}

	@Override
	public int lanes(HillClimbSettings settings) {
		return settings.episodes();
	}

	@Override
	public Agent agent(HillClimbSettings settings, AgentSite site) {
		return new HillClimbAgent(settings, site);
	}
}
