package org.headstart.engine.internal.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Graphics2D;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.engine.internal.catalog.Contribution;
import org.junit.jupiter.api.Test;

/** The engine where several choices are made at once. */
class SeveralChoicesTest {

	private static final MultiDiscreteSpace SPACE = new MultiDiscreteSpace(3, 2);

	/** Nothing happens. */
	private static final class Idle implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(1, 0, 1);
		}

		@Override
		public ActionSpace actionSpace() {
			return SPACE;
		}

		@Override
		public int stateSize() {
			return 1;
		}

		@Override
		public int parameterCount() {
			return 0;
		}

		@Override
		public int maxEpisodeSteps() {
			return 9;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			// there is nothing to be told apart
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			// nothing happens
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			// nothing is seen
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			// nobody watches
		}
	}

	@Test
	void theRandomPolicyChoosesAllActionsOfEachChoice() {
		ActionBatch actions = new ActionBatch(SPACE, 1000);
		RandomPolicy.on(SPACE, 1000, new RandomStream(1)).act(null, actions);
		int[] dial = new int[3];
		int[] lever = new int[2];
		for (int lane = 0; lane < 1000; lane++) {
			dial[actions.index[2 * lane]]++;
			lever[actions.index[2 * lane + 1]]++;
		}
		for (int count : dial) {
			assertEquals(1000 / 3.0, count, 75, "five standard deviations");
		}
		assertEquals(500, lever[0], 79, "five standard deviations");
	}

	@Test
	void aChoiceThatIsNotThereIsToldWithLaneAndChoice() {
		TaskFamily family = new TaskFamily(new Idle(), List.of(), List.of(), new ReturnShape(0, 1, Double.NaN));
		Environment<NoSettings> idle = settings -> family;
		try (CheckedLanes lanes = new CheckedLanes(new SimulatedLanes(new Idle(), 3, TaskSampler.fixed(), new RandomStreams(1)),
				new Contribution<>("idle", "", "", "test", "1", () -> NoSettings.class, () -> idle), family, "idle/train", View.PLAIN,
				new AtWork())) {
			lanes.reset();
			ActionBatch actions = new ActionBatch(SPACE, 3);
			actions.index[4] = 2;
			lanes.step(actions);
			actions.index[5] = 2;
			assertEquals("the random policy chose the action 2 as choice 1 in step 2 of lane 2 on idle/train; there are the actions 0 to 1",
					assertThrows(IllegalStateException.class, () -> lanes.step(actions)).getMessage());
		}
	}
}
