package org.headstart.environments.optimization.rate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.Test;

class RateReferencesTest {

	private static final List<Double> RATES = List.of(1e-4, 5e-4, 1e-3, 5e-3, 1e-2);
	private static final View VIEW = new View(Trial.EPISODE, true, false);
	private static final int LANES = 4;

	/** The actions of each lane and step, and the returns of each lane's episodes. */
	private record Played(int[][] actions, double[][] returns) {}

	private static Policy policy(TaskFamily family, String name, double parameter, VectorEnvironment lanes) {
		return family.reference(name).maker().policy(lanes.lanes(),
				new ReferenceSite(family, VIEW, parameter, lanes, new RandomStreams(1)));
	}

	private static VectorEnvironment lanes(TaskFamily family, int lanes) {
		return family.vectorEnvironment(lanes, family.taskSet("test").sampler(), new RandomStreams(9), VIEW);
	}

	private static Played play(TaskFamily family, String name, double parameter, String set, int episodes) {
		VectorEnvironment lanes = family.vectorEnvironment(LANES, family.taskSet(set).sampler(), new RandomStreams(9), VIEW);
		lanes.reset();
		Policy policy = policy(family, name, parameter, lanes);
		policy.begin(lanes);
		ActionBatch actions = new ActionBatch(lanes.actionSpace(), LANES);
		int iterations = family.environment().maxEpisodeSteps();
		int[][] chosen = new int[LANES][episodes * iterations];
		double[][] returns = new double[LANES][episodes];
		for (int step = 0; step < episodes * iterations; step++) {
			policy.act(lanes, actions);
			lanes.step(actions);
			policy.observe(lanes);
			for (int lane = 0; lane < LANES; lane++) {
				chosen[lane][step] = actions.index[lane];
				returns[lane][step / iterations] += lanes.rewards()[lane];
			}
		}
		return new Played(chosen, returns);
	}

	private static Played play(TaskFamily family, String name) {
		return play(family, name, family.reference(name).defaultParameter(), "test", 2);
	}

	@Test
	void thereAreControlsForEveryRateAndBeyond() {
		assertEquals(List.of("constant-1e-4", "constant-5e-4", "constant-1e-3", "constant-5e-3", "constant-1e-2", "random",
				"best-constant", "open-loop", "cosine"),
				RateFamilies.family(RateFamilies.small()).references().stream().map(ReferenceAlgorithm::name).toList());
		assertEquals("2.5e-3", RateReferences.text(0.0025));
		assertEquals("1e0", RateReferences.text(1));
	}

	@Test
	void hindsightTakesTheBestConstantOfEachTraining() {
		// rates so far apart that different ones are best for different trainings
		TaskFamily family = RateFamilies.family(RateFamilies.small("rates", List.of(3e-2, 6e-2, 1e-1)));
		Played best = play(family, "best-constant");
		double[][] highest = new double[LANES][2];
		for (double[] row : highest) {
			Arrays.fill(row, Double.NEGATIVE_INFINITY);
		}
		for (String name : List.of("constant-3e-2", "constant-6e-2", "constant-1e-1")) {
			Played constant = play(family, name);
			for (int lane = 0; lane < LANES; lane++) {
				for (int episode = 0; episode < 2; episode++) {
					highest[lane][episode] = Math.max(highest[lane][episode], constant.returns[lane][episode]);
				}
			}
		}
		for (int lane = 0; lane < LANES; lane++) {
			assertArrayEquals(highest[lane], best.returns[lane], "lane " + lane);
		}
		assertTrue(Arrays.stream(best.actions).flatMapToInt(Arrays::stream).distinct().count() > 1,
				"the same rate for all trainings: " + Arrays.deepToString(best.actions));
	}

	@Test
	void openLoopIsNoWorseThanTheBestConstantWhereItWasFound() {
		LearningRateControlSettings settings = RateFamilies.small("rates", List.of(1e-3, 3e-2, 1e-1));
		TaskFamily family = RateFamilies.family(settings);
		ReferenceSite site = new ReferenceSite(family, VIEW, 8, lanes(family, 1), new RandomStreams(1));
		ScheduleSearch search = new ScheduleSearch(site, 8);
		int[] schedule = search.openLoop();
		double least = Double.POSITIVE_INFINITY;
		for (int rate = 0; rate < 3; rate++) {
			int[] constant = new int[6];
			Arrays.fill(constant, rate);
			least = Math.min(least, search.losses(constant));
		}
		assertTrue(search.losses(schedule) < least, "schedule " + Arrays.toString(schedule) + " has "
				+ search.losses(schedule) + ", the best constant " + least);
		assertArrayEquals(schedule, new ScheduleSearch(site, 8).openLoop(), "equal sites give equal schedules");
		Played played = play(family, "open-loop", 8, "test", 2);
		for (int[] actions : played.actions) {
			assertArrayEquals(schedule, Arrays.copyOf(actions, 6), "the first episode");
			assertArrayEquals(schedule, Arrays.copyOfRange(actions, 6, 12), "the second episode");
		}
	}

	@Test
	void cosineGoesDownFromItsTopRate() {
		assertArrayEquals(new int[] {4, 4, 4, 4, 3, 3, 3, 2, 2, 1}, RateReferences.cosine(1e-2, RATES, 10));
		TaskFamily family = RateFamilies.family(RateFamilies.small());
		int[] given = Arrays.copyOf(play(family, "cosine", 1e-3, "test", 1).actions[0], 6);
		assertArrayEquals(RateReferences.cosine(1e-3, RATES, 6), given);
		// two updates an iteration are so few that the highest rate is the best
		int[] found = Arrays.copyOf(play(family, "cosine", Double.NaN, "test", 1).actions[0], 6);
		assertArrayEquals(RateReferences.cosine(1e-2, RATES, 6), found);
	}

	@Test
	void randomDrawsForEachLaneAlone() {
		TaskFamily family = RateFamilies.family(RateFamilies.small("iterations", 40L));
		Played played = play(family, "random");
		int[] counts = new int[5];
		for (int[] lane : played.actions) {
			for (int action : lane) {
				counts[action]++;
			}
		}
		for (int count : counts) {
			assertTrue(count > 30 && count < 100, "320 draws, of each rate " + Arrays.toString(counts));
		}
		ActionBatch alone = new ActionBatch(family.environment().actionSpace(), 1);
		VectorEnvironment lane = lanes(family, 1);
		Policy policy = policy(family, "random", Double.NaN, lane);
		for (int step = 0; step < 20; step++) {
			policy.act(lane, alone);
			assertEquals(played.actions[0][step], alone.index[0], "step " + step);
		}
	}

	@Test
	void parametersAreChecked() {
		TaskFamily family = RateFamilies.family(RateFamilies.small());
		assertTrue(assertThrows(IllegalArgumentException.class, () -> policy(family, "open-loop", 2.5, lanes(family, 1))).getMessage()
				.contains("not 2.5"));
		assertTrue(assertThrows(IllegalArgumentException.class, () -> policy(family, "cosine", -1, lanes(family, 1))).getMessage()
				.contains("must be positive"));
	}
}
