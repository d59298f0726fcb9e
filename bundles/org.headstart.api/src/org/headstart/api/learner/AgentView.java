package org.headstart.api.learner;

import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;

/**
 * An agent's views in training and in evaluation, and the duration of its recurrent state. Both views show the same parts;
 * their trials may differ.
 *
 * @param training   the view of the lanes for training
 * @param evaluation the view of the lanes for evaluation
 * @param memory     the duration of the recurrent state; ignored for a network without one
 */
public record AgentView(View training, View evaluation, Memory memory) {

	/** The environment's observation, with a new task for each episode. */
	public static final AgentView PLAIN = new AgentView(View.PLAIN, View.PLAIN, Memory.TRIAL);

	/** The duration of the recurrent state. */
	public enum Memory {
		/** Through all episodes of a trial, as in RL². */
		TRIAL,
		/** Until the episode ends. */
		EPISODE,
		/** One step: every step begins with the zero state, so that the network computes a feed-forward function of the observation. */
		STEP
	}

	/** Checks. */
	public AgentView {
		if (training.history() != evaluation.history() || training.task() != evaluation.task()) {
			throw new IllegalArgumentException("training and evaluation must show the same parts");
		}
	}

	/**
	 * The environment's observation alone, in trials of several episodes.
	 *
	 * @param episodes number of episodes of a trial
	 * @return the view
	 */
	public static AgentView plain(int episodes) {
		return same(new View(Trial.of(episodes), false, false), Memory.TRIAL);
	}

	/**
	 * The same view for training and evaluation.
	 *
	 * @param view   the view
	 * @param memory the duration of the recurrent state
	 * @return the agent's view
	 */
	public static AgentView same(View view, Memory memory) {
		return new AgentView(view, view, memory);
	}
}
