package org.headstart.api.experience;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayBufferTest {

	private static final ActionSpace TWO = new DiscreteSpace(2);

	/**
	 * The reward of a step is a number that no other step has, and what is shown are this number's beginnings: last step's number and,
	 * with a stack, the ones before, as an environment that stacks frames shows them.
	 */
	private static final class Counting implements Dynamics {

		private final int frames;
		private final ActionSpace actions;
		private double count;

		Counting(int frames, ActionSpace actions) {
			this.frames = frames;
			this.actions = actions;
		}

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(frames + 2, -1e9f, 1e9f);
		}

		@Override
		public ActionSpace actionSpace() {
			return actions;
		}

		@Override
		public int stateSize() {
			return frames;
		}

		@Override
		public int parameterCount() {
			return 1;
		}

		@Override
		public int maxEpisodeSteps() {
			return 9;
		}

		@Override
		public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
			count++;
			for (int frame = 0; frame < frames; frame++) {
				state[stateOffset + frame] = count;
			}
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch batch, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				int at = lane * frames;
				rewards[lane] = (float) state[at + frames - 1];
				System.arraycopy(state, at + 1, state, at, frames - 1);
				state[at + frames - 1] = ++count;
				terminated[lane] = random[lane].nextInt(8) == 0;
			}
		}

		@Override
		public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
				int observationOffset) {
			observation[observationOffset] = -(float) state[stateOffset + frames - 1];
			for (int frame = 0; frame < frames; frame++) {
				observation[observationOffset + 1 + frame] = (float) state[stateOffset + frame];
			}
			observation[observationOffset + 1 + frames] = 0.5f;
		}

		@Override
		public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
			// nobody watches
		}
	}

	/** What {@link Counting} shows: a number, the past as a stack, and a constant; the past once more as images of two pixels. */
	private static ObservationSpace space(int frames) {
		return new ObservationSpace(List.of(ObservationPart.numbers("sign", BoxSpace.uniform(1, -1e9f, 1e9f)),
				new ObservationPart("past", List.of(frames), Optional.of(BoxSpace.uniform(frames, -1e9f, 1e9f)), frames),
				new ObservationPart("image", List.of(frames, 1, 2), Optional.empty(), frames),
				ObservationPart.numbers("constant", BoxSpace.uniform(1, -1e9f, 1e9f))));
	}

	private static final int IMAGE = 2;

	private static byte[] image(float[] rows, int frames) {
		byte[] image = new byte[rows.length / (frames + 2) * frames * 2];
		for (int row = 0, to = 0; to < image.length; row++) {
			for (int frame = 0; frame < frames; frame++) {
				int value = (int) rows[row * (frames + 2) + 1 + frame];
				image[to++] = (byte) value;
				image[to++] = (byte) (value >> 8);
			}
		}
		return image;
	}

	/** The environment's lanes with the images. */
	private record Seen(SimulatedLanes environment, int frames, byte[] images, byte[] last) implements Lanes {

		Seen(SimulatedLanes environment, int frames) {
			this(environment, frames, image(environment.observations(), frames), image(environment.finalObservations(), frames));
		}

		@Override
		public int lanes() {
			return environment.lanes();
		}

		@Override
		public ObservationSpace observationSpace() {
			return space(frames);
		}

		@Override
		public ActionSpace actionSpace() {
			return environment.actionSpace();
		}

		@Override
		public float[] observations() {
			return environment.observations();
		}

		@Override
		public byte[] bytes(int part) {
			assertEquals(IMAGE, part);
			return images;
		}

		@Override
		public byte[] finalBytes(int part) {
			assertEquals(IMAGE, part);
			return last;
		}

		@Override
		public float[] finalObservations() {
			return environment.finalObservations();
		}

		@Override
		public float[] rewards() {
			return environment.rewards();
		}

		@Override
		public boolean[] terminated() {
			return environment.terminated();
		}

		@Override
		public boolean[] truncated() {
			return environment.truncated();
		}

		@Override
		public boolean[] episodeEnded() {
			return environment.episodeEnded();
		}

		@Override
		public boolean[] idle() {
			return environment.idle();
		}

		@Override
		public double[] finalOutcomes() {
			return environment.finalOutcomes();
		}

		@Override
		public List<Outcome> outcomes() {
			return environment.outcomes();
		}
	}

	/** A step as it was played. */
	private record Played(float[] observation, float[] next, float reward, boolean terminated, int action) {}

	/** Plays and remembers every step by its reward. */
	private static final class Play {

		final MemoryChunks chunks = new MemoryChunks();
		final ReplayBuffer replay;
		final Map<Float, Played> played = new HashMap<>();
		private final Counting dynamics;
		private final int row;
		private final RandomStream random = new RandomStream(4);
		private SimulatedLanes environment;
		private ActionBatch actions;

		Play(int frames, int capacity) {
			dynamics = new Counting(frames, TWO);
			row = frames + 2;
			replay = new ReplayBuffer("replay", space(frames), TWO, capacity, chunks);
		}

		void begin(int lanes) {
			environment = new SimulatedLanes(dynamics, lanes, TaskSampler.fixed(0), new RandomStreams(lanes));
			environment.reset();
			actions = new ActionBatch(TWO, lanes);
			replay.begin(lanes);
		}

		void steps(int count) {
			int lanes = environment.lanes();
			for (int step = 0; step < count; step++) {
				float[] before = environment.observations().clone();
				for (int lane = 0; lane < lanes; lane++) {
					actions.index[lane] = random.nextInt(2);
				}
				replay.append(new Seen(environment, row - 2), actions);
				environment.step(actions);
				replay.observe(new Seen(environment, row - 2));
				for (int lane = 0; lane < lanes; lane++) {
					boolean ended = environment.terminated()[lane] || environment.truncated()[lane];
					played.put(environment.rewards()[lane], new Played(row(before, lane),
							row(ended ? environment.finalObservations() : environment.observations(), lane), environment.rewards()[lane],
							environment.terminated()[lane], actions.index[lane]));
				}
			}
		}

		private float[] row(float[] rows, int lane) {
			return Arrays.copyOfRange(rows, lane * row, (lane + 1) * row);
		}

		void assertDrawsAreWhatWasPlayed() {
			int[] places = new int[500];
			replay.draw(new RandomStream(3), places, places.length);
			float[] observations = new float[places.length * row];
			float[] next = new float[places.length * row];
			replay.observations(places, places.length, observations);
			replay.nextObservations(places, places.length, next);
			byte[] images = new byte[places.length * (row - 2) * 2];
			replay.images(IMAGE, places, places.length, images);
			assertArrayEquals(image(observations, row - 2), images);
			replay.nextImages(IMAGE, places, places.length, images);
			assertArrayEquals(image(next, row - 2), images);
			for (int i = 0; i < places.length; i++) {
				Played one = played.get(replay.reward(places[i]));
				assertArrayEquals(one.observation, row(observations, i));
				assertArrayEquals(one.next, row(next, i));
				assertEquals(one.terminated, replay.terminated(places[i]));
				assertEquals(one.action, replay.choice(places[i]));
			}
		}

		byte[] bytes() throws IOException {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			replay.writeState(new DataOutputStream(bytes));
			return bytes.toByteArray();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = {1, 2, 4})
	void whatIsDrawnIsWhatWasPlayed(int frames) {
		Play play = new Play(frames, 200);
		play.begin(3);
		for (int round = 0; round < 60; round++) {
			play.steps(5);
			play.assertDrawsAreWhatWasPlayed();
		}
		assertTrue(play.replay.size() > 130 && play.replay.size() <= 200, "steps: " + play.replay.size());
	}

	@Test
	void itOutlivesAChangeOfLanes() {
		Play play = new Play(3, 2000);
		play.begin(3);
		play.steps(50);
		int before = play.replay.size();
		assertTrue(before > 130, "steps: " + before);
		for (int lanes : new int[] {1, 7, 2}) {
			play.begin(lanes);
			assertEquals(before, play.replay.size());
			play.steps(30);
			play.assertDrawsAreWhatWasPlayed();
			assertTrue(play.replay.size() >= before + 29 * lanes, "steps: " + play.replay.size());
			before = play.replay.size();
		}
		play.replay.clear();
		assertEquals(0, play.replay.size());
		assertThrows(IllegalStateException.class, () -> play.replay.draw(new RandomStream(1), new int[1], 1));
		play.begin(2);
		play.steps(20);
		play.assertDrawsAreWhatWasPlayed();
	}

	@Test
	void theLastStepOfALaneIsDrawnOnceItIsKnownWhatFollowed() {
		Play play = new Play(1, 100);
		play.begin(1);
		play.steps(1);
		int known = play.replay.size();
		play.steps(1);
		assertTrue(play.replay.size() > known);
		assertThrows(IllegalStateException.class, () -> {
			play.replay.append(new Seen(play.environment, 1), play.actions);
			play.replay.append(new Seen(play.environment, 1), play.actions);
		});
	}

	@Test
	void readBackItGoesOnAlikeAndFullChunksAreReferredTo() throws IOException {
		Play whole = new Play(3, 320);
		whole.begin(4);
		for (int round = 0; round < 30; round++) {
			whole.steps(7);
			byte[] state = whole.bytes();
			assertTrue(state.length < 20 * 60, "at most a chunk of 10 entries, and the lanes: " + state.length);
			ReplayBuffer read = new ReplayBuffer("replay", space(3), TWO, 320, whole.chunks);
			read.readState(new DataInputStream(new ByteArrayInputStream(state)));
			assertEquals(whole.replay.size(), read.size());
			int[] expected = new int[100];
			int[] found = new int[100];
			whole.replay.draw(new RandomStream(round), expected, 100);
			read.draw(new RandomStream(round), found, 100);
			assertArrayEquals(expected, found);
			float[] expectedRows = new float[500];
			float[] foundRows = new float[500];
			whole.replay.nextObservations(expected, 100, expectedRows);
			read.nextObservations(found, 100, foundRows);
			assertArrayEquals(expectedRows, foundRows);
			ByteArrayOutputStream again = new ByteArrayOutputStream();
			read.writeState(new DataOutputStream(again));
			assertArrayEquals(state, again.toByteArray());
		}
	}

	@Test
	void aStateOfAnotherBufferIsRefused() throws IOException {
		Play play = new Play(1, 320);
		play.begin(2);
		play.steps(40);
		byte[] state = play.bytes();
		assertThrows(IOException.class, () -> new ReplayBuffer("replay", space(1), TWO, 32, play.chunks)
				.readState(new DataInputStream(new ByteArrayInputStream(state))));
		assertThrows(IOException.class, () -> new ReplayBuffer("other", space(1), TWO, 320, play.chunks)
				.readState(new DataInputStream(new ByteArrayInputStream(state))));
	}

	@Test
	void actionsOfABoxComeBack() {
		BoxSpace box = BoxSpace.uniform(2, -1, 1);
		SimulatedLanes environment = new SimulatedLanes(new Counting(1, box), 1, TaskSampler.fixed(0),
				new RandomStreams(1));
		environment.reset();
		ReplayBuffer replay = new ReplayBuffer("replay", environment.observationSpace(), box, 1000, new MemoryChunks());
		replay.begin(1);
		ActionBatch actions = new ActionBatch(box, 1);
		for (int step = 0; step < 100; step++) {
			actions.values[0] = environment.observations()[1];
			actions.values[1] = -step;
			replay.append(environment, actions);
			environment.step(actions);
			replay.observe(environment);
		}
		int[] places = new int[50];
		replay.draw(new RandomStream(1), places, 50);
		float[] action = new float[3];
		for (int place : places) {
			replay.action(place, action, 1);
			assertEquals(replay.reward(place), action[1]);
			assertNotEquals(-1, replay.next(place));
			assertTrue(replay.step(place));
		}
	}

	/** The second choice is the count, the first says which lane: what came back together was done together. */
	@Test
	void severalChoicesComeBackAlsoFromACheckpoint() throws IOException {
		ActionSpace choices = new MultiDiscreteSpace(2, 1000);
		SimulatedLanes environment = new SimulatedLanes(new Counting(1, choices), 2, TaskSampler.fixed(0), new RandomStreams(1));
		environment.reset();
		MemoryChunks chunks = new MemoryChunks();
		ReplayBuffer replay = new ReplayBuffer("replay", environment.observationSpace(), choices, 320, chunks);
		replay.begin(2);
		ActionBatch actions = new ActionBatch(choices, 2);
		float[] rewards = new float[2 * 100];
		for (int step = 0; step < 100; step++) {
			for (int lane = 0; lane < 2; lane++) {
				actions.index[2 * lane] = lane;
				actions.index[2 * lane + 1] = step;
			}
			replay.append(environment, actions);
			environment.step(actions);
			replay.observe(environment);
			System.arraycopy(environment.rewards(), 0, rewards, 2 * step, 2);
		}
		ByteArrayOutputStream state = new ByteArrayOutputStream();
		replay.writeState(new DataOutputStream(state));
		ReplayBuffer read = new ReplayBuffer("replay", environment.observationSpace(), choices, 320, chunks);
		read.readState(new DataInputStream(new ByteArrayInputStream(state.toByteArray())));
		int[] places = new int[50];
		for (ReplayBuffer each : List.of(replay, read)) {
			each.draw(new RandomStream(1), places, 50);
			for (int place : places) {
				assertEquals(rewards[2 * each.choice(place, 1) + each.choice(place)], each.reward(place));
			}
		}
	}

	@Test
	void whatCannotBeIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> new ReplayBuffer("r", space(1), TWO, 0, new MemoryChunks()));
		String tooFew = assertThrows(IllegalArgumentException.class,
				() -> new ReplayBuffer("r", space(1), TWO, 32, new MemoryChunks()).begin(16)).getMessage();
		assertTrue(tooFew.contains("at least 33"), tooFew);
		ReplayBuffer stacked = new ReplayBuffer("r", new ObservationSpace(List.of(
				new ObservationPart("past", List.of(3), Optional.of(BoxSpace.uniform(3, -1e9f, 1e9f)), 3))), TWO, 100, new MemoryChunks());
		stacked.begin(1);
		SimulatedLanes other = new SimulatedLanes(new Counting(1, TWO), 1, TaskSampler.fixed(0), new RandomStreams(1));
		other.reset();
		assertThrows(IllegalArgumentException.class, () -> stacked.append(other, new ActionBatch(TWO, 1)),
				"what is shown at an episode's start is no stack of one frame");
	}

	@Test
	void appendingDrawingAndGatheringAllocateNothing() {
		Play play = new Play(4, 500);
		play.begin(4);
		RandomStream random = new RandomStream(1);
		int[] places = new int[32];
		float[] rows = new float[32 * 6];
		byte[] images = new byte[32 * 4 * 2];
		// its images stay the same
		Seen seen = new Seen(play.environment, 4);
		Arrays.fill(seen.images(), (byte) 0);
		Allocation.assertNone("appending, drawing and gathering, in windows of 500 steps", () -> {
			for (int step = 0; step < 500; step++) {
				play.replay.append(seen, play.actions);
				play.environment.step(play.actions);
				play.replay.observe(seen);
				if (play.replay.size() > 100) {
					play.replay.draw(random, places, 32);
					play.replay.observations(places, 32, rows);
					play.replay.nextObservations(places, 32, rows);
					play.replay.images(IMAGE, places, 32, images);
				}
			}
		});
		assertFalse(play.replay.size() < 300);
	}
}
