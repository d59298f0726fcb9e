package org.headstart.learners.ppo;

import java.util.List;

import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;

/**
 * Proximal policy optimization with the clipped surrogate objective (Schulman et al. 2017, arXiv 1707.06347).
 *
 * <p>Acts in discrete and multi-discrete spaces (categorical policy) and boxes (diagonal Gaussian with state-independent standard
 * deviations). Its network has a policy head, with one logit for each choice's actions or the mean of each action component, and a
 * value head, each on a trunk of its own or both on one named {@code shared}.
 */
public final class Ppo implements Learner<PpoSettings> {

	/** A first policy close to uniform or to the box's middle (Huang et al. 2022, detail 2; Andrychowicz et al. 2021). */
	private static final double POLICY_GAIN = 0.01;
	private static final double VALUE_GAIN = 1;

	@Override
	public List<NetworkDescription> networks(PpoSettings settings, ObservationSpace observation, ActionSpace actions) {
		Head policy = Head.policy(ActionDistribution.of(actions).headSize(), POLICY_GAIN);
		Head value = Head.value(VALUE_GAIN);
		List<Trunk> trunks = settings.sharedBackbone() ? List.of(new Trunk("shared", List.of(policy, value)))
				: List.of(new Trunk("policy", List.of(policy)), new Trunk("value", List.of(value)));
		return List.of(NetworkDescription.of(observation, trunks, adam(settings)));
	}

	static Optimizer.Adam adam(PpoSettings settings) {
		return new Optimizer.Adam(0.9, 0.999, settings.adamEpsilon());
	}

	@Override
	public int lanes(PpoSettings settings) {
		return settings.lanes();
	}

	@Override
	public Experience experience(PpoSettings settings) {
		return new Experience((long) settings.lanes() * settings.rolloutSteps(), false);
	}

	@Override
	public boolean appliesLosses() {
		return true;
	}

	@Override
	public Agent agent(PpoSettings settings, AgentSite site) {
		return new PpoAgent(settings, site);
	}
}
