package org.headstart.strategies.maml;

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
 * MAML's learner: it learns by meta-gradients of trials. Its network has one trunk with one head; the baseline is linear and
 * not part of the network.
 */
final class MamlLearner implements Learner<MamlLearner.Settings> {

	static final Optimizer.Adam ADAM = new Optimizer.Adam(0.9, 0.999, 1e-5);

	/** A small gain, for a first policy close to uniform or to the box's middle. */
	private static final double POLICY_GAIN = 0.01;

	/**
	 * The user's settings and the tasks' horizon.
	 *
	 * @param maml    the strategy's settings
	 * @param horizon steps of the longest episode
	 */
	record Settings(MamlSettings maml, int horizon) {}

	@Override
	public List<NetworkDescription> networks(Settings settings, ObservationSpace observation, ActionSpace actions) {
		Trunk trunk = new Trunk("policy", List.of(Head.policy(ActionDistribution.of(actions).headSize(), POLICY_GAIN)));
		return List.of(NetworkDescription.of(observation, List.of(trunk), ADAM));
	}

	@Override
	public int lanes(Settings settings) {
		return settings.maml().metaBatch() * settings.maml().trajectories();
	}

	/** {@inheritDoc} All lanes of a trial continue to the end of its longest episode. */
	@Override
	public Experience experience(Settings settings) {
		return new Experience((long) lanes(settings) * settings.horizon() * (settings.maml().trainedInnerSteps() + 1), true);
	}

	@Override
	public Agent agent(Settings settings, AgentSite site) {
		return new MamlAgent(settings.maml(), settings.horizon(), site);
	}
}
