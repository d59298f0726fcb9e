package org.headstart.strategies;

import org.headstart.api.learner.AgentView;
import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Rl2}.
 *
 * @param memory   the duration of the recurrent state
 * @param history  whether the agent is shown the previous action, reward and episode end
 * @param seesTask whether it is shown the task
 */
public record Rl2Settings(
		@Setting(value = "Duration of the recurrent state of a recurrent backbone (lstm): trial, episode, or none "
				+ "(the same network without recurrence). It has no effect on a feed-forward backbone",
				byDefault = "trial") Memory memory,
		@Setting(value = "Show the agent the previous action, the previous reward and whether an episode has just ended",
				byDefault = "true") boolean history,
		@Setting(value = "Show the agent the task's parameters: the oracle, which need not infer them",
				byDefault = "false") boolean seesTask) {

	/** The duration of the recurrent state. */
	public enum Memory {
		/** A trial: RL². */
		TRIAL,
		/** An episode. */
		EPISODE,
		/** A single step: no recurrence. */
		NONE;

		AgentView.Memory ofView() {
			return switch (this) {
				case TRIAL -> AgentView.Memory.TRIAL;
				case EPISODE -> AgentView.Memory.EPISODE;
				case NONE -> AgentView.Memory.STEP;
			};
		}
	}
}
