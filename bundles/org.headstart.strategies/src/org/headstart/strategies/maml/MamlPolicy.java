package org.headstart.strategies.maml;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStream;

/**
 * MAML's policy in an evaluation: it plays the first episode of a trial with the agent's parameters and makes one inner step
 * after each episode, from all lanes of the task. Tasks are independent of each other.
 *
 * <p>Inner steps need exploration, so actions are sampled. A greedy policy takes the most likely actions only in the trial's
 * last episode, since no inner step follows.
 */
final class MamlPolicy implements Policy {

	private final MamlSettings settings;
	private final Network network;
	private final double[] logStd;
	private final PolicyGradient gradients;
	private final Advantages advantages;
	private final Actor actor;
	private final Episode episode;
	private final PolicyVector initial;
	private final PolicyVector[] adapted;
	private final boolean greedy;
	private final int episodes;
	private final RandomStream random;
	/** The present episode's index in the trial, from 0; equal to the number of inner steps made. */
	private int number;

	MamlPolicy(MamlSettings settings, Network network, double[] logStd, PolicyGradient gradients, Advantages advantages, Actor actor,
			Episode episode, int episodes, boolean greedy, RandomStream random) {
		this.settings = settings;
		this.network = network;
		this.logStd = logStd;
		this.gradients = gradients;
		this.advantages = advantages;
		this.actor = actor;
		this.episode = episode;
		this.episodes = episodes;
		this.greedy = greedy;
		this.random = random;
		initial = new PolicyVector(network.parameterVectorSize(), logStd.length);
		adapted = new PolicyVector[episode.tasks];
		for (int task = 0; task < adapted.length; task++) {
			adapted[task] = initial.another();
		}
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		boolean last = greedy && number == episodes - 1;
		if (number == 0) {
			actor.act(observations, logStd, last, random, actions);
		} else {
			network.copyParameters(initial.network);
			actor.act(observations, adapted, last, random, actions);
			network.setParameters(initial.network);
		}
	}

	@Override
	public void observe(Lanes environment) {
		actor.observe(environment, episode);
		if (!environment.episodeEnded()[0]) {
			return;
		}
		if (environment.terminated()[0] || environment.truncated()[0]) {
			number = 0;
		} else {
			network.copyParameters(initial.network);
			System.arraycopy(logStd, 0, initial.logStd, 0, logStd.length);
			for (int task = 0; task < adapted.length; task++) {
				advantages.estimate(episode, task);
				gradients.innerStep(number == 0 ? initial : adapted[task], episode, task, settings.innerRate(number), adapted[task]);
			}
			network.setParameters(initial.network);
			number++;
		}
		episode.clear();
	}
}
