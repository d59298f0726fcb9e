package org.headstart.environments.tests.maze;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.maze.GridMaze;
import org.headstart.environments.maze.GridMazeSettings;
import org.headstart.environments.tests.bandits.ReferenceContract;
import org.headstart.environments.tests.bandits.References;
import org.headstart.testkit.EnvironmentContract;
import org.headstart.testkit.LaneState;
import org.headstart.testkit.SettingsContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class GridMazeTest {

	private static final int FORWARD = 0;
	private static final int LEFT = 1;
	private static final int RIGHT = 2;

	private static TaskFamily maze(int size, double loops, int layouts, int steps) {
		return new GridMaze().create(new GridMazeSettings(size, loops, layouts, layouts, layouts, 0, steps));
	}

	@Nested
	class Small extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return maze(5, 0.1, 100, 60);
		}
	}

	@Nested
	class WithoutLoops extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return maze(4, 0, 20, 30);
		}
	}

	@Nested
	class Reference extends ReferenceContract {
		@Override
		protected TaskFamily family() {
			return maze(5, 0.1, 100, 20);
		}
	}

	@Nested
	class Settings extends SettingsContract {
		@Override
		protected Class<? extends Record> settings() {
			return GridMazeSettings.class;
		}
	}

	/**
	 * Four by four: a corridor right along the top, down the last column, and nothing else open. Target at the foot of the last
	 * column, start in the upper left corner, heading up.
	 */
	private static double[] corridor() {
		double[] omega = new double[37];
		Arrays.fill(omega, 0, 3, 1);
		for (int y = 0; y < 3; y++) {
			omega[16 + 4 * y + 3] = 1;
		}
		omega[32] = 3;
		omega[33] = 3;
		return omega;
	}

	private static final class Walk {

		final SimulatedLanes lane;
		private final ActionBatch action;

		Walk(double[] omega) {
			lane = maze(4, 0, 20, 30).vectorEnvironment(1, TaskSampler.fixed(omega), new RandomStreams(1),
					new View(Trial.of(2), false, false));
			lane.reset();
			action = new ActionBatch(lane.actionSpace(), 1);
		}

		Walk act(int... actions) {
			for (int each : actions) {
				action.index[0] = each;
				lane.step(action);
			}
			return this;
		}
	}

	@Test
	void seesAlongRaysAndPaysAsThePaperSays() {
		Walk walk = new Walk(corridor());
		// left a wall, ahead a wall, to the right the corridor's three cells
		assertArrayEquals(new float[] {0, 0, 0, 0, 1, 0}, walk.lane.observations());
		walk.act(FORWARD);
		assertEquals(-0.041f, walk.lane.rewards()[0], "into the wall");
		walk.act(RIGHT);
		assertEquals(-0.04f, walk.lane.rewards()[0]);
		assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0}, walk.lane.observations());
		walk.act(FORWARD, FORWARD, FORWARD);
		assertArrayEquals(new double[] {3, 0, 1, 5, 0}, Arrays.copyOf(LaneState.numbers(walk.lane, 0), 5));
		assertArrayEquals(new float[] {0, 0, 0, 0, 1, 1}, walk.lane.observations(), "the target down the last column");
		walk.act(LEFT);
		assertArrayEquals(new float[] {1, 0, 0, 0, 0, 0}, walk.lane.observations(), "nothing is seen behind");
		walk.act(RIGHT, RIGHT, FORWARD, FORWARD);
		assertFalse(walk.lane.episodeEnded()[0]);
		walk.act(FORWARD);
		assertTrue(walk.lane.episodeEnded()[0]);
		assertEquals(0.96f, walk.lane.rewards()[0]);
		assertArrayEquals(new double[] {0, 0, 0, 0, 0}, Arrays.copyOf(LaneState.numbers(walk.lane, 0), 5), "back at the start");
	}

	@Test
	void outcomesTellSuccessAndLength() {
		Walk walk = new Walk(corridor());
		walk.act(RIGHT, FORWARD, FORWARD, FORWARD, RIGHT, FORWARD, FORWARD, FORWARD);
		assertTrue(walk.lane.episodeEnded()[0] && !walk.lane.terminated()[0]);
		double[] path = new double[4];
		walk.lane.finalTrace(0, path);
		assertArrayEquals(new double[] {3, 0, 3, 0}, path);
		walk.lane.trace(0, path);
		assertArrayEquals(new double[] {0, 3, 3, 0}, path);
		walk.act(new int[30]);
		assertTrue(walk.lane.terminated()[0], "the trial's end");
		assertArrayEquals(new double[] {0.5, (8 + 30) / 2.0, 30}, walk.lane.finalOutcomes());
	}

	@Test
	void layoutsLeadEverywhereAndNoneIsInTwoLists() {
		TaskFamily family = maze(5, 0.1, 300, 250);
		Set<List<Double>> layouts = new HashSet<>();
		for (TaskSet set : family.taskSets()) {
			RandomStream random = new RandomStream(2);
			double[] omega = new double[55];
			for (int i = 0; i < 5_000; i++) {
				set.sampler().sample(random, omega, 0);
				layouts.add(Arrays.stream(omega, 0, 50).boxed().toList());
				assertEquals(25, reachable(omega), "cells that can be reached");
			}
		}
		assertEquals(900, layouts.size());
	}

	private static int reachable(double[] omega) {
		boolean[] reached = new boolean[25];
		reached[0] = true;
		for (int round = 0; round < 25; round++) {
			for (int cell = 0; cell < 25; cell++) {
				if (omega[cell] == 1) {
					reached[cell] = reached[cell + 1] |= reached[cell];
				}
				if (omega[25 + cell] == 1) {
					reached[cell] = reached[cell + 5] |= reached[cell];
				}
			}
		}
		int count = 0;
		for (boolean each : reached) {
			count += each ? 1 : 0;
		}
		return count;
	}

	@Test
	void mazesWithoutLoopsHaveOneWayLessThanCells() {
		TaskFamily family = maze(6, 0, 50, 250);
		double[] omega = new double[77];
		family.taskSet("train").sampler().sample(new RandomStream(1), omega, 0);
		assertEquals(35, Arrays.stream(omega, 0, 72).sum());
		double[] open = new double[77];
		maze(6, 0.9, 50, 250).taskSet("train").sampler().sample(new RandomStream(1), open, 0);
		assertTrue(Arrays.stream(open, 0, 72).sum() > 50);
	}

	@Test
	void moreLayoutsThanThereAreAreRefused() {
		String message = assertThrows(IllegalArgumentException.class, () -> maze(4, 1, 1, 250)).getMessage();
		assertTrue(message.contains("loops 1.0") && message.contains("fewer layouts"), message);
	}

	@Test
	void theShortestPathReachesEveryTargetSoonerThanChance() {
		References references = new References(maze(5, 0.1, 1_000, 250), 2);
		References.Play shortest = references.play("shortest-path", 2_000);
		References.Play random = references.play("random", 500);
		assertEquals(1, shortest.outcomes()[0], 1e-9);
		assertTrue(shortest.outcomes()[1] < 12, "steps " + shortest.outcomes()[1]);
		assertEquals(shortest.meanReturn(), 2 - 0.04 * 2 * shortest.outcomes()[1], 1e-4, "and never walks into a wall");
		assertTrue(random.outcomes()[0] < 0.9 && random.outcomes()[1] > 80, "steps " + random.outcomes()[1]);
	}

	/** In the corridor the shortest way is known: two turns and six cells. */
	@Test
	void theShortestPathIsShortest() {
		TaskFamily family = maze(4, 0, 20, 30);
		double[] omega = corridor();
		View view = new View(Trial.of(1), true, true);
		VectorEnvironment lane = family.vectorEnvironment(1, TaskSampler.fixed(omega), new RandomStreams(1), view);
		lane.reset();
		Policy policy = family.reference("shortest-path").maker().policy(1,
				new ReferenceSite(family, view, Double.NaN, lane, new RandomStreams(2)));
		ActionBatch action = new ActionBatch(lane.actionSpace(), 1);
		int steps = 0;
		do {
			policy.act(lane, action);
			lane.step(action);
			policy.observe(lane);
			steps++;
		} while (!lane.episodeEnded()[0]);
		assertEquals(8, steps);
		assertArrayEquals(new double[] {1, 8, 8}, lane.finalOutcomes());
	}
}
