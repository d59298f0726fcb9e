package org.headstart.environments.maze;

import org.headstart.api.settings.Setting;

/**
 * Settings of {@link GridMaze}.
 *
 * @param size              cells along each side
 * @param loops             share of the inner walls that are removed from a maze without loops
 * @param trainLayouts      layouts to learn on
 * @param validationLayouts layouts to choose settings on
 * @param testLayouts       layouts to judge on
 * @param splitSeed         seed of the three lists
 * @param maxEpisodeSteps   time limit
 */
public record GridMazeSettings(
		@Setting(value = "Cells along each side; the paper's mazes have 5 and 9", byDefault = "5", min = 4, max = 31) int size,
		@Setting(value = "Share of the inner walls that are removed from a maze without loops", byDefault = "0.1",
				min = 0, max = 1) double loops,
		@Setting(value = "Training layouts", byDefault = "1000", min = 1, max = 10_000) int trainLayouts,
		@Setting(value = "Validation layouts; 0 for no such set", byDefault = "200", min = 0, max = 10_000) int validationLayouts,
		@Setting(value = "Test layouts", byDefault = "1000", min = 1, max = 10_000) int testLayouts,
		@Setting(value = "Seed of the three lists of layouts, independent of the experiment's seeds", byDefault = "0") long splitSeed,
		@Setting(value = "Steps after which an episode is truncated", byDefault = "250", unit = "steps", min = 1,
				plausibleMax = 1e5) int maxEpisodeSteps) {}
