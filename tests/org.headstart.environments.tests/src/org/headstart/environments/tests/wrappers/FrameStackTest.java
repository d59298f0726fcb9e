package org.headstart.environments.tests.wrappers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.testkit.WrapperContract;
import org.headstart.wrappers.FrameStack;
import org.headstart.wrappers.FrameStackSettings;
import org.junit.jupiter.api.Test;

class FrameStackTest extends WrapperContract {

	@Override
	protected Simulator wrap(TaskFamily family) {
		return new FrameStack().wrap(new FrameStackSettings(3, List.of()), family);
	}

	private static Simulator wrapped(String... parts) {
		return new FrameStack().wrap(new FrameStackSettings(3, List.of(parts)), Counting.family(3));
	}

	@Test
	void theLatestMomentIsTheLastFrameAndTheFirstFillsThem() {
		try (SimulatedLanes lane = Counting.lane(wrapped(), 3)) {
			ActionBatch actions = new ActionBatch(lane.actionSpace(), 1);
			int picture = lane.observationSpace().index("picture");
			assertArrayEquals(new float[] {0, 0, 0}, lane.observations());
			assertArrayEquals(new byte[] {0, 100, 0, 100, 0, 100}, lane.bytes(picture));
			lane.step(actions);
			lane.step(actions);
			assertArrayEquals(new float[] {0, 1, 2}, lane.observations());
			assertArrayEquals(new byte[] {0, 100, 1, 101, 2, 102}, lane.bytes(picture));
			lane.step(actions);
			assertArrayEquals(new float[] {1, 2, 3}, lane.finalObservations());
			assertArrayEquals(new byte[] {1, 101, 2, 102, 3, 103}, lane.finalBytes(picture));
			assertArrayEquals(new float[] {0, 0, 0}, lane.observations(), "the next episode remembers nothing");
			assertArrayEquals(new byte[] {0, 100, 0, 100, 0, 100}, lane.bytes(picture));
		}
	}

	@Test
	void theSpaceSaysWhatIsAStack() {
		List<ObservationPart> parts = wrapped("picture").observationParts();
		assertEquals(List.of(1), parts.get(0).shape());
		assertEquals(1, parts.get(0).frames());
		assertEquals(List.of(3, 1, 2), parts.get(1).shape());
		assertEquals(3, parts.get(1).frames());
		ObservationPart numbers = wrapped("state").observationParts().get(0);
		float[] high = new float[3];
		Arrays.fill(high, Counting.LIMIT);
		assertArrayEquals(high, numbers.bounds().orElseThrow().high());
		try (SimulatedLanes lane = Counting.lane(wrapped("state"), 3)) {
			lane.step(new ActionBatch(lane.actionSpace(), 1));
			assertArrayEquals(new byte[] {1, 101}, lane.bytes(1), "an image that is not stacked is as it was");
		}
	}

	@Test
	void aStackOfStacksAndAPartThatThereIsNotAreRefused() {
		TaskFamily once =
				new TaskFamily(wrapped(), Counting.family(3).parameters(), Counting.family(3).taskSets(), Counting.family(3).shape());
		assertEquals("'state' is already a stack of frames",
				assertThrows(IllegalArgumentException.class, () -> wrap(once)).getMessage());
		assertEquals("parts: the observation has no part 'film'; there are state, picture",
				assertThrows(IllegalArgumentException.class, () -> wrapped("film")).getMessage());
	}
}
