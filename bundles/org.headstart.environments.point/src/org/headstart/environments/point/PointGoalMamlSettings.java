package org.headstart.environments.point;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link PointGoalMaml}. The defaults are the authors'.
 *
 * @param goal            whether the agent sees the goal
 * @param stepUnit        the length of an action of 1
 * @param validationGoals number of validation goals; 0 for no such set
 * @param testGoals       number of test goals
 * @param splitSeed       seed of the two lists
 * @param maxEpisodeSteps time limit
 */
public record PointGoalMamlSettings(
		@Setting(value = "Whether the goal is part of the observation; shown is the paper's oracle (context vector)",
				byDefault = "hidden") GoalVisibility goal,
		@Setting(
				value = "Length of an action of 1: the longest step, 0.1 (max-step, as in the authors' training), or 1 in the plane (plane)",
				byDefault = "max-step") StepUnit stepUnit,
		@Setting(value = "Number of validation goals, drawn once; 0 for no such set", byDefault = "40", min = 0,
				max = 10_000) int validationGoals,
		@Setting(value = "Number of test goals, drawn once; the authors' script draws 40", byDefault = "40", min = 1,
				max = 10_000) int testGoals,
		@Setting(value = "Seed of the two lists of goals, independent of the experiment's seeds", byDefault = "0") long splitSeed,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "100", unit = "steps", min = 1,
				plausibleMax = 1e5) int maxEpisodeSteps) {}
