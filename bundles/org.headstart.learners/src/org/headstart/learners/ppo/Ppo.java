package org.headstart.learners.ppo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.headstart.api.backbone.Layers;
import org.headstart.api.distribution.ActionDistribution;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;

/**
 * Proximal policy optimization with the clipped surrogate objective (Schulman et al. 2017, arXiv 1707.06347).
 *
 * <p>It acts in discrete and multi-discrete spaces (categorical policy) and in boxes (diagonal Gaussian with
 * state-independent standard deviations). Its network has a policy head, with a logit for each action of each choice or a
 * mean for each action component, and a value head. Each head has a trunk of its own, or both share one named
 * {@code shared}.
 *
 * <p>It reads numbers, one image of bytes, or both. The image is stored as bytes in the lanes, the rollout and the network's
 * input, and the backbone reads it. A dense layer of {@value #JOINING_UNITS} tanh units joins numbers beside the image, for
 * example a history, to the backbone's features.
 */
public final class Ppo implements Learner<PpoSettings> {

	/** A small gain, for a first policy close to uniform or to the box's middle (Huang et al. 2022, detail 2; Andrychowicz et al. 2021). */
	private static final double POLICY_GAIN = 0.01;
	private static final double VALUE_GAIN = 1;
	private static final int JOINING_UNITS = 64;
	/** The input for the numbers beside an image. */
	private static final String NUMBERS = "numbers";

	@Override
	public List<NetworkDescription> networks(PpoSettings settings, ObservationSpace observation, ActionSpace actions) {
		Head policy = Head.policy(ActionDistribution.of(actions).headSize(), POLICY_GAIN);
		Head value = Head.value(VALUE_GAIN);
		List<Trunk> trunks = settings.sharedBackbone() ? List.of(new Trunk("shared", List.of(policy, value)))
				: List.of(new Trunk("policy", List.of(policy)), new Trunk("value", List.of(value)));
		List<ObservationPart> images = observation.images();
		if (images.isEmpty()) {
			return List.of(NetworkDescription.of(observation, trunks, adam(settings)));
		}
		if (images.size() > 1) {
			throw new IllegalArgumentException("PPO reads one image, and numbers beside it; the observation has the images "
					+ images.stream().map(image -> "'" + image.name() + "'").collect(Collectors.joining(", ")));
		}
		if (observation.rowSize() == 0) {
			return List.of(NetworkDescription.of(images.get(0), trunks, adam(settings)));
		}
		Layers joining = Layers.tanh(JOINING_UNITS);
		List<Trunk> joined = new ArrayList<>();
		for (Trunk trunk : trunks) {
			Trunk image = new Trunk(trunk.name() + "-image", List.of());
			joined.add(image);
			joined.add(new Trunk(trunk.name(), joining, List.of(image.name(), NUMBERS), trunk.heads()));
		}
		return List.of(new NetworkDescription(NetworkDescription.ONLY, Optional.of(images.get(0)),
				List.of(Input.vector(NUMBERS, observation.rowSize())), joined, adam(settings)));
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
	public boolean weighsTrials() {
		return true;
	}

	@Override
	public Agent agent(PpoSettings settings, AgentSite site) {
		return new PpoAgent(settings, site);
	}
}
