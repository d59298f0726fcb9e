package org.headstart.learners.ppo;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.Experience;
import org.headstart.api.learner.Learner;
import org.headstart.api.network.Head;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;

/**
 * Proximal policy optimization with the clipped surrogate objective (Schulman et al. 2017, arXiv 1707.06347).
 *
 * <p>Acts in discrete spaces (categorical policy) and boxes (diagonal Gaussian with state-independent standard deviations).
 * Needs the heads {@value #POLICY} and {@value #VALUE}, each on a trunk of its own or both on one named {@code shared}.
 */
public final class Ppo implements Learner<PpoSettings> {

	/** The head with one logit an action, or the mean of each action component. */
	public static final String POLICY = "policy";
	/** The head with the state's value. */
	public static final String VALUE = "value";

	/** A first policy close to uniform or to the box's middle (Huang et al. 2022, detail 2; Andrychowicz et al. 2021). */
	private static final double POLICY_GAIN = 0.01;
	private static final double VALUE_GAIN = 1;

	@Override
	public List<Trunk> trunks(PpoSettings settings, ActionSpace actions) {
		int size = switch (actions) {
			case DiscreteSpace discrete -> discrete.count();
			case BoxSpace box -> box.size();
		};
		Head policy = new Head(POLICY, size, POLICY_GAIN);
		Head value = new Head(VALUE, 1, VALUE_GAIN);
		return settings.sharedBackbone() ? List.of(new Trunk("shared", List.of(policy, value)))
				: List.of(new Trunk(POLICY, List.of(policy)), new Trunk(VALUE, List.of(value)));
	}

	@Override
	public Optimizer optimizer(PpoSettings settings) {
		return adam(settings);
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
	public Agent agent(PpoSettings settings, AgentSite site) {
		return new PpoAgent(settings, site);
	}
}
