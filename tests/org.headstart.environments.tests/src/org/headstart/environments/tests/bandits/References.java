package org.headstart.environments.tests.bandits;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;

/** Plays trials with a family's reference algorithms. */
public final class References {

	private static final int LANES = 50;

	private final TaskFamily family;
	private final int episodes;

	/** Trials of so many episodes. */
	public References(TaskFamily family, int episodes) {
		this.family = family;
		this.episodes = episodes;
	}

	/** Of an algorithm with its default parameter. */
	public Play play(String name, int trials) {
		return play(name, family.reference(name).defaultParameter(), trials);
	}

	/** Over test tasks, a whole multiple of 50 trials. */
	public Play play(String name, double parameter, int trials) {
		Lanes lanes = new Lanes(family, episodes, name, parameter, LANES, 5);
		double sum = 0;
		double[] outcomes = new double[family.environment().outcomes().size()];
		int[] ended = new int[LANES];
		double[] returns = new double[LANES];
		for (int done = 0; done < trials;) {
			lanes.step();
			for (int lane = 0; lane < LANES; lane++) {
				returns[lane] += lanes.environment.rewards()[lane];
				if (lanes.environment.terminated()[lane]) {
					// as many of each lane, or short trials would count more often
					if (ended[lane]++ < trials / LANES) {
						done++;
						sum += returns[lane];
						for (int i = 0; i < outcomes.length; i++) {
							outcomes[i] += lanes.environment.finalOutcomes()[lane * outcomes.length + i] / trials;
						}
					}
					returns[lane] = 0;
				}
			}
		}
		return new Play(sum / trials, outcomes);
	}

	/** An algorithm with its default parameter at work on test tasks. */
	public Lanes lanes(String name, int lanes, long seed) {
		return new Lanes(family, episodes, name, family.reference(name).defaultParameter(), lanes, seed);
	}

	/** Means over trials. */
	public record Play(double meanReturn, double[] outcomes) {}

	/** A reference algorithm at work. */
	public static final class Lanes {

		/** What it plays. */
		public final VectorEnvironment environment;
		/** What it did last. */
		public final ActionBatch actions;
		private final Policy policy;

		private Lanes(TaskFamily family, int episodes, String name, double parameter, int lanes, long seed) {
			ReferenceAlgorithm algorithm = family.reference(name);
			View view = new View(Trial.of(episodes), true, algorithm.seesTask());
			RandomStreams streams = new RandomStreams(seed);
			environment = family.vectorEnvironment(lanes, family.taskSet("test").sampler(), streams, view);
			environment.reset();
			policy = algorithm.maker().policy(lanes,
					new ReferenceSite(family, view, parameter, environment, streams.under("policy")));
			policy.begin(environment);
			actions = new ActionBatch(environment.actionSpace(), lanes);
		}

		/** One step in every lane. */
		public void step() {
			policy.act(environment, actions);
			environment.step(actions);
			policy.observe(environment);
		}
	}
}
