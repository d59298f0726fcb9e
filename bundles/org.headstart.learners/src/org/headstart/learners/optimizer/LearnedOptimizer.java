package org.headstart.learners.optimizer;

import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
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
 * Learns to optimise: a network that reads a gradient and gives the update, one coordinate at a time, with the same weights
 * and a recurrent state of its own for each coordinate (Andrychowicz et al. 2016, arXiv 1606.04474, "Learning to learn by
 * gradient descent by gradient descent"). So a trained network can be used for any number of coordinates.
 *
 * <p>For environments whose observations are gradients ∇f(θ) and whose actions are updates of θ, of the same size. The network
 * reads 2 floats, see {@link GradientPreprocessing}, and has one head, {@value #UPDATE}; it should be recurrent ({@code lstm}).
 */
public final class LearnedOptimizer implements Learner<LearnedOptimizerSettings> {

	/** The head with a coordinate's update. */
	public static final String UPDATE = "update";

	/** A small gain, so that the first updates are small. */
	private static final double UPDATE_GAIN = 0.1;

	@Override
	public List<NetworkDescription> networks(LearnedOptimizerSettings settings, ObservationSpace observation, ActionSpace actions) {
		if (!(actions instanceof BoxSpace)) {
			throw new IllegalArgumentException("the learned optimizer's actions are update vectors; it cannot choose one of"
					+ " several actions");
		}
		BoxSpace coordinate = BoxSpace.uniform(GradientPreprocessing.SIZE, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
		Head update = new Head(UPDATE, Head.Role.POLICY, 1, UPDATE_GAIN);
		return List.of(NetworkDescription.of(coordinate, List.of(new Trunk("optimizer", List.of(update))),
				new Optimizer.Adam(0.9, 0.999, 1e-8)));
	}

	@Override
	public int lanes(LearnedOptimizerSettings settings) {
		return settings.lanes();
	}

	@Override
	public Experience experience(LearnedOptimizerSettings settings) {
		return new Experience((long) settings.lanes() * settings.unroll(), false);
	}

	@Override
	public Agent agent(LearnedOptimizerSettings settings, AgentSite site) {
		return new LearnedOptimizerAgent(settings, site);
	}
}
