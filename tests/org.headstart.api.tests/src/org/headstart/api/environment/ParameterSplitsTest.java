package org.headstart.api.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.TaskFamily.Parameter;
import org.headstart.api.random.RandomStream;
import org.junit.jupiter.api.Test;

/** Families whose tasks are drawn from ranges; {@code PhysicalContextTest} looks at more of the sets. */
class ParameterSplitsTest {

	/** An environment of so many parameters, which nobody opens. */
	private record Of(int parameterCount) implements Simulator {

		@Override
		public List<ObservationPart> observationParts() {
			return List.of(ObservationPart.numbers("state", BoxSpace.uniform(1, 0, 1)));
		}

		@Override
		public ActionSpace actionSpace() {
			return new DiscreteSpace(2);
		}

		@Override
		public int maxEpisodeSteps() {
			return 1;
		}

		@Override
		public Simulation open(LaneStreams streams) {
			throw new UnsupportedOperationException();
		}
	}

	private static List<String> sets(TaskFamily family) {
		return family.taskSets().stream().map(set -> set.name() + (set.role().heldOut() ? ", held out: " : ": ") + set.description())
				.toList();
	}

	@Test
	void rangesMakeSplitsThatAreDrawnFromEvenly() {
		TaskFamily family = TaskFamily.sampled(new Of(2), -1, 0,
				new Parameter("mass", ParameterRange.of(Map.of("train", List.of(List.of(0, 1), List.of(3, 6)), "test", List.of(1, 3)))),
				new Parameter("force", "N", ParameterRange.fixed(5), 10));
		assertEquals(List.of("train: mass [0.0, 1.0] or [3.0, 6.0]", "test, held out: mass [1.0, 3.0]"), sets(family));
		assertEquals(List.of("mass", "force"), family.parameterNames());
		assertEquals(List.of(ParameterGroup.scalar("mass", "", 0, 6, Double.NaN), ParameterGroup.scalar("force", "N", 5, 5, 5)),
				family.parameters(), "the range is that of all splits; what is fixed is nominal");
		assertArrayEquals(new double[] {Double.NaN, 5}, family.nominal());
		assertEquals(new TaskFamily.ReturnShape(-1, 0, Double.NaN), family.shape());
		RandomStream random = new RandomStream(1);
		double[] omega = new double[2];
		int light = 0;
		for (int i = 0; i < 4000; i++) {
			family.taskSet("train").sampler().sample(random, omega, 0);
			assertTrue(family.taskSet("train").contains().test(omega) && !family.taskSet("test").contains().test(omega));
			assertEquals(5, omega[1]);
			light += omega[0] < 1 ? 1 : 0;
		}
		assertEquals(1000, light, 4 * Math.sqrt(4000 * 0.25 * 0.75), "a quarter of what there is lies below 1");
	}

	@Test
	void whereNothingVariesThereIsOneTask() {
		assertEquals(List.of("default: the one task that the settings fix"), sets(TaskFamily.sampled(new Of(0), 0, 1)));
		TaskFamily fixed = TaskFamily.sampled(new Of(1), 0, 1, new Parameter("mass", ParameterRange.fixed(3)));
		assertEquals(List.of("default: the one task that the settings fix"), sets(fixed));
		double[] omega = new double[1];
		fixed.taskSets().get(0).sampler().sample(new RandomStream(1), omega, 0);
		assertArrayEquals(new double[] {3}, omega);
		assertFalse(fixed.taskSets().get(0).contains().test(new double[] {4}));
	}

	@Test
	void splitsThatOverlapAreRefusedByTheParametersName() {
		assertEquals("mass: train [0.0, 2.0] and test [1.0, 3.0] overlap; make them disjoint, or equal if this parameter is not to tell"
				+ " the splits apart",
				assertThrows(IllegalArgumentException.class, () -> TaskFamily.sampled(new Of(1), 0, 1,
						new Parameter("mass", ParameterRange.of(Map.of("train", List.of(0, 2), "test", List.of(1, 3)))))).getMessage());
	}
}
