package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Test;

/**
 * What every environment must keep, as tests: extend this class, return the family, and JUnit runs them.
 *
 * <pre>{@code
 * class MyEnvironmentTest extends EnvironmentContract {
 * 	@Override
 * 	protected TaskFamily family() {
 * 		return new MyEnvironment().create(new MySettings(...));
 * 	}
 * }
 * }</pre>
 *
 * <p>One class per variant of the settings that takes another way through the code. The runs are as long as the time limit asks
 * for; a variant with a limit of some hundred steps is tested in a second.
 */
public abstract class EnvironmentContract {

	private static final int LANES = 8;
	private static final int WARM_UP_STEPS = 20_000;
	private static final int MEASURED_STEPS = 4_000;
	private static final int SAMPLES = 500;

	/**
	 * The family under test.
	 *
	 * @return a new instance at each call, always of the same settings
	 */
	protected abstract TaskFamily family();

	@Test
	void sameSeedGivesTheSameTrajectoryBitForBit() {
		int end = steps();
		VectorEnvironment one = start(family(), LANES, 7);
		VectorEnvironment other = start(family(), LANES, 7);
		assertSameMoment("after reset", one, other);
		RandomActions actions = new RandomActions(one, 1);
		for (int step = 1; step <= end; step++) {
			actions.draw();
			one.step(actions.batch);
			other.step(actions.batch);
			assertSameMoment("same seed, same actions, step " + step, one, other);
		}
	}

	@Test
	void lanesAreIndependent() {
		int end = steps();
		VectorEnvironment alone = start(family(), 1, 7);
		VectorEnvironment first = start(family(), LANES, 7);
		VectorEnvironment second = start(family(), LANES, 7);
		RandomActions aloneActions = new RandomActions(alone, 1);
		RandomActions firstActions = new RandomActions(first, 2);
		RandomActions secondActions = new RandomActions(second, 3);
		for (int step = 1; step <= end; step++) {
			aloneActions.draw();
			firstActions.draw();
			secondActions.draw();
			aloneActions.copyLaneTo(firstActions);
			aloneActions.copyLaneTo(secondActions);
			alone.step(aloneActions.batch);
			first.step(firstActions.batch);
			second.step(secondActions.batch);
			assertSameLane("lane 0 alone and lane 0 of " + LANES + ", step " + step, alone, first, 0);
			assertSameLane("lane 0 beside lanes that act differently, step " + step, first, second, 0);
		}
	}

	@Test
	void resetLeavesNothingOfThePreviousEpisodes() throws IOException {
		int end = steps();
		VectorEnvironment one = start(family(), LANES, 7);
		RandomActions actions = new RandomActions(one, 1);
		for (int step = 0; step < 10; step++) {
			actions.draw();
			one.step(actions.batch);
		}
		VectorEnvironment other = start(family(), LANES, 99);
		for (int step = 0; step < 3; step++) {
			actions.draw();
			other.step(actions.batch);
		}
		// The same random streams from here on, but other states, in lanes with another history.
		restore(checkpoint(one), other);
		double[][] states = new double[LANES][];
		for (int lane = 0; lane < LANES; lane++) {
			states[lane] = other.state(lane);
		}
		for (int lane = 0; lane < LANES; lane++) {
			other.setState(lane, states[(lane + 1) % LANES]);
		}
		one.reset();
		other.reset();
		assertSameMoment("after reset from different states", one, other);
		for (int step = 1; step <= end; step++) {
			actions.draw();
			one.step(actions.batch);
			other.step(actions.batch);
			assertSameMoment("after reset from different states, step " + step, one, other);
		}
	}

	@Test
	void observationsLieInTheirSpace() {
		int end = steps();
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			VectorEnvironment lanes = start(family, LANES, 7, set.sampler());
			BoxSpace space = lanes.observationSpace();
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

	@Test
	void episodesEndByTerminationOrExactlyAtTheTimeLimit() {
		TaskFamily family = family();
		int limit = family.dynamics().maxEpisodeSteps();
		VectorEnvironment lanes = start(family, LANES, 7);
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

	@Test
	void rewardsAreFiniteAndReturnsWithinTheirBounds() {
		int end = steps();
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			VectorEnvironment lanes = start(family, LANES, 7, set.sampler());
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

	@Test
	void taskSetsHaveNamesAndASourceComesFirst() {
		TaskFamily family = family();
		assertFalse(family.taskSets().isEmpty(), "there is no task set");
		assertFalse(family.taskSets().get(0).heldOut(), "the first set, '" + family.taskSets().get(0).name()
				+ "', is the default source, so it must not be held out");
		Set<String> names = new HashSet<>();
		for (TaskSet set : family.taskSets()) {
			assertTrue(names.add(set.name()), "two task sets are named '" + set.name() + "'");
			assertFalse(set.description().isBlank(), "task set '" + set.name() + "' has no description");
		}
		assertEquals(family.parameterNames().size(), new HashSet<>(family.parameterNames()).size(),
				"parameter names must be unique: " + family.parameterNames());
	}

	@Test
	void sampledTasksBelongToTheirSet() {
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			RandomStream random = new RandomStreams(7).stream("task");
			double[] omega = new double[family.dynamics().parameterCount()];
			for (int i = 0; i < SAMPLES; i++) {
				set.sampler().sample(random, omega, 0);
				for (double value : omega) {
					assertTrue(Double.isFinite(value), "set '" + set.name() + "' drew " + named(family, omega));
				}
				assertTrue(set.contains().test(omega),
						"set '" + set.name() + "' drew " + named(family, omega) + ", which its 'contains' denies");
			}
		}
	}

	@Test
	void heldOutTasksAreDisjointFromTheOthers() {
		TaskFamily family = family();
		double[] omega = new double[family.dynamics().parameterCount()];
		for (TaskSet from : family.taskSets()) {
			for (TaskSet other : family.taskSets()) {
				if (from.heldOut() == other.heldOut()) {
					continue;
				}
				RandomStream random = new RandomStreams(7).stream("task");
				for (int i = 0; i < SAMPLES; i++) {
					from.sampler().sample(random, omega, 0);
					assertFalse(other.contains().test(omega), "set '" + from.name() + "' drew " + named(family, omega)
							+ ", which also belongs to '" + other.name() + "', and one of the two is held out");
				}
			}
		}
	}

	@Test
	void samplingATaskDependsOnTheStreamOnlyAndWritesItsPlaceOnly() {
		TaskFamily family = family();
		int size = family.dynamics().parameterCount();
		for (TaskSet set : family.taskSets()) {
			RandomStream one = new RandomStreams(7).stream("task");
			RandomStream other = new RandomStreams(7).stream("task");
			double[] omega = new double[size];
			double[] wide = new double[size + 2];
			for (int i = 0; i < SAMPLES; i++) {
				Arrays.fill(wide, -12345);
				set.sampler().sample(one, omega, 0);
				set.sampler().sample(other, wide, 1);
				assertArrayEquals(omega, Arrays.copyOfRange(wide, 1, size + 1),
						"set '" + set.name() + "', draw " + i + ": equal streams gave different tasks");
				assertTrue(wide[0] == -12345 && wide[size + 1] == -12345,
						"set '" + set.name() + "' wrote outside of its place in the array");
			}
		}
	}

	@Test
	void aStepAllocatesNothing() {
		var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			VectorEnvironment lanes = start(family, LANES, 7, set.sampler());
			RandomActions actions = new RandomActions(lanes, 1);
			actions.draw();
			for (int step = 0; step < WARM_UP_STEPS; step++) {
				lanes.step(actions.batch);
			}
			// The smallest of some blocks: the runtime itself may allocate on this thread once in a while.
			long least = Long.MAX_VALUE;
			for (int block = 0; block < 5 && least > 0; block++) {
				long before = threads.getCurrentThreadAllocatedBytes();
				for (int step = 0; step < MEASURED_STEPS; step++) {
					lanes.step(actions.batch);
				}
				least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
			}
			assertEquals(0, least, "bytes allocated by " + MEASURED_STEPS + " steps of " + LANES + " lanes, tasks "
					+ set.name());
		}
	}

	@Test
	void theArraysStayTheSameObjects() {
		int end = steps();
		VectorEnvironment lanes = start(family(), LANES, 7);
		float[] observations = lanes.observations();
		float[] finalObservations = lanes.finalObservations();
		float[] rewards = lanes.rewards();
		boolean[] terminated = lanes.terminated();
		boolean[] truncated = lanes.truncated();
		RandomActions actions = new RandomActions(lanes, 1);
		for (int step = 0; step < end; step++) {
			actions.draw();
			lanes.step(actions.batch);
		}
		lanes.reset();
		assertSame(observations, lanes.observations(), "observations()");
		assertSame(finalObservations, lanes.finalObservations(), "finalObservations()");
		assertSame(rewards, lanes.rewards(), "rewards()");
		assertSame(terminated, lanes.terminated(), "terminated()");
		assertSame(truncated, lanes.truncated(), "truncated()");
	}

	@Test
	void aCheckpointContinuesAsIfNothingHadHappened() throws IOException {
		int end = steps();
		VectorEnvironment one = start(family(), LANES, 7);
		RandomActions actions = new RandomActions(one, 1);
		int before = family().dynamics().maxEpisodeSteps() / 2 + 3;
		for (int step = 0; step < before; step++) {
			actions.draw();
			one.step(actions.batch);
		}
		byte[] checkpoint = checkpoint(one);
		// Of another seed and never reset: all must come from the checkpoint.
		TaskFamily family = family();
		VectorEnvironment other = family.vectorEnvironment(LANES, family.taskSets().get(0).sampler(),
				new RandomStreams(99));
		restore(checkpoint, other);
		for (int lane = 0; lane < LANES; lane++) {
			assertArrayEquals(row(one.observations(), one, lane), row(other.observations(), other, lane),
					"observation right after readState, lane " + lane);
		}
		for (int step = 1; step <= end; step++) {
			actions.draw();
			one.step(actions.batch);
			other.step(actions.batch);
			assertSameMoment("step " + step + " after the checkpoint", one, other);
		}
		assertArrayEquals(checkpoint(one), checkpoint(other), "the checkpoints of both after " + end + " steps");
	}

	@Test
	void aStateCanBeTakenOutAndPutBack() {
		TaskFamily family = family();
		double[] omega = new double[family.dynamics().parameterCount()];
		family.taskSets().get(0).sampler().sample(new RandomStreams(3).stream("task"), omega, 0);
		VectorEnvironment lanes = start(family, LANES, 7, TaskSampler.fixed(omega));
		VectorEnvironment fresh = start(family, LANES, 8, TaskSampler.fixed(omega));
		RandomActions actions = new RandomActions(lanes, 1);
		for (int step = 0; step < 30; step++) {
			actions.draw();
			lanes.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				double[] state = lanes.state(lane);
				double[] task = new double[omega.length];
				lanes.task(lane, task);
				assertArrayEquals(omega, task, "task of lane " + lane);
				fresh.setState(lane, state);
				assertArrayEquals(state, fresh.state(lane), "state(" + lane + ") after setState, step " + step);
				assertArrayEquals(row(lanes.observations(), lanes, lane), row(fresh.observations(), fresh, lane),
						"observation of lane " + lane + " after setState, step " + step);
				state[0] += 1;
				assertFalse(Arrays.equals(state, fresh.state(lane)), "state() must give a copy");
			}
		}
	}

	@Test
	void actionsBeyondTheBoundsMoveAsTheBoundsDo() {
		TaskFamily family = family();
		if (!(family.dynamics().actionSpace() instanceof BoxSpace space)) {
			return;
		}
		RandomStream random = new RandomStreams(5).stream("bounds");
		for (int trial = 0; trial < 50; trial++) {
			VectorEnvironment bounded = start(family, LANES, trial);
			VectorEnvironment beyond = start(family, LANES, trial);
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
				double[] expected = bounded.state(lane);
				double[] actual = beyond.state(lane);
				for (int i = 0; i < expected.length; i++) {
					assertEquals(expected[i], actual[i], 1e-6 * (1 + Math.abs(expected[i])),
							"trial " + trial + ", lane " + lane + ", state component " + i
									+ " after an action far beyond the bounds; expected as after the bound itself");
				}
				assertTrue(Float.isFinite(beyond.rewards()[lane]), "trial " + trial + ", lane " + lane
						+ ": reward " + beyond.rewards()[lane] + " for an action beyond the bounds");
				assertInside("trial " + trial + ", after an action beyond the bounds", beyond.observationSpace(),
						beyond.observations(), lane);
			}
		}
	}

	@Test
	void everyReachedStateCanBeDrawnWithoutADisplay() {
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			VectorEnvironment lanes = start(family, 2, 7, set.sampler());
			RandomActions actions = new RandomActions(lanes, 1);
			for (int step = 0; step < 60; step++) {
				if (step % 6 == 0) {
					int[] picture = draw(lanes, 320, 240);
					int distinct = new HashSet<>(Arrays.asList(Arrays.stream(picture).boxed().toArray(Integer[]::new)))
							.size();
					assertTrue(distinct >= 3, "tasks " + set.name() + ", step " + step + ": the picture has " + distinct
							+ " colour(s); nothing is to be seen");
					assertArrayEquals(picture, draw(lanes, 320, 240),
							"tasks " + set.name() + ", step " + step + ": two pictures of one state differ");
					draw(lanes, 16, 120);
					draw(lanes, 1, 1);
				}
				actions.draw();
				lanes.step(actions.batch);
			}
		}
	}

	/** Long enough for every lane to come to its time limit once, and beyond. */
	private int steps() {
		return family().dynamics().maxEpisodeSteps() + 50;
	}

	private static VectorEnvironment start(TaskFamily family, int lanes, long seed) {
		return start(family, lanes, seed, family.taskSets().get(0).sampler());
	}

	private static VectorEnvironment start(TaskFamily family, int lanes, long seed, TaskSampler tasks) {
		VectorEnvironment environment = family.vectorEnvironment(lanes, tasks, new RandomStreams(seed));
		environment.reset();
		return environment;
	}

	private static byte[] checkpoint(VectorEnvironment lanes) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		lanes.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	private static void restore(byte[] checkpoint, VectorEnvironment lanes) throws IOException {
		ByteArrayInputStream bytes = new ByteArrayInputStream(checkpoint);
		lanes.readState(new DataInputStream(bytes));
		assertEquals(0, bytes.available(), "bytes of the checkpoint that readState left unread");
	}

	private static int[] draw(VectorEnvironment lanes, int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D canvas = image.createGraphics();
		double[] before = lanes.state(0);
		lanes.render(0, canvas, width, height);
		canvas.dispose();
		assertArrayEquals(before, lanes.state(0), "drawing must not change the state");
		return image.getRGB(0, 0, width, height, null, 0, width);
	}

	private static float[] row(float[] values, VectorEnvironment lanes, int lane) {
		int size = lanes.observationSpace().size();
		return Arrays.copyOfRange(values, lane * size, (lane + 1) * size);
	}

	private static void assertInside(String where, BoxSpace space, float[] observations, int lane) {
		float[] row = Arrays.copyOfRange(observations, lane * space.size(), (lane + 1) * space.size());
		for (int i = 0; i < row.length; i++) {
			assertTrue(Float.isFinite(row[i]) && row[i] >= space.low()[i] && row[i] <= space.high()[i],
					where + ": component " + i + " is " + row[i] + ", not in [" + space.low()[i] + ", " + space.high()[i]
							+ "]");
		}
	}

	private static void assertSameMoment(String where, VectorEnvironment one, VectorEnvironment other) {
		for (int lane = 0; lane < one.lanes(); lane++) {
			assertSameLane(where, one, other, lane);
		}
	}

	private static void assertSameLane(String where, VectorEnvironment one, VectorEnvironment other, int lane) {
		// assertArrayEquals compares floating-point numbers by their bits.
		String at = where + ", lane " + lane + ": ";
		assertArrayEquals(row(one.observations(), one, lane), row(other.observations(), other, lane), at + "observation");
		assertArrayEquals(one.state(lane), other.state(lane), at + "state");
		assertEquals(one.rewards()[lane], other.rewards()[lane], at + "reward");
		assertEquals(one.terminated()[lane], other.terminated()[lane], at + "terminated");
		assertEquals(one.truncated()[lane], other.truncated()[lane], at + "truncated");
		if (one.terminated()[lane] || one.truncated()[lane]) {
			assertArrayEquals(row(one.finalObservations(), one, lane), row(other.finalObservations(), other, lane),
					at + "final observation");
		}
	}

	private static String named(TaskFamily family, double[] omega) {
		StringBuilder text = new StringBuilder("(");
		for (int i = 0; i < omega.length; i++) {
			text.append(i == 0 ? "" : ", ").append(family.parameterNames().get(i)).append(' ').append(omega[i]);
		}
		return text.append(')').toString();
	}

	/** Uniform over the action space; standard normal for a component without finite bounds. */
	private static final class RandomActions {

		final ActionBatch batch;
		private final VectorEnvironment lanes;
		private final RandomStream random;

		RandomActions(VectorEnvironment lanes, long seed) {
			this.lanes = lanes;
			batch = new ActionBatch(lanes.actionSpace(), lanes.lanes());
			random = new RandomStreams(seed).stream("actions");
		}

		void draw() {
			switch (lanes.actionSpace()) {
				case DiscreteSpace discrete -> {
					for (int i = 0; i < batch.index.length; i++) {
						batch.index[i] = random.nextInt(discrete.count());
					}
				}
				case BoxSpace box -> {
					for (int i = 0; i < batch.values.length; i++) {
						float low = box.low()[i % batch.size];
						float high = box.high()[i % batch.size];
						batch.values[i] = (float) (Float.isInfinite(high - low) ? random.nextGaussian()
								: random.uniform(low, high));
					}
				}
			}
		}

		/** Lane 0's action into another batch's lane 0. */
		void copyLaneTo(RandomActions other) {
			if (batch.size == 0) {
				other.batch.index[0] = batch.index[0];
			} else {
				System.arraycopy(batch.values, 0, other.batch.values, 0, batch.size);
			}
		}
	}
}
