package org.headstart.api.learner;

import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;

/**
 * What an agent is shown in training and when it is judged, and how long a recurrent one remembers. Both views show the same
 * parts; their trials may differ.
 *
 * @param training   the lanes that it learns in
 * @param evaluation the lanes that it is judged in
 * @param memory     how long the recurrent state lasts; without meaning for a network that has none
 */
public record AgentView(View training, View evaluation, Memory memory) {

	/** The environment's observation, a task for each episode. */
	public static final AgentView PLAIN = new AgentView(View.PLAIN, View.PLAIN, Memory.TRIAL);

	/** How long the recurrent state lasts. */
	public enum Memory {
		/** Through all episodes of a trial, as in RL². */
		TRIAL,
		/** Until the episode ends. */
		EPISODE,
		/** Not at all: every step begins with the zero state, so the network is a feed-forward one with the same weights. */
		STEP
	}

	/** Checks. */
	public AgentView {
		if (training.history() != evaluation.history() || training.task() != evaluation.task()) {
			throw new IllegalArgumentException("training and evaluation must show the same parts");
		}
	}

	/**
	 * The environment's observation alone, in trials of so many episodes.
	 *
	 * @param episodes of a trial
	 * @return the view
	 */
	public static AgentView plain(int episodes) {
		return same(new View(Trial.of(episodes), false, false), Memory.TRIAL);
	}

	/**
	 * One view for training and evaluation.
	 *
	 * @param view   the view
	 * @param memory how long the recurrent state lasts
	 * @return both
	 */
	public static AgentView same(View view, Memory memory) {
		return new AgentView(view, view, memory);
	}
}
