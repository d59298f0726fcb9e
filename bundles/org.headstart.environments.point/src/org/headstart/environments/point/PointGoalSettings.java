package org.headstart.environments.point;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link PointGoal}.
 *
 * @param goal            whether the agent sees the goal
 * @param actions         kind of the actions
 * @param halfWidth       extent of the plane: [−halfWidth, halfWidth]²
 * @param maxStep         longest step per axis
 * @param successRadius   distance at which the goal counts as reached
 * @param endAtGoal       whether reaching the goal terminates the episode
 * @param split           the way in which goals are held out
 * @param sample          sizes of split {@code sample}
 * @param sector          sizes of split {@code sector}
 * @param ring            sizes of split {@code ring}
 * @param maxEpisodeSteps time limit
 */
public record PointGoalSettings(
		@Setting(value = "Whether the goal is part of the observation; if not, it must be inferred from the rewards",
				byDefault = "shown") GoalVisibility goal,
		@Setting(value = "Kind of the actions: a vector (continuous), or one of eight directions or staying (discrete)",
				byDefault = "continuous") StepChoice actions,
		@Setting(value = "Half the width of the square plane, whose centre is the start", byDefault = "10.0",
				min = 0.001, max = 1e6) double halfWidth,
		@Setting(value = "Longest step along each axis", byDefault = "1.0", min = 1e-6, max = 1e6) double maxStep,
		@Setting(value = "Distance at which the goal counts as reached; no goal is closer to the start",
				byDefault = "0.75", min = 0, plausibleMax = 1e6) double successRadius,
		@Setting(value = "Whether reaching the goal ends the episode", byDefault = "true") boolean endAtGoal,
		@Setting(value = "Goals are held out by sample, by direction (sector) or by distance (ring)", byDefault = "sample") GoalSplit split,
		@Setting(value = "Split sample: numbers of goals", byDefault = "{}") SampleSplit sample,
		@Setting(value = "Split sector: held-out directions", byDefault = "{}") SectorSplit sector,
		@Setting(value = "Split ring: held-out distances", byDefault = "{}") RingSplit ring,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "50", unit = "steps", min = 1,
				plausibleMax = 1e5) int maxEpisodeSteps) {}
