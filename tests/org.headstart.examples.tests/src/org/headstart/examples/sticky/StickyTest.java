package org.headstart.examples.sticky;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStreams;
import org.headstart.examples.corridor.Corridor;
import org.headstart.testkit.WrapperContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StickyTest extends WrapperContract {

	@Override
	protected Simulator wrap(TaskFamily family) {
		return new Sticky().wrap(new StickySettings(0.3), family);
	}

	@Nested
	class OfNumbers extends WrapperContract {

		@Override
		protected Simulator wrap(TaskFamily family) {
			return StickyTest.this.wrap(family);
		}

		@Override
		protected ActionSpace actions() {
			return oneNumber();
		}
	}

	/** In a long corridor, whose walker stands where its actions left it. */
	@Test
	void theActionBeforeIsTakenAsOftenAsSaid() {
		int lanes = 1000;
		TaskFamily corridor = new Corridor().create(new Corridor.Settings(1000, ParameterRange.of(0.0), 50));
		try (Simulation sticky = wrap(corridor).open(new LaneStreams(new RandomStreams(1), lanes))) {
			float[] before = new float[2];
			float[] after = new float[2];
			ActionBatch actions = new ActionBatch(corridor.environment().actionSpace(), lanes);
			float[] rewards = new float[lanes];
			boolean[] ended = new boolean[lanes];
			float[][] places = new float[lanes][];
			for (int lane = 0; lane < lanes; lane++) {
				sticky.start(lane, new double[1], 0);
				actions.index[lane] = 1;
			}
			int stuck = 0;
			for (int step = 0; step < 2; step++) {
				for (int lane = 0; lane < lanes; lane++) {
					sticky.observe(lane, before, 0);
					places[lane] = before.clone();
				}
				sticky.step(actions, null, rewards, ended);
				for (int lane = 0; lane < lanes; lane++) {
					sticky.observe(lane, after, 0);
					stuck += after[0] > places[lane][0] ? 1 : 0;
				}
				if (step == 0) {
					assertEquals(lanes, stuck, 2, "the first action is the chosen one; two lanes at most stand at the end of the corridor");
					stuck = 0;
					Arrays.fill(actions.index, 0);
				}
			}
			// four standard deviations of a share of 1,000
			assertEquals(0.3, (double) stuck / lanes, 4 * Math.sqrt(0.3 * 0.7 / lanes));
		}
	}
}
