package org.headstart.environments.optimization.rate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.random.RandomStreams;
import org.headstart.testkit.EnvironmentContract;
import org.headstart.testkit.LaneState;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LearningRateControlTest {

	private static final double CHANCE = Math.log(10);

	@Nested
	class Contract extends EnvironmentContract {
		@Override
		protected TaskFamily family() {
			return RateFamilies.family(RateFamilies.small());
		}

		@Override
		protected int warmUpSteps() {
			return 1_500;
		}
	}

	/** Lanes on one task of a set. */
	private static SimulatedLanes lanes(TaskFamily family, int lanes, String set) {
		SimulatedLanes environment = family.vectorEnvironment(lanes, family.taskSet(set).sampler(), new RandomStreams(5));
		environment.reset();
		return environment;
	}

	private static void step(VectorEnvironment environment, int action) {
		ActionBatch actions = new ActionBatch(environment.actionSpace(), environment.lanes());
		Arrays.fill(actions.index, action);
		environment.step(actions);
	}

	@Test
	void observesIterationRateAndTheLastTwoLosses() {
		VectorEnvironment environment = lanes(RateFamilies.family(RateFamilies.small()), 1, "train");
		float[] seen = environment.observations();
		assertEquals(0, seen[0]);
		assertEquals(0, seen[1], "no rate yet");
		assertEquals(0, seen[2], 0.2, "a network that knows nothing is near chance");
		assertEquals(seen[2], seen[3], "no loss before");
		float first = seen[2];
		step(environment, 1);
		assertEquals(1 / 6f, seen[0], 1e-6f);
		assertEquals(2 * (Math.log10(5e-4) + 4) / 2 - 1, seen[1], 1e-6);
		assertEquals(Math.log(-environment.rewards()[0] / CHANCE), seen[2], 1e-6);
		assertEquals(first, seen[3]);
		float second = seen[2];
		step(environment, 4);
		assertEquals(1, seen[1], 1e-6f);
		assertEquals(second, seen[3]);
	}

	@Test
	void endsAfterItsIterationsAndTellsTheSumOfItsLosses() {
		VectorEnvironment environment = lanes(RateFamilies.family(RateFamilies.small()), 2, "test");
		double sum = 0;
		double[] trace = new double[2];
		for (int iteration = 1; iteration <= 6; iteration++) {
			step(environment, iteration % 5);
			sum -= environment.rewards()[1];
			assertEquals(iteration == 6, environment.terminated()[1], "iteration " + iteration);
			if (iteration < 6) {
				environment.trace(1, trace);
				assertArrayEquals(new double[] {List.of(1e-4, 5e-4, 1e-3, 5e-3, 1e-2).get(iteration % 5),
						-environment.rewards()[1]}, trace, 1e-6);
			}
		}
		assertEquals(List.of("accuracy", "final-loss", "sum-of-losses"),
				environment.outcomes().stream().map(outcome -> outcome.name()).toList());
		double[] outcomes = Arrays.copyOfRange(environment.finalOutcomes(), 3, 6);
		assertTrue(outcomes[0] > 0.02 && outcomes[0] < 0.6, "accuracy " + outcomes[0]);
		assertEquals(-environment.rewards()[1], outcomes[1], 1e-6);
		assertEquals(sum, outcomes[2], 1e-5);
	}

	@Test
	void aTrainingIsAFunctionOfItsTask() {
		TaskFamily family = RateFamilies.family(RateFamilies.small());
		double[] omega = new double[family.environment().parameterCount()];
		family.taskSet("test").sampler().sample(new RandomStreams(3).stream("task"), omega, 0);
		SimulatedLanes one = family.vectorEnvironment(1, TaskSampler.fixed(omega), new RandomStreams(1));
		SimulatedLanes other = family.vectorEnvironment(1, TaskSampler.fixed(omega), new RandomStreams(2));
		one.reset();
		other.reset();
		step(one, 3);
		byte[] state = LaneState.of(one, 0);
		step(other, 3);
		assertArrayEquals(state, LaneState.of(other, 0), "whatever the lanes' streams");
		omega[LearningRateDynamics.INITIALIZATION] = Math.nextUp(omega[LearningRateDynamics.INITIALIZATION]);
		VectorEnvironment next = family.vectorEnvironment(1, TaskSampler.fixed(omega), new RandomStreams(1));
		next.reset();
		assertNotEquals(one.observations()[2], next.observations()[2], "another initialisation");
		SimulatedLanes clone = lanes(family, 1, "train");
		// the clone's task is another one, so put the state where the task is the same
		other.reset();
		LaneState.put(other, 0, state);
		step(one, 2);
		step(other, 2);
		assertArrayEquals(LaneState.of(one, 0), LaneState.of(other, 0), "a training that was put back goes on as it did");
		assertFalse(Arrays.equals(LaneState.of(clone, 0), LaneState.of(other, 0)));
	}

	@Test
	void theConstantRatesComeOutAsInTheLecture() {
		TaskFamily family = RateFamilies.family(RateFamilies.standard());
		assertBetween(38, 45, 0.35, 0.8, play(family, 0));
		assertBetween(9.5, 13.5, 0.9, 0.98, play(family, 2));
		assertBetween(12.5, 20, 0.7, 0.94, play(family, 4));
	}

	private static void assertBetween(double least, double most, double leastAccuracy, double mostAccuracy, double[] result) {
		assertTrue(result[2] > least && result[2] < most, "sum of losses " + result[2]);
		assertTrue(result[0] > leastAccuracy && result[0] < mostAccuracy, "accuracy " + result[0]);
	}

	/** Mean outcomes of a constant rate on some tests. */
	private static double[] play(TaskFamily family, int action) {
		VectorEnvironment environment = lanes(family, 3, "test");
		for (int i = 0; i < family.environment().maxEpisodeSteps(); i++) {
			step(environment, action);
		}
		double[] mean = new double[3];
		for (int i = 0; i < environment.finalOutcomes().length; i++) {
			mean[i % 3] += environment.finalOutcomes()[i] / environment.lanes();
		}
		return mean;
	}

	@Test
	void aTrainingThatDivergesStaysAtTheClip() {
		TaskFamily family = RateFamilies.family(
				RateFamilies.small("rates", List.of(1e-3, 1e30), "optimizer", "sgd", "loss-clip", 3.0, "updates", 4L));
		SimulatedLanes environment = lanes(family, 1, "train");
		step(environment, 0);
		assertEquals(CHANCE, -environment.rewards()[0], 0.3);
		step(environment, 1);
		assertEquals(-3, environment.rewards()[0]);
		assertEquals(Math.log(3 / CHANCE), environment.observations()[2], 1e-6);
		step(environment, 0);
		assertEquals(-3, environment.rewards()[0], "what is lost stays lost");
		for (double value : LaneState.numbers(environment, 0)) {
			assertTrue(Double.isFinite(value), "state " + value);
		}
		for (int i = 0; i < 3; i++) {
			step(environment, 0);
		}
		assertEquals(0.1, environment.finalOutcomes()[0], 1e-9, "it knows nothing: one class of ten");
	}

	@Test
	void taskSetsDifferInWhatTheySay() {
		TaskFamily family = RateFamilies.family(RateFamilies.small());
		assertEquals(List.of("train", "validation", "test", "other-style", "other-width", "other-optimizer"),
				family.taskSets().stream().map(TaskSet::name).toList());
		double[] standard = {0, 0, 6, 0};
		double[] omega = new double[4];
		for (TaskSet set : family.taskSets()) {
			set.sampler().sample(new RandomStreams(1).stream("task"), omega, 0);
			double[] expected = standard.clone();
			switch (set.name()) {
				case "other-style" -> expected[1] = 5;
				case "other-width" -> expected[2] = 4;
				case "other-optimizer" -> expected[3] = 1;
				default -> assertEquals(set.name().equals("train"), omega[0] < 0.5);
			}
			assertArrayEquals(Arrays.copyOfRange(expected, 1, 4), Arrays.copyOfRange(omega, 1, 4), set.name());
		}
		assertFalse(RateFamilies.family(RateFamilies.small("other-styles", List.of())).taskSets().stream()
				.anyMatch(set -> set.name().equals("other-style")));
	}

	@Test
	void impossibleSettingsAreRefused() {
		assertRefused("at least two", "rates", List.of(1e-3));
		assertRefused("positive and rise", "rates", List.of(0.0, 1e-3));
		assertRefused("number 3 of [0.1, 0.2, 0.2]", "rates", List.of(0.1, 0.2, 0.2));
		assertRefused("other-styles contains inverted", "style", "inverted");
		assertRefused("other-width must differ", "other-width", 6L);
		assertRefused("other-optimizer must differ from optimizer rmsprop", "optimizer", "rmsprop");
		assertRefused("go together", "images", "train-images-idx3-ubyte");
		assertRefused("there is no file nowhere", "images", "nowhere", "labels", "either");
	}

	private static void assertRefused(String said, Object... keysAndValues) {
		String message = assertThrows(IllegalArgumentException.class,
				() -> RateFamilies.family(RateFamilies.small(keysAndValues))).getMessage();
		assertTrue(message.contains(said), message);
	}
}
