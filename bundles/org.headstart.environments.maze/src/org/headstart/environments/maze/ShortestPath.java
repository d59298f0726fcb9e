package org.headstart.environments.maze;

import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;

/**
 * Walks the shortest way to the target in the maze, which it is shown; turns count as steps. A pose is a cell and a heading;
 * a breadth-first search from the target's poses gives the remaining steps from each pose.
 */
final class ShortestPath implements Policy {

	private final MazeLaw law;
	private final View.Layout layout;
	private final int poses;
	private final double[] maze;
	private final int[] queue;
	/** Remaining steps, [lanes × poses]. */
	private final int[] left;
	/** Each lane's present pose; −1 before an episode. */
	private final int[] pose;

	ShortestPath(MazeLaw law, int lanes, View.Layout layout) {
		this.law = law;
		this.layout = layout;
		poses = law.cells() * MazeLaw.HEADINGS;
		maze = new double[law.parameters()];
		queue = new int[poses];
		left = new int[lanes * poses];
		pose = new int[lanes];
		Arrays.fill(pose, -1);
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		for (int lane = 0; lane < pose.length; lane++) {
			for (int i = 0; i < maze.length; i++) {
				maze[i] = observations[lane * layout.size() + layout.task() + i];
			}
			if (pose[lane] < 0) {
				search(lane);
				int start = law.start();
				pose[lane] = pose((int) maze[start], (int) maze[start + 1], (int) maze[start + 2]);
			}
			int here = pose[lane];
			int best = 0;
			int least = Integer.MAX_VALUE;
			for (int action = 0; action < GridMazeDynamics.ACTIONS; action++) {
				int after = after(here, action);
				if (left[lane * poses + after] < least) {
					least = left[lane * poses + after];
					best = action;
					pose[lane] = after;
				}
			}
			actions.index[lane] = best;
		}
	}

	@Override
	public void observe(Lanes environment) {
		for (int lane = 0; lane < pose.length; lane++) {
			if (environment.episodeEnded()[lane]) {
				pose[lane] = -1;
			}
		}
	}

	private void search(int lane) {
		int first = lane * poses;
		Arrays.fill(left, first, first + poses, Integer.MAX_VALUE);
		int end = 0;
		for (int heading = 0; heading < MazeLaw.HEADINGS; heading++) {
			queue[end] = pose((int) maze[law.target()], (int) maze[law.target() + 1], heading);
			left[first + queue[end++]] = 0;
		}
		for (int next = 0; next < end; next++) {
			int to = queue[next];
			int heading = to % MazeLaw.HEADINGS;
			int cell = to / MazeLaw.HEADINGS;
			int steps = left[first + to] + 1;
			end = reach(first, pose(cell % law.size(), cell / law.size(), GridMazeDynamics.turn(heading, 1)), steps, end);
			end = reach(first, pose(cell % law.size(), cell / law.size(), GridMazeDynamics.turn(heading, -1)), steps, end);
			int behind = GridMazeDynamics.turn(heading, 2);
			if (law.open(maze, 0, cell % law.size(), cell / law.size(), behind)) {
				end = reach(first, pose(cell % law.size() + MazeLaw.stepX(behind), cell / law.size() + MazeLaw.stepY(behind),
						heading), steps, end);
			}
		}
	}

	private int reach(int first, int from, int steps, int end) {
		if (left[first + from] != Integer.MAX_VALUE) {
			return end;
		}
		left[first + from] = steps;
		queue[end] = from;
		return end + 1;
	}

	private int after(int here, int action) {
		int heading = here % MazeLaw.HEADINGS;
		int x = here / MazeLaw.HEADINGS % law.size();
		int y = here / MazeLaw.HEADINGS / law.size();
		return switch (action) {
			case GridMazeDynamics.FORWARD -> law.open(maze, 0, x, y, heading)
					? pose(x + MazeLaw.stepX(heading), y + MazeLaw.stepY(heading), heading)
					: here;
			case GridMazeDynamics.LEFT -> pose(x, y, GridMazeDynamics.turn(heading, -1));
			default -> pose(x, y, GridMazeDynamics.turn(heading, 1));
		};
	}

	private int pose(int x, int y, int heading) {
		return (y * law.size() + x) * MazeLaw.HEADINGS + heading;
	}
}
