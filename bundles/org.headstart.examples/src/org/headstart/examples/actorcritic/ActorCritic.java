package org.headstart.examples.actorcritic;

import java.util.List;
import java.util.Optional;

import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;
import org.headstart.api.network.Input;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.nd4j.linalg.activations.Activation;

/**
 * Deterministic policy gradients (Silver et al. 2014) with target networks (Lillicrap et al. 2016), learned from the last rollout: a
 * critic Q(s, a) with the action as an input, and an actor that follows the gradient of Q with respect to the action.
 */
public final class ActorCritic implements Learner<ActorCriticSettings> {

	static final String ACTOR = "actor";
	static final String CRITIC = "critic";

	private static final Optimizer ADAM = new Optimizer.Adam(0.9, 0.999, 1e-8);

	@Override
	public List<NetworkDescription> networks(ActorCriticSettings settings, ObservationSpace observation, ActionSpace actions) {
		if (!(actions instanceof BoxSpace box)) {
			throw new IllegalArgumentException(
					"the actor needs the gradient with respect to the action, so it acts in boxes and not in choices");
		}
		Trunk policy = new Trunk("policy", List.of(Head.policy(box.size(), 0.01)));
		Trunk features = new Trunk("features", List.of());
		Trunk judgement = new Trunk("judgement", new Layers.Dense(List.of(32), Activation.TANH), List.of("features", "action"),
				List.of(new Head("q", Role.VALUE, 1, 1)));
		Optional<ObservationPart> seen = Optional.of(ObservationPart.numbers("numbers", observation.numbers()));
		return List.of(new NetworkDescription(ACTOR, seen, List.of(), List.of(policy), ADAM),
				new NetworkDescription(CRITIC, seen, List.of(Input.vector("action", box.size())),
						List.of(features, judgement), ADAM));
	}

	@Override
	public int lanes(ActorCriticSettings settings) {
		return settings.lanes();
	}

	@Override
	public Experience experience(ActorCriticSettings settings) {
		return new Experience((long) settings.lanes() * settings.rolloutSteps(), false);
	}

	@Override
	public Agent agent(ActorCriticSettings settings, AgentSite site) {
		return new ActorCriticAgent(settings, site);
	}
}
