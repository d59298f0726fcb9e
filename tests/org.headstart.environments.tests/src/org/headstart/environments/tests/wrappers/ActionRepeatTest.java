package org.headstart.environments.tests.wrappers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.testkit.WrapperContract;
import org.headstart.wrappers.ActionRepeat;
import org.headstart.wrappers.ActionRepeatSettings;
import org.junit.jupiter.api.Test;

class ActionRepeatTest extends WrapperContract {

	@Override
	protected Simulator wrap(TaskFamily family) {
		return new ActionRepeat().wrap(new ActionRepeatSettings(3), family);
	}

	@Test
	void rewardsAddUpAndTheLimitCutsTheLastRepetitionShort() {
		Simulator wrapped = wrap(Counting.family(99));
		assertEquals(4, wrapped.maxEpisodeSteps(), "10 steps are 3 + 3 + 3 + 1");
		try (SimulatedLanes lane = Counting.lane(wrapped, 99)) {
			ActionBatch actions = new ActionBatch(lane.actionSpace(), 1);
			float[] rewards = {1 + 2 + 3, 4 + 5 + 6, 7 + 8 + 9, 10};
			for (int step = 0; step < 4; step++) {
				lane.step(actions);
				assertEquals(rewards[step], lane.rewards()[0], "step " + step);
				assertEquals(step == 3, lane.truncated()[0], "step " + step);
				assertFalse(lane.terminated()[0]);
			}
			assertEquals(10, lane.finalObservations()[0]);
			lane.step(actions);
			assertEquals(6, lane.rewards()[0], "the next episode counts anew");
		}
	}

	@Test
	void anEpisodeEndsWithinARepetition() {
		try (SimulatedLanes lane = Counting.lane(wrap(Counting.family(5)), 5)) {
			ActionBatch actions = new ActionBatch(lane.actionSpace(), 1);
			lane.step(actions);
			lane.step(actions);
			assertTrue(lane.terminated()[0]);
			assertEquals(4 + 5, lane.rewards()[0]);
			assertEquals(5, lane.finalObservations()[0]);
		}
	}
}
