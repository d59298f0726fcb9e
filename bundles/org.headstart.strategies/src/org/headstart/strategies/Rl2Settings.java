package org.headstart.strategies;

import org.headstart.api.learner.AgentView;
import org.headstart.api.settings.Setting;

/**
 * Settings of {@link Rl2}.
 *
 * @param memory   how long a recurrent backbone remembers
 * @param history  whether the agent is shown previous action, reward and end
 * @param seesTask whether it is shown the task
 */
public record Rl2Settings(
		@Setting(value = "How long a recurrent backbone (lstm) remembers: for the trial, until the episode ends, or not at all "
				+ "(none: the same network, without recurrence). A backbone without memory is the same with each of them",
				byDefault = "trial") Memory memory,
		@Setting(value = "Show the agent the previous action, the previous reward and whether an episode has just ended",
				byDefault = "true") boolean history,
		@Setting(value = "Show the agent the task's parameters: the oracle, which need not infer them",
				byDefault = "false") boolean seesTask) {

	/** How long the recurrent state lasts. */
	public enum Memory {
		/** For the trial: RL². */
		TRIAL,
		/** Until the episode ends: within an episode only. */
		EPISODE,
		/** Not at all. */
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
