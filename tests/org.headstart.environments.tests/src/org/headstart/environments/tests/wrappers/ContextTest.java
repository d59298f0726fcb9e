package org.headstart.environments.tests.wrappers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.random.RandomStreams;
import org.headstart.testkit.WrapperContract;
import org.headstart.wrappers.Context;
import org.headstart.wrappers.ContextSettings;
import org.junit.jupiter.api.Test;

class ContextTest extends WrapperContract {

	@Override
	protected Simulator wrap(TaskFamily family) {
		return new Context().wrap(new ContextSettings(List.of(), 0.1), family);
	}

	private static Simulator wrapped(double noise, String... show) {
		return new Context().wrap(new ContextSettings(List.of(show), noise), Counting.family(5));
	}

	@Test
	void theTaskIsShownBesideTheState() {
		try (SimulatedLanes lane = Counting.lane(wrapped(0), 5)) {
			assertEquals(List.of("state", "picture", "context"),
					lane.observationSpace().parts().stream().map(part -> part.name()).toList());
			assertArrayEquals(new float[] {0, 5, 7}, lane.observations());
			lane.step(new ActionBatch(lane.actionSpace(), 1));
			assertArrayEquals(new float[] {1, 5, 7}, lane.observations());
		}
		try (SimulatedLanes lane = Counting.lane(wrapped(0, "colour"), 5)) {
			assertArrayEquals(new float[] {0, 7}, lane.observations());
		}
	}

	@Test
	void noiseIsDrawnForAnEpisode() {
		int lanes = 2000;
		try (SimulatedLanes many = new SimulatedLanes(wrapped(0.5, "colour"), lanes, TaskSampler.fixed(2, 7), new RandomStreams(1))) {
			many.reset();
			double sum = 0;
			double squares = 0;
			for (int lane = 0; lane < lanes; lane++) {
				double error = many.observations()[2 * lane + 1] - 7;
				sum += error;
				squares += error * error;
			}
			assertEquals(0, sum / lanes, 4 * 0.5 / Math.sqrt(lanes));
			assertEquals(0.5, Math.sqrt(squares / lanes), 0.05);
			float first = many.observations()[1];
			many.step(new ActionBatch(many.actionSpace(), lanes));
			assertEquals(first, many.observations()[1], "within an episode it stays");
			many.step(new ActionBatch(many.actionSpace(), lanes));
			assertNotEquals(first, many.observations()[1], "the next episode has its own");
			assertEquals(first, many.finalObservations()[1]);
		}
	}

	@Test
	void aGroupStandsForItsComponents() {
		TaskFamily one = Counting.family(5);
		TaskFamily grouped = new TaskFamily(one.environment(), List.of(new ParameterGroup("pair", List.of("end", "colour"), "", 0, 10, 5)),
				one.taskSets(), one.shape());
		for (List<String> show : List.of(List.of("pair"), List.of("pair.end", "pair.colour"))) {
			try (SimulatedLanes lane = Counting.lane(new Context().wrap(new ContextSettings(show, 0), grouped), 5)) {
				assertArrayEquals(new float[] {0, 5, 7}, lane.observations());
			}
		}
		assertEquals("show: the tasks have no parameter 'end'; there are pair.end, pair.colour",
				assertThrows(IllegalArgumentException.class, () -> new Context().wrap(new ContextSettings(List.of("end"), 0), grouped))
						.getMessage());
	}

	@Test
	void aParameterThatThereIsNotIsRefused() {
		assertEquals("show: the tasks have no parameter 'weight'; there are end, colour",
				assertThrows(IllegalArgumentException.class, () -> wrapped(0, "weight")).getMessage());
	}
}
