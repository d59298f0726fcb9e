package org.headstart.environments.maze;

import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStreams;

/**
 * A maze on a grid with a target to find, after the visual navigation of Duan et al. 2016 ("RL²", section 3.3). Id
 * {@code grid-maze}. Rewards are the paper's: +1 at the target, which ends the episode, −0.04 a step, −0.001 for walking
 * into a wall; an episode has at most 250 steps. Layout, target, start and heading stay the same throughout a trial, so in a
 * trial of two episodes the second one shows the agent's memory.
 *
 * <p>Unlike the paper's mazes these have no pixels. Along three rays, to the left, ahead and to the right, the agent
 * observes the number of free cells and whether the target is among them. It moves forward by one cell or turns by 90°. So
 * lengths of episodes differ from the paper's.
 *
 * <p>The sets are lists of layouts drawn once from a seed, with no layout in common.
 */
public final class GridMaze implements Environment<GridMazeSettings> {

	@Override
	public TaskFamily create(GridMazeSettings settings) {
		MazeLaw law = new MazeLaw(settings.size());
		int steps = settings.maxEpisodeSteps();
		return new TaskFamily(new GridMazeDynamics(law, steps), parameters(law), taskSets(settings, law),
				new ReturnShape(steps * (GridMazeDynamics.STEP_REWARD + GridMazeDynamics.WALL_REWARD),
						GridMazeDynamics.TARGET_REWARD + GridMazeDynamics.STEP_REWARD, Double.NaN),
				List.of(new ReferenceAlgorithm("random", "Any action", "", Double.NaN, false,
						(lanes, site) -> new RandomWalk(lanes, site.streams())),
						new ReferenceAlgorithm("shortest-path", "The shortest way, counting turns as steps; it is shown the maze", "",
								Double.NaN, true, (lanes, site) -> new ShortestPath(law, lanes,
										site.view().layout(site.family().environment())))));
	}

	private static List<ParameterGroup> parameters(MazeLaw law) {
		List<String> cells = new ArrayList<>();
		for (int y = 0; y < law.size(); y++) {
			for (int x = 0; x < law.size(); x++) {
				cells.add(x + "." + y);
			}
		}
		List<String> axes = List.of("x", "y");
		int last = law.size() - 1;
		return List.of(new ParameterGroup("right", cells, "", 0, 1, Double.NaN), new ParameterGroup("down", cells, "", 0, 1, Double.NaN),
				new ParameterGroup("target", axes, "cells", 0, last, Double.NaN),
				new ParameterGroup("start", axes, "cells", 0, last, Double.NaN),
				ParameterGroup.scalar("start.heading", "quarter turns", 0, 3, Double.NaN));
	}

	private static List<TaskSet> taskSets(GridMazeSettings settings, MazeLaw law) {
		RandomStreams streams = new RandomStreams(settings.splitSeed());
		double loops = settings.loops();
		LayoutList test = new LayoutList(settings.testLayouts(), law, loops, streams.stream("test"));
		LayoutList validation = new LayoutList(settings.validationLayouts(), law, loops, streams.stream("validation"), test);
		LayoutList train = new LayoutList(settings.trainLayouts(), law, loops, streams.stream("train"), test, validation);
		List<TaskSet> sets = new ArrayList<>();
		sets.add(new TaskSet("train", train.size() + " layouts", TaskRole.TRAIN, train, train));
		if (validation.size() > 0) {
			sets.add(new TaskSet("validation", validation.size() + " other layouts", TaskRole.VALIDATION, validation, validation));
		}
		sets.add(new TaskSet("test", test.size() + " other layouts", TaskRole.TEST, test, test));
		return sets;
	}
}
