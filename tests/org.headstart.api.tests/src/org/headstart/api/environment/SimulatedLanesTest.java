package org.headstart.api.environment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** What {@code EnvironmentContract} does not look at: the numbers themselves, on a law that can be followed by hand. */
class SimulatedLanesTest {

	private static final DiscreteSpace THREE = new DiscreteSpace(3);

	/** Tasks 1, 2, 3, 1, …: an episode of task 3 ends at the limit as well as by itself, one of task 9 at the limit only. */
	private static final class InTurn implements TaskSampler {

		private final double[] tasks;
		private int next;

		InTurn(double... tasks) {
			this.tasks = tasks;
		}

		@Override
		public void sample(RandomStream random, double[] omega, int omegaOffset) {
			omega[omegaOffset] = tasks[next++ % tasks.length];
		}
	}

	private static SimulatedLanes lanes(ActionSpace actions, int lanes, TaskSampler tasks, View view) {
		SimulatedLanes environment = new SimulatedLanes(new CountingDynamics(actions), lanes, tasks,
				new RandomStreams(5), view);
		environment.reset();
		return environment;
	}

	private static ActionBatch choose(SimulatedLanes environment, int... actions) {
		ActionBatch batch = new ActionBatch(environment.actionSpace(), environment.lanes());
		System.arraycopy(actions, 0, batch.index, 0, actions.length);
		return batch;
	}

	@Test
	void withoutAViewATaskIsDrawnForEveryEpisode() {
		SimulatedLanes environment = lanes(THREE, 1, new InTurn(1, 9, 2), View.PLAIN);
		double[] task = new double[1];
		boolean[][] ends = {{true, false}, {false, false}, {false, false}, {false, true}, {false, false},
				{true, false}};
		double[] tasks = {9, 9, 9, 2, 2, 1};
		for (int step = 0; step < ends.length; step++) {
			environment.step(choose(environment, 0));
			assertEquals(ends[step][0], environment.terminated()[0], "step " + step);
			assertEquals(ends[step][1], environment.truncated()[0], "step " + step);
			assertEquals(ends[step][0] || ends[step][1], environment.episodeEnded()[0], "step " + step);
			environment.task(0, task);
			assertEquals(tasks[step], task[0], "step " + step);
		}
		// of the episode that ended, not of the one that begins
		assertArrayEquals(new double[] {2, 2, 2}, environment.finalOutcomes());
		double[] trace = new double[2];
		environment.finalTrace(0, trace);
		assertArrayEquals(new double[] {2, 2}, trace);
		environment.trace(0, trace);
		assertArrayEquals(new double[] {0, 1}, trace);
	}

	@Test
	void aTrialShowsWhatTheLastStepDidAndEndsWithItsLastEpisode() {
		SimulatedLanes environment = lanes(THREE, 1, new InTurn(2, 9), new View(Trial.of(2), true, true));
		// count, action one-hot, reward, ended, ω
		assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 2}, environment.observations());
		environment.step(choose(environment, 2));
		assertArrayEquals(new float[] {1, 0, 0, 1, 12, 0, 2}, environment.observations());
		environment.step(choose(environment, 0));
		assertArrayEquals(new float[] {0, 1, 0, 0, 20, 1, 2}, environment.observations(), "the next episode of the trial");
		assertTrue(environment.episodeEnded()[0]);
		assertFalse(environment.terminated()[0]);
		environment.step(choose(environment, 1));
		assertArrayEquals(new float[] {1, 0, 1, 0, 11, 0, 2}, environment.observations());
		assertFalse(environment.episodeEnded()[0]);
		environment.step(choose(environment, 1));
		assertTrue(environment.terminated()[0]);
		assertArrayEquals(new float[] {2, 0, 1, 0, 21, 1, 2}, environment.finalObservations());
		assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 9}, environment.observations(), "nothing is known of another task");
		assertArrayEquals(new double[] {4, 2, 2}, environment.finalOutcomes());
		for (int step = 0; step < 2 * CountingDynamics.LIMIT; step++) {
			assertFalse(environment.truncated()[0]);
			environment.step(choose(environment, 0));
			assertEquals(step % 3 == 2, environment.episodeEnded()[0]);
			assertEquals(step == 5, environment.terminated()[0], "a time limit within a trial does not cut it");
		}
		assertArrayEquals(new double[] {6, 3, 3}, environment.finalOutcomes());
	}

	@Test
	void severalChoicesAreShownSideBySide() {
		SimulatedLanes environment = lanes(new MultiDiscreteSpace(3, 2), 2, TaskSampler.fixed(9), new View(Trial.EPISODE, true, false));
		environment.step(choose(environment, 2, 0, 1, 1));
		// count, 3 + 2 actions one-hot, reward, ended
		assertArrayEquals(new float[] {1, 0, 0, 1, 1, 0, 12, 0, 1, 0, 1, 0, 0, 1, 11, 0}, environment.observations());
	}

	@Test
	void spacesOfSeveralChoicesSayWhatTheyAre() {
		assertEquals("3 choices, of 4, 3 and 2 actions", new MultiDiscreteSpace(4, 3, 2).toString());
		assertEquals(new MultiDiscreteSpace(4, 2), new MultiDiscreteSpace(4, 2));
		assertNotEquals(new MultiDiscreteSpace(4, 2), new MultiDiscreteSpace(2, 4));
		assertThrows(IllegalArgumentException.class, MultiDiscreteSpace::new);
		assertEquals("choice 1 of a multi-discrete action space needs at least 2 actions, not 1",
				assertThrows(IllegalArgumentException.class, () -> new MultiDiscreteSpace(4, 1)).getMessage());
	}

	@Test
	void actionsAreShownAsTheyCount() {
		SimulatedLanes environment = lanes(BoxSpace.uniform(1, -1, 1), 1, TaskSampler.fixed(9),
				new View(Trial.of(2), true, false));
		ActionBatch batch = new ActionBatch(environment.actionSpace(), 1);
		batch.values[0] = -7;
		environment.step(batch);
		assertArrayEquals(new float[] {1, -1, 3, 0}, environment.observations());
		batch.values[0] = 0.25f;
		environment.step(batch);
		assertArrayEquals(new float[] {2, 0.25f, 20.25f, 0}, environment.observations());
	}

	@Test
	void alignedLanesIdleUntilTheLimit() {
		View view = new View(new Trial(2, 2, true), true, false);
		SimulatedLanes environment = lanes(THREE, 4, (random, omega, offset) -> omega[offset] = 1 + random.nextInt(2),
				view);
		double[] task = new double[1];
		for (int lane = 0; lane < 4; lane++) {
			environment.task(lane, task);
			double first = task[0];
			environment.task(lane / 2 * 2, task);
			assertEquals(task[0], first, "lanes 0 and 1, and 2 and 3, share their task");
		}
		environment.task(0, task);
		int length = (int) task[0];
		double sum = 0;
		for (int step = 1; step <= 2 * CountingDynamics.LIMIT; step++) {
			int ofEpisode = (step - 1) % CountingDynamics.LIMIT + 1;
			environment.step(choose(environment, 1, 1, 1, 1));
			sum += environment.rewards()[0];
			assertEquals(ofEpisode > length, environment.idle()[0], "step " + step);
			assertEquals(ofEpisode > length ? 0 : 10 * ofEpisode + 1, environment.rewards()[0], "step " + step);
			assertEquals(ofEpisode == CountingDynamics.LIMIT, environment.episodeEnded()[0], "step " + step);
			assertEquals(step == 2 * CountingDynamics.LIMIT, environment.terminated()[0], "step " + step);
			assertFalse(environment.truncated()[0]);
			if (ofEpisode < CountingDynamics.LIMIT) {
				assertEquals(Math.min(ofEpisode, length), environment.observations()[0], "step " + step);
				assertEquals(ofEpisode >= length ? 1 : 0, environment.observations()[5], "the flag is shown at once: step " + step);
			}
		}
		assertEquals(length == 1 ? 22 : 64, sum);
		assertEquals(2 * length, environment.finalOutcomes()[0]);
		assertEquals(length, environment.finalOutcomes()[1]);
	}

	@Test
	void anAlignedEpisodeEndsForGoodAtTheLimit() {
		SimulatedLanes environment = lanes(THREE, 1, TaskSampler.fixed(9), new View(new Trial(1, 1, true), false, false));
		for (int step = 1; step <= CountingDynamics.LIMIT; step++) {
			environment.step(choose(environment, 0));
			assertEquals(step == CountingDynamics.LIMIT, environment.terminated()[0]);
			assertFalse(environment.truncated()[0]);
			assertFalse(environment.idle()[0]);
		}
	}

	@Test
	void aCheckpointHoldsTheHistoryAndForgetsTheLastStepsFlags() throws IOException {
		View view = new View(Trial.of(2), true, false);
		SimulatedLanes one = lanes(THREE, 1, TaskSampler.fixed(1), view);
		one.step(choose(one, 2));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		one.writeState(new DataOutputStream(bytes));
		SimulatedLanes other = lanes(THREE, 1, TaskSampler.fixed(1), view);
		other.step(choose(other, 0));
		other.step(choose(other, 0));
		assertTrue(other.terminated()[0]);
		other.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
		assertArrayEquals(new float[] {0, 0, 0, 1, 12, 1}, other.observations());
		assertFalse(other.terminated()[0] || other.episodeEnded()[0]);
		other.step(choose(other, 0));
		assertTrue(other.terminated()[0], "it was in the trial's second episode");
		assertArrayEquals(new double[] {2, 1, 1}, other.finalOutcomes());
	}

	@Test
	void lanesMustFillTheirGroups() {
		View pairs = new View(new Trial(1, 2, true), false, false);
		IllegalArgumentException odd = assertThrows(IllegalArgumentException.class,
				() -> lanes(THREE, 3, TaskSampler.fixed(1), pairs));
		assertEquals("lanes must be at least 1 and a multiple of the 2 that share a task, is 3", odd.getMessage());
		assertEquals("lanes must be at least 1, is 0", assertThrows(IllegalArgumentException.class,
				() -> lanes(THREE, 0, TaskSampler.fixed(1), View.PLAIN)).getMessage());
	}

	/** Sees the count as an image of two pixels, too: the count, and 100 more than it. */
	private static final class CountingImages extends CountingDynamics {

		CountingImages() {
			super(THREE);
		}

		@Override
		public List<ObservationPart> images() {
			return List.of(ObservationPart.image("image", 1, 1, 2));
		}

		@Override
		public void draw(int image, double[] state, int stateOffset, double[] omega, int omegaOffset, byte[] pixels, int pixelOffset) {
			pixels[pixelOffset] = (byte) state[stateOffset];
			pixels[pixelOffset + 1] = (byte) (100 + state[stateOffset]);
		}
	}

	@Test
	void imagesAreDrawnBesideTheNumbers() throws IOException {
		SimulatedLanes environment = new SimulatedLanes(new CountingImages(), 2, new InTurn(2, 9),
				new RandomStreams(5), new View(Trial.EPISODE, true, true));
		environment.reset();
		ObservationSpace space = environment.observationSpace();
		assertEquals(List.of("state", "image", "history", "task"), space.parts().stream().map(ObservationPart::name).toList());
		assertEquals(1 + 5 + 1, space.rowSize());
		int image = space.index("image");
		byte[] pixels = environment.bytes(image);
		assertArrayEquals(new byte[] {0, 100, 0, 100}, pixels);
		environment.step(choose(environment, 0, 0));
		assertArrayEquals(new byte[] {1, 101, 1, 101}, environment.bytes(image));
		assertSame(pixels, environment.bytes(image));
		environment.step(choose(environment, 0, 0));
		assertArrayEquals(new byte[] {0, 100, 2, 102}, pixels, "the first lane's next episode begins");
		assertArrayEquals(new byte[] {2, 102}, Arrays.copyOf(environment.finalBytes(image), 2));
		ByteArrayOutputStream state = new ByteArrayOutputStream();
		environment.writeState(new DataOutputStream(state));
		environment.step(choose(environment, 0, 0));
		environment.readState(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
		assertArrayEquals(new byte[] {0, 100, 2, 102}, pixels, "a checkpoint holds no pixels: they are drawn again");
	}

	/** Adds noise to its only number. */
	private static final class Drifting extends CountingDynamics {

		Drifting() {
			super(THREE);
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch batch, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				state[lane] += random[lane].nextDouble();
				rewards[lane] = (float) state[lane];
				terminated[lane] = false;
			}
		}
	}

	@Test
	void aLaneThatRestsIsLeftAloneItsStreamToo() {
		float[] rewards = new float[2];
		boolean[] terminated = new boolean[2];
		ActionBatch actions = new ActionBatch(THREE, 2);
		float[] resting = new float[1];
		float[] moving = new float[1];
		try (Simulation one = Simulator.of(new Drifting()).open(new LaneStreams(new RandomStreams(3), 2));
				Simulation other = Simulator.of(new Drifting()).open(new LaneStreams(new RandomStreams(3), 2))) {
			for (int lane = 0; lane < 2; lane++) {
				one.start(lane, new double[1], 0);
				other.start(lane, new double[1], 0);
			}
			one.step(actions, null, rewards, terminated);
			for (int step = 0; step < 3; step++) {
				one.step(actions, new boolean[] {false, true}, rewards, terminated);
			}
			one.step(actions, null, rewards, terminated);
			one.observe(0, resting, 0);
			other.step(actions, null, rewards, terminated);
			other.step(actions, null, rewards, terminated);
			other.observe(0, moving, 0);
		}
		assertEquals(moving[0], resting[0]);
	}
}
