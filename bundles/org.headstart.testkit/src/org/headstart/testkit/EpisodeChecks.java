package org.headstart.testkit;

import static org.headstart.testkit.LanesUnderTest.LANES;
import static org.headstart.testkit.LanesUnderTest.assertInside;
import static org.headstart.testkit.LanesUnderTest.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Checks of the numbers of an episode: spaces, ends, rewards and returns. */
final class EpisodeChecks {

	private final LanesUnderTest tested;

	EpisodeChecks(LanesUnderTest tested) {
		this.tested = tested;
	}

	void observationsLieInTheirSpace() {
		int end = tested.steps();
		TaskFamily family = tested.family();
		for (TaskSet set : family.taskSets()) {
			SimulatedLanes lanes = tested.start(family, LANES, 7, set.sampler());
			BoxSpace space = lanes.observationSpace().row();
			RandomActions actions = new RandomActions(lanes, 1);
			for (int step = 0; step <= end; step++) {
				for (int lane = 0; lane < LANES; lane++) {
					String where = "tasks " + set.name() + ", lane " + lane + ", step " + step;
					assertInside("observation, " + where, space, lanes.observations(), lane);
					if (step > 0 && (lanes.terminated()[lane] || lanes.truncated()[lane])) {
						assertInside("final observation, " + where, space, lanes.finalObservations(), lane);
					}
				}
				actions.draw();
				lanes.step(actions.batch);
			}
		}
	}

	void episodesEndByTerminationOrExactlyAtTheTimeLimit() {
		TaskFamily family = tested.family();
		int limit = family.environment().maxEpisodeSteps();
		SimulatedLanes lanes = tested.start(family, LANES, 7);
		RandomActions actions = new RandomActions(lanes, 1);
		for (int step = 0; step < limit / 2; step++) {
			actions.draw();
			lanes.step(actions.batch);
		}
		// A reset in mid-episode starts the count anew.
		lanes.reset();
		int[] length = new int[LANES];
		for (int step = 1; step <= 2 * limit + 50; step++) {
			actions.draw();
			lanes.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				length[lane]++;
				boolean terminated = lanes.terminated()[lane];
				boolean truncated = lanes.truncated()[lane];
				String where = "lane " + lane + ", step " + length[lane] + " of its episode (limit " + limit + ")";
				assertFalse(terminated && truncated, where + ": both terminated and truncated; a task that ended at the limit"
						+ " is terminated only");
				assertFalse(truncated && length[lane] != limit, where + ": truncated, but not at the limit");
				assertTrue(length[lane] < limit || terminated || truncated, where + ": still going on");
				if (terminated || truncated) {
					length[lane] = 0;
				}
			}
		}
	}

	void rewardsAreFiniteAndReturnsWithinTheirBounds() {
		int end = tested.steps();
		TaskFamily family = tested.family();
		for (TaskSet set : family.taskSets()) {
			SimulatedLanes lanes = tested.start(family, LANES, 7, set.sampler());
			RandomActions actions = new RandomActions(lanes, 1);
			double[] returns = new double[LANES];
			for (int step = 1; step <= end; step++) {
				actions.draw();
				lanes.step(actions.batch);
				for (int lane = 0; lane < LANES; lane++) {
					String where = "tasks " + set.name() + ", lane " + lane + ", step " + step;
					assertTrue(Float.isFinite(lanes.rewards()[lane]), where + ": reward " + lanes.rewards()[lane]);
					returns[lane] += lanes.rewards()[lane];
					if (lanes.terminated()[lane] || lanes.truncated()[lane]) {
						// Room for the rounding of single-precision rewards.
						double room = 1e-5 * (1 + Math.abs(returns[lane]));
						assertTrue(returns[lane] >= family.shape().lowest() - room
								&& returns[lane] <= family.shape().highest() + room,
								where + ": return " + returns[lane] + " is not in [" + family.shape().lowest() + ", "
										+ family.shape().highest() + "], which the family's shape promises");
						returns[lane] = 0;
					}
				}
			}
		}
	}

	void actionsBeyondTheBoundsMoveAsTheBoundsDo() {
		tested.assumeDeterministic();
		TaskFamily family = tested.family();
		if (!(family.environment().actionSpace() instanceof BoxSpace space)) {
			return;
		}
		RandomStream random = new RandomStreams(5).stream("bounds");
		for (int trial = 0; trial < 50; trial++) {
			SimulatedLanes bounded = tested.start(family, LANES, trial);
			SimulatedLanes beyond = tested.start(family, LANES, trial);
			RandomActions actions = new RandomActions(bounded, trial);
			for (int step = 0; step < trial % 10; step++) {
				actions.draw();
				bounded.step(actions.batch);
				beyond.step(actions.batch);
			}
			ActionBatch excess = new ActionBatch(space, LANES);
			for (int i = 0; i < excess.values.length; i++) {
				int component = i % space.size();
				float low = space.low()[component];
				float high = space.high()[component];
				boolean up = random.nextInt(2) == 1;
				actions.batch.values[i] = up ? high : low;
				excess.values[i] = Float.isInfinite(high - low) ? actions.batch.values[i]
						: up ? high + 100 * (high - low) : low - 100 * (high - low);
			}
			bounded.step(actions.batch);
			beyond.step(excess);
			for (int lane = 0; lane < LANES; lane++) {
				float[] expected = row(bounded.observations(), bounded, lane);
				float[] actual = row(beyond.observations(), beyond, lane);
				for (int i = 0; i < expected.length; i++) {
					assertEquals(expected[i], actual[i], 1e-6 * (1 + Math.abs(expected[i])),
							"trial " + trial + ", lane " + lane + ", observation component " + i
									+ " after an action far beyond the bounds; expected as after the bound itself");
				}
				assertTrue(Float.isFinite(beyond.rewards()[lane]), "trial " + trial + ", lane " + lane
						+ ": reward " + beyond.rewards()[lane] + " for an action beyond the bounds");
				assertInside("trial " + trial + ", after an action beyond the bounds", beyond.observationSpace().row(),
						beyond.observations(), lane);
			}
		}
	}
}
