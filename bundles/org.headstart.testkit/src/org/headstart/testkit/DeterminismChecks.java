package org.headstart.testkit;

import static org.headstart.testkit.LanesUnderTest.LANES;
import static org.headstart.testkit.LanesUnderTest.assertSameLane;
import static org.headstart.testkit.LanesUnderTest.assertSameMoment;
import static org.headstart.testkit.LanesUnderTest.checkpoint;
import static org.headstart.testkit.LanesUnderTest.restore;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;

import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Checks of what decides a trajectory: the seed and the lane's own actions, and nothing else. */
final class DeterminismChecks {

	private final LanesUnderTest tested;

	DeterminismChecks(LanesUnderTest tested) {
		this.tested = tested;
	}

	void sameSeedGivesTheSameTrajectoryBitForBit() {
		tested.assumeDeterministic();
		int end = tested.steps();
		SimulatedLanes one = tested.start(tested.family(), LANES, 7);
		SimulatedLanes other = tested.start(tested.family(), LANES, 7);
		assertSameMoment("after reset", one, other);
		RandomActions actions = new RandomActions(one, 1);
		for (int step = 1; step <= end; step++) {
			actions.draw();
			one.step(actions.batch);
			other.step(actions.batch);
			assertSameMoment("same seed, same actions, step " + step, one, other);
		}
	}

	void lanesAreIndependent() {
		tested.assumeDeterministic();
		int end = tested.steps();
		SimulatedLanes alone = tested.start(tested.family(), 1, 7);
		SimulatedLanes first = tested.start(tested.family(), LANES, 7);
		SimulatedLanes second = tested.start(tested.family(), LANES, 7);
		RandomActions aloneActions = new RandomActions(alone, 1);
		RandomActions firstActions = new RandomActions(first, 2);
		RandomActions secondActions = new RandomActions(second, 3);
		for (int step = 1; step <= end; step++) {
			aloneActions.draw();
			firstActions.draw();
			secondActions.draw();
			aloneActions.copyLaneTo(firstActions);
			aloneActions.copyLaneTo(secondActions);
			alone.step(aloneActions.batch);
			first.step(firstActions.batch);
			second.step(secondActions.batch);
			assertSameLane("lane 0 alone and lane 0 of " + LANES + ", step " + step, alone, first, 0);
			assertSameLane("lane 0 beside lanes that act differently, step " + step, first, second, 0);
		}
	}

	void resetLeavesNothingOfThePreviousEpisodes() throws IOException {
		tested.assumeDeterministic();
		int end = tested.steps();
		SimulatedLanes one = tested.start(tested.family(), LANES, 7);
		RandomActions actions = new RandomActions(one, 1);
		for (int step = 0; step < 10; step++) {
			actions.draw();
			one.step(actions.batch);
		}
		SimulatedLanes other = tested.start(tested.family(), LANES, 99);
		for (int step = 0; step < 3; step++) {
			actions.draw();
			other.step(actions.batch);
		}
		// The same random streams from here on, but other states, in lanes with another history.
		restore(checkpoint(one), other);
		byte[][] states = new byte[LANES][];
		for (int lane = 0; lane < LANES; lane++) {
			states[lane] = LaneState.of(other, lane);
		}
		for (int lane = 0; lane < LANES && other.simulation().savesLanes(); lane++) {
			LaneState.put(other, lane, states[(lane + 1) % LANES]);
		}
		one.reset();
		other.reset();
		assertSameMoment("after reset from different states", one, other);
		for (int step = 1; step <= end; step++) {
			actions.draw();
			one.step(actions.batch);
			other.step(actions.batch);
			assertSameMoment("after reset from different states, step " + step, one, other);
		}
	}

	/** Wrappers and lanes side by side move some lanes and not others. */
	void lanesAreIndependentOfWhoMoves() {
		tested.assumeDeterministic();
		TaskFamily family = tested.family();
		Simulator simulator = Simulator.of(family.environment());
		int limit = Math.min(simulator.maxEpisodeSteps(), 200);
		try (Simulation all = simulator.open(new LaneStreams(new RandomStreams(7), LANES));
				Simulation some = Simulator.of(tested.family().environment()).open(new LaneStreams(new RandomStreams(7), LANES))) {
			double[] omega = new double[simulator.parameterCount()];
			RandomStream tasks = new RandomStreams(7).stream("task");
			for (int lane = 0; lane < LANES; lane++) {
				family.taskSets().get(0).sampler().sample(tasks, omega, 0);
				all.start(lane, omega, 0);
				some.start(lane, omega, 0);
			}
			RandomActions actions = new RandomActions(simulator.actionSpace(), LANES, 1);
			float[] rewards = new float[LANES];
			boolean[] terminated = new boolean[LANES];
			float[] someRewards = new float[LANES];
			boolean[] someTerminated = new boolean[LANES];
			boolean[] going = new boolean[LANES];
			boolean[] one = new boolean[LANES];
			Arrays.fill(going, true);
			int size = View.PLAIN.observationSpace(simulator).rowSize();
			float[] seen = new float[size];
			float[] seenAlone = new float[size];
			for (int step = 1; step <= limit; step++) {
				actions.draw();
				all.step(actions.batch, going.clone(), rewards, terminated);
				for (int lane = LANES - 1; lane >= 0; lane--) {
					if (!going[lane]) {
						continue;
					}
					Arrays.fill(one, false);
					one[lane] = true;
					some.step(actions.batch, one, someRewards, someTerminated);
					String where = "lane " + lane + " moved alone, step " + step;
					assertEquals(rewards[lane], someRewards[lane], where + ": reward");
					assertEquals(terminated[lane], someTerminated[lane], where + ": terminated");
					all.observe(lane, seen, 0);
					some.observe(lane, seenAlone, 0);
					assertArrayEquals(seen, seenAlone, where + ": observation");
					going[lane] = !terminated[lane];
				}
			}
		}
	}
}
