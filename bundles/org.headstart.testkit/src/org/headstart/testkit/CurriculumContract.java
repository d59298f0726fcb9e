package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.strategy.Curriculum;
import org.junit.jupiter.api.Test;

/**
 * What every curriculum must keep, as tests: extend this class, say what is under test, and JUnit runs them. Tasks are drawn and told
 * as the engine does: lanes whose trials end in one step tell all of them, in their order, and then draw.
 *
 * <pre>{@code
 * class MyCurriculumTest extends CurriculumContract {
 * 	@Override
 * 	protected Curriculum curriculum() {
 * 		return new MyCurriculum(...);
 * 	}
 *
 * 	@Override
 * 	protected TaskFamily family() {
 * 		return new MyEnvironment().create(new MySettings(...));
 * 	}
 * }
 * }</pre>
 */
public abstract class CurriculumContract {

	private static final int LANES = 4;
	/** Steps in which some of the trials end. */
	private static final int ENDS = 500;

	/** @return a curriculum that has not drawn yet; another one with each call */
	protected abstract Curriculum curriculum();

	/** @return the family whose tasks it draws */
	protected abstract TaskFamily family();

	/** @return the set that is trained on; unless the test says otherwise, the family's first */
	protected TaskSet set() {
		return family().taskSets().get(0);
	}

	/**
	 * What trials return.
	 *
	 * @param luck from 0, the worst that there is, to 1, the best
	 * @return unless the test says otherwise, evenly from the family's lowest return to its highest, or from −100 and to 100 where it
	 *         knows none
	 */
	protected double trialReturn(double luck) {
		TaskFamily.ReturnShape shape = family().shape();
		double low = Double.isInfinite(shape.lowest()) ? Math.min(-100, shape.highest() - 100) : shape.lowest();
		double high = Double.isInfinite(shape.highest()) ? Math.max(100, low + 100) : shape.highest();
		return low + luck * (high - low);
	}

	/** Lanes with trials that end by chance, and go well, badly and well again. */
	private final class Run {

		final Curriculum curriculum;
		final List<double[]> drawn = new ArrayList<>();
		private final TaskSet set = set();
		private final RandomStream[] streams = new RandomStream[LANES];
		private final RandomStream chance;
		private final double[][] tasks = new double[LANES][family().environment().parameterCount()];
		private int ends;

		Run(Curriculum curriculum, long seed) {
			this.curriculum = curriculum;
			RandomStreams root = new RandomStreams(seed);
			chance = root.stream("chance");
			for (int lane = 0; lane < LANES; lane++) {
				streams[lane] = root.stream("task/lane-" + lane);
				draw(lane);
			}
		}

		private void draw(int lane) {
			double[] omega = tasks[lane];
			Arrays.fill(omega, Double.NaN);
			curriculum.draw(streams[lane], set, omega);
			drawn.add(omega.clone());
		}

		Run go(int steps) {
			for (int end = ends + steps; ends < end; ends++) {
				boolean[] over = new boolean[LANES];
				for (int lane = 0; lane < LANES; lane++) {
					over[lane] = chance.nextDouble() < 0.5;
					if (over[lane]) {
						double[] before = tasks[lane].clone();
						double luck = ends / (ENDS / 5) % 2 == 0 ? chance.uniform(0.8, 1) : chance.uniform(0, 0.2);
						curriculum.ended(tasks[lane], trialReturn(luck));
						assertArrayEquals(before, tasks[lane], "a task that is told must not be changed");
					}
				}
				for (int lane = 0; lane < LANES; lane++) {
					if (over[lane]) {
						draw(lane);
					}
				}
			}
			return this;
		}

		/** The same, from another run's moment on. */
		void placeAt(Run other) {
			try {
				for (int lane = 0; lane < LANES; lane++) {
					read(streams[lane], bytes(other.streams[lane]));
					tasks[lane] = other.tasks[lane].clone();
				}
				read(chance, bytes(other.chance));
			} catch (IOException e) {
				throw new IllegalStateException(e);
			}
			ends = other.ends;
			drawn.clear();
		}
	}

	private static byte[] bytes(Checkpointed part) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		part.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	private static void read(Checkpointed part, byte[] bytes) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		part.readState(in);
		assertEquals(-1, in.read(), "the state is read to its end");
	}

	private static void assertSame(List<double[]> expected, List<double[]> actual, String message) {
		assertEquals(expected.size(), actual.size(), message);
		for (int i = 0; i < expected.size(); i++) {
			assertArrayEquals(expected.get(i), actual.get(i), message + ", draw " + i);
		}
	}

	@Test
	void drawsMayBeTrainedOn() {
		TaskFamily family = family();
		for (double[] omega : new Run(curriculum(), 1).go(ENDS).drawn) {
			int component = 0;
			for (ParameterGroup group : family.parameters()) {
				for (int end = component + group.size(); component < end; component++) {
					assertTrue(omega[component] >= group.low() && omega[component] <= group.high(), "'" + group.name() + "' is "
							+ omega[component] + "; it lies from " + group.low() + " to " + group.high());
				}
			}
			assertTrue(set().contains().test(omega) || family.taskSets().stream()
					.anyMatch(other -> other.role() == TaskRole.TRAIN && other.contains().test(omega)),
					() -> Arrays.toString(omega) + " belongs neither to '" + set().name() + "' nor to another set for training");
		}
	}

	@Test
	void equalStreamsAndReturnsGiveEqualDraws() throws IOException {
		Run one = new Run(curriculum(), 7).go(ENDS);
		Run other = new Run(curriculum(), 7).go(ENDS);
		assertSame(one.drawn, other.drawn, "two curricula with one history");
		assertArrayEquals(bytes(one.curriculum), bytes(other.curriculum), "and their states");
	}

	@Test
	void whatIsWrittenIsAllThatFollows() throws IOException {
		for (int before : new int[] {0, ENDS / 5 + 7, ENDS / 2}) {
			Run whole = new Run(curriculum(), 7).go(before);
			byte[] state = bytes(whole.curriculum);
			// a resumed step begins anew and has drawn when the state is read
			Run resumed = new Run(curriculum(), 99).go(ENDS / 3);
			read(resumed.curriculum, state);
			assertArrayEquals(state, bytes(resumed.curriculum), "what is read is what is written");
			resumed.placeAt(whole);
			whole.drawn.clear();
			assertSame(whole.go(ENDS).drawn, resumed.go(ENDS).drawn, "after " + before + " ends");
			assertArrayEquals(bytes(whole.curriculum), bytes(resumed.curriculum), "and so is the state in the end");
		}
	}

	@Test
	void weightsAreFiniteAndNotNegative() throws IOException {
		Curriculum curriculum = new Run(curriculum(), 7).go(ENDS / 2).curriculum;
		int size = family().environment().parameterCount();
		RandomStream random = new RandomStreams(5).stream("trials");
		for (int trials : new int[] {1, 2, 7, 100}) {
			for (double share : new double[] {0, 0.5, 1}) {
				double[] omegas = new double[trials * size];
				double[] returns = new double[trials];
				boolean[] over = new boolean[trials];
				for (int trial = 0; trial < trials; trial++) {
					set().sampler().sample(random, omegas, trial * size);
					// many alike: none is the worst then
					returns[trial] = trialReturn(trials == 7 ? 0.5 : random.nextDouble());
					over[trial] = random.nextDouble() < share;
				}
				double[][] given = {omegas.clone(), returns.clone()};
				boolean[] givenOver = over.clone();
				// the arrays may be longer than the trials are many
				float[] weights = new float[trials + 3];
				Arrays.fill(weights, 1);
				float[] again = weights.clone();
				byte[] state = bytes(curriculum);
				curriculum.weigh(trials, omegas, returns, over, weights);
				String what = trials + " trials, of which a share of " + share + " is over: " + Arrays.toString(weights);
				for (int trial = 0; trial < trials; trial++) {
					assertTrue(weights[trial] >= 0 && weights[trial] < Float.POSITIVE_INFINITY, what);
					assertTrue(curriculum.weighs() || weights[trial] == 1, "it says that it does not weigh; " + what);
				}
				assertArrayEquals(given[0], omegas, "tasks are not to be changed");
				assertArrayEquals(given[1], returns, "returns are not to be changed");
				assertArrayEquals(givenOver, over, "what is over is not to be changed");
				Curriculum other = curriculum();
				read(other, state);
				other.weigh(trials, omegas, returns, over, again);
				assertArrayEquals(weights, again, "weights follow from the state and the trials alone");
			}
		}
	}
}
