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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.LaneStreams;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulation;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
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
	private static final int SAMPLES = 500;

	private static final int TRIAL_EPISODES = 3;
	/** Everything shown, in trials of several episodes, each lane on its own. */
	private static final View SINGLE = new View(Trial.of(TRIAL_EPISODES), true, true);
	/** Everything shown, in trials of several episodes, on which pairs of lanes play side by side. */
	private static final View PAIRS = new View(new Trial(TRIAL_EPISODES, 2, true), true, true);

	private final List<SimulatedLanes> opened = new ArrayList<>();

	/**
	 * The family under test.
	 *
	 * @return a new instance at each call, always of the same settings
	 */
	protected abstract TaskFamily family();

	/**
	 * How many vector steps of 8 lanes come at least before allocations are looked for, which takes as many again and more. To
	 * be lowered where a step is much work, so that compiled code is reached sooner.
	 *
	 * @return vector steps
	 */
	protected int warmUpSteps() {
		return 20_000;
	}

	/**
	 * Whether a step may take memory: one that talks to a process outside, for example.
	 *
	 * @return by default false
	 */
	protected boolean stepsAllocate() {
		return false;
	}

	@AfterEach
	void closeLanes() {
		opened.forEach(SimulatedLanes::close);
	}

	private SimulatedLanes open(TaskFamily family, int lanes, TaskSampler tasks, long seed, View view) {
		SimulatedLanes environment = family.vectorEnvironment(lanes, tasks, new RandomStreams(seed), view);
		opened.add(environment);
		return environment;
	}

	/** Lanes that are not deterministic promise less. */
	private void assumeDeterministic() {
		Assumptions.assumeTrue(Simulator.of(family().environment()).deterministic(), "the environment is not deterministic");
	}

	@Test
	void sameSeedGivesTheSameTrajectoryBitForBit() {
		assumeDeterministic();
		int end = steps();
		SimulatedLanes one = start(family(), LANES, 7);
		SimulatedLanes other = start(family(), LANES, 7);
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
		assumeDeterministic();
		int end = steps();
		SimulatedLanes alone = start(family(), 1, 7);
		SimulatedLanes first = start(family(), LANES, 7);
		SimulatedLanes second = start(family(), LANES, 7);
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
		assumeDeterministic();
		int end = steps();
		SimulatedLanes one = start(family(), LANES, 7);
		RandomActions actions = new RandomActions(one, 1);
		for (int step = 0; step < 10; step++) {
			actions.draw();
			one.step(actions.batch);
		}
		SimulatedLanes other = start(family(), LANES, 99);
		for (int step = 0; step < 3; step++) {
			actions.draw();
			other.step(actions.batch);
		}
		// The same random streams from here on, but other states, in lanes with another history.
		restore(checkpoint(one), other);
		byte[][] states = new byte[LANES][];
		for (int lane = 0; lane < LANES; lane++) {
			states[lane] = LaneState.of(other, lane);
		}
		for (int lane = 0; lane < LANES && other.simulation().savesLanes(); lane++) {
			LaneState.put(other, lane, states[(lane + 1) % LANES]);
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

	/** Wrappers and lanes side by side move some lanes and not others. */
	@Test
	void lanesAreIndependentOfWhoMoves() {
		assumeDeterministic();
		TaskFamily family = family();
		Simulator simulator = Simulator.of(family.environment());
		int limit = Math.min(simulator.maxEpisodeSteps(), 200);
		try (Simulation all = simulator.open(new LaneStreams(new RandomStreams(7), LANES));
				Simulation some = Simulator.of(family().environment()).open(new LaneStreams(new RandomStreams(7), LANES))) {
			double[] omega = new double[simulator.parameterCount()];
			RandomStream tasks = new RandomStreams(7).stream("task");
			for (int lane = 0; lane < LANES; lane++) {
				family.taskSets().get(0).sampler().sample(tasks, omega, 0);
				all.start(lane, omega, 0);
				some.start(lane, omega, 0);
			}
			RandomActions actions = new RandomActions(simulator.actionSpace(), LANES, 1);
			float[] rewards = new float[LANES];
			boolean[] terminated = new boolean[LANES];
			float[] someRewards = new float[LANES];
			boolean[] someTerminated = new boolean[LANES];
			boolean[] going = new boolean[LANES];
			boolean[] one = new boolean[LANES];
			Arrays.fill(going, true);
			int size = View.PLAIN.observationSpace(simulator).rowSize();
			float[] seen = new float[size];
			float[] seenAlone = new float[size];
			for (int step = 1; step <= limit; step++) {
				actions.draw();
				all.step(actions.batch, going.clone(), rewards, terminated);
				for (int lane = LANES - 1; lane >= 0; lane--) {
					if (!going[lane]) {
						continue;
					}
					Arrays.fill(one, false);
					one[lane] = true;
					some.step(actions.batch, one, someRewards, someTerminated);
					String where = "lane " + lane + " moved alone, step " + step;
					assertEquals(rewards[lane], someRewards[lane], where + ": reward");
					assertEquals(terminated[lane], someTerminated[lane], where + ": terminated");
					all.observe(lane, seen, 0);
					some.observe(lane, seenAlone, 0);
					assertArrayEquals(seen, seenAlone, where + ": observation");
					going[lane] = !terminated[lane];
				}
			}
		}
	}

	@Test
	void observationsLieInTheirSpace() {
		int end = steps();
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			SimulatedLanes lanes = start(family, LANES, 7, set.sampler());
			BoxSpace space = lanes.observationSpace().row();
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
		int limit = family.environment().maxEpisodeSteps();
		SimulatedLanes lanes = start(family, LANES, 7);
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
			SimulatedLanes lanes = start(family, LANES, 7, set.sampler());
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
		assertFalse(family.taskSets().get(0).role().heldOut(), "the first set, '" + family.taskSets().get(0).name()
				+ "', is the default source, so it must not be held out");
		Set<String> names = new HashSet<>();
		for (TaskSet set : family.taskSets()) {
			assertTrue(names.add(set.name()), "two task sets are named '" + set.name() + "'");
			assertFalse(set.description().isBlank(), "task set '" + set.name() + "' has no description");
		}
		List<String> parameters = family.parameterNames();
		assertEquals(parameters.size(), new HashSet<>(parameters).size(), "parameter names must be unique: " + parameters);
	}

	@Test
	void sampledTasksBelongToTheirSet() {
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			RandomStream random = new RandomStreams(7).stream("task");
			double[] omega = new double[family.environment().parameterCount()];
			for (int i = 0; i < SAMPLES; i++) {
				set.sampler().sample(random, omega, 0);
				for (double value : omega) {
					assertTrue(Double.isFinite(value), () -> "set '" + set.name() + "' drew " + named(family, omega));
				}
				assertTrue(set.contains().test(omega),
						() -> "set '" + set.name() + "' drew " + named(family, omega) + ", which its 'contains' denies");
				int component = 0;
				for (ParameterGroup group : family.parameters()) {
					for (int end = component + group.size(); component < end; component++) {
						assertTrue(omega[component] >= group.low() && omega[component] <= group.high(), () -> "set '" + set.name()
								+ "' drew " + named(family, omega) + "; the family says that '" + group.name() + "' lies in ["
								+ group.low() + ", " + group.high() + "]");
					}
				}
			}
		}
	}

	@Test
	void setsOfDifferentRolesAreDisjoint() {
		TaskFamily family = family();
		double[] omega = new double[family.environment().parameterCount()];
		for (TaskSet from : family.taskSets()) {
			for (TaskSet other : family.taskSets()) {
				if (from.role() == other.role()) {
					continue;
				}
				RandomStream random = new RandomStreams(7).stream("task");
				for (int i = 0; i < SAMPLES; i++) {
					from.sampler().sample(random, omega, 0);
					assertFalse(other.contains().test(omega), () -> "set '" + from.name() + "' drew " + named(family, omega)
							+ ", which also belongs to '" + other.name() + "', and their roles differ: " + from.role() + " and "
							+ other.role());
				}
			}
		}
	}

	@Test
	void samplingATaskDependsOnTheStreamOnlyAndWritesItsPlaceOnly() {
		TaskFamily family = family();
		int size = family.environment().parameterCount();
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
		Assumptions.assumeFalse(stepsAllocate());
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			assertAllocatesNothing("tasks " + set.name(), start(family, LANES, 7, set.sampler()));
		}
		assertAllocatesNothing("in trials, side by side", start(family, LANES, 7, PAIRS));
	}

	private void assertAllocatesNothing(String where, SimulatedLanes lanes) {
		RandomActions actions = new RandomActions(lanes, 1);
		actions.draw();
		double[] trace = new double[lanes.trace().map(names -> names.names().size()).orElse(0)];
		step(lanes, actions, trace, warmUpSteps());
		int window = Math.max(1, warmUpSteps() / 20);
		Allocation.assertNone("windows of " + window + " steps of " + LANES + " lanes, " + where,
				() -> step(lanes, actions, trace, window));
	}

	private static void step(SimulatedLanes lanes, RandomActions actions, double[] trace, int steps) {
		for (int step = 0; step < steps; step++) {
			lanes.step(actions.batch);
			if (trace.length > 0) {
				lanes.trace(0, trace);
			}
		}
	}

	@Test
	void theArraysStayTheSameObjects() {
		int end = steps();
		SimulatedLanes lanes = start(family(), LANES, 7);
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
		assumeDeterministic();
		int end = steps();
		SimulatedLanes one = start(family(), LANES, 7);
		RandomActions actions = new RandomActions(one, 1);
		int before = family().environment().maxEpisodeSteps() / 2 + 3;
		for (int step = 0; step < before; step++) {
			actions.draw();
			one.step(actions.batch);
		}
		byte[] checkpoint = checkpoint(one);
		// Of another seed and never reset: all must come from the checkpoint.
		TaskFamily family = family();
		SimulatedLanes other = open(family, LANES, family.taskSets().get(0).sampler(), 99, View.PLAIN);
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
		double[] omega = new double[family.environment().parameterCount()];
		family.taskSets().get(0).sampler().sample(new RandomStreams(3).stream("task"), omega, 0);
		SimulatedLanes lanes = start(family, LANES, 7, TaskSampler.fixed(omega));
		SimulatedLanes fresh = start(family, LANES, 8, TaskSampler.fixed(omega));
		Assumptions.assumeTrue(lanes.simulation().savesLanes(), "lanes are not saved: their episodes are repeated");
		RandomActions actions = new RandomActions(lanes, 1);
		for (int step = 0; step < 30; step++) {
			actions.draw();
			lanes.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				byte[] state = LaneState.of(lanes, lane);
				LaneState.put(fresh, lane, state);
				assertArrayEquals(state, LaneState.of(fresh, lane), "state of lane " + lane + " after it was read, step " + step);
				assertArrayEquals(row(lanes.observations(), lanes, lane), row(fresh.observations(), fresh, lane),
						"observation of lane " + lane + " after its state was read, step " + step);
			}
		}
	}

	@Test
	void actionsBeyondTheBoundsMoveAsTheBoundsDo() {
		assumeDeterministic();
		TaskFamily family = family();
		if (!(family.environment().actionSpace() instanceof BoxSpace space)) {
			return;
		}
		RandomStream random = new RandomStreams(5).stream("bounds");
		for (int trial = 0; trial < 50; trial++) {
			SimulatedLanes bounded = start(family, LANES, trial);
			SimulatedLanes beyond = start(family, LANES, trial);
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
				float[] expected = row(bounded.observations(), bounded, lane);
				float[] actual = row(beyond.observations(), beyond, lane);
				for (int i = 0; i < expected.length; i++) {
					assertEquals(expected[i], actual[i], 1e-6 * (1 + Math.abs(expected[i])),
							"trial " + trial + ", lane " + lane + ", observation component " + i
									+ " after an action far beyond the bounds; expected as after the bound itself");
				}
				assertTrue(Float.isFinite(beyond.rewards()[lane]), "trial " + trial + ", lane " + lane
						+ ": reward " + beyond.rewards()[lane] + " for an action beyond the bounds");
				assertInside("trial " + trial + ", after an action beyond the bounds", beyond.observationSpace().row(),
						beyond.observations(), lane);
			}
		}
	}

	@Test
	void everyReachedStateCanBeDrawnWithoutADisplay() {
		TaskFamily family = family();
		for (TaskSet set : family.taskSets()) {
			SimulatedLanes lanes = start(family, 2, 7, set.sampler());
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

	// ---- trials and views

	@Test
	void aTrialIsThatManyEpisodesOnOneTask() {
		TaskFamily family = family();
		SimulatedLanes lanes = start(family, LANES, 7, SINGLE);
		RandomActions actions = new RandomActions(lanes, 1);
		double[][] tasks = tasks(family, lanes);
		int[] episodes = new int[LANES];
		for (int step = 1; step <= trialSteps(family); step++) {
			actions.draw();
			lanes.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				String where = "lane " + lane + ", step " + step;
				if (lanes.episodeEnded()[lane]) {
					episodes[lane]++;
				}
				boolean over = episodes[lane] == TRIAL_EPISODES;
				assertEquals(over, lanes.terminated()[lane], where + ": a trial ends with its last episode, and only there");
				assertFalse(lanes.truncated()[lane], where + ": nothing lies beyond a trial, so no time limit cuts it");
				assertFalse(lanes.idle()[lane], where + ": lanes that are not aligned never idle");
				double[] task = task(family, lanes, lane);
				if (over) {
					tasks[lane] = task;
					episodes[lane] = 0;
				}
				assertArrayEquals(tasks[lane], task, where + ": the task stays for the trial");
			}
		}
	}

	@Test
	void historyAndTaskAreShownBesideTheObservation() {
		TaskFamily family = family();
		View.Layout layout = SINGLE.layout(family.environment());
		SimulatedLanes lanes = start(family, LANES, 7, SINGLE);
		assertEquals(layout.size(), lanes.observationSpace().rowSize(), "the layout's size");
		RandomActions actions = new RandomActions(lanes, 1);
		for (int lane = 0; lane < LANES; lane++) {
			assertNoHistory("after reset, lane " + lane, row(lanes.observations(), lanes, lane), layout);
		}
		for (int step = 1; step <= trialSteps(family); step++) {
			double[][] before = tasks(family, lanes);
			actions.draw();
			lanes.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				String where = "lane " + lane + ", step " + step;
				float[] next = row(lanes.observations(), lanes, lane);
				float[] history = next;
				assertTask(where, task(family, lanes, lane), next, layout);
				if (lanes.terminated()[lane]) {
					history = row(lanes.finalObservations(), lanes, lane);
					assertTask(where + ", final observation", before[lane], history, layout);
					assertNoHistory(where + ", the next trial's start", next, layout);
				}
				for (int i = layout.action(); i < layout.reward(); i++) {
					int component = i - layout.action();
					float expected = switch (lanes.actionSpace()) {
						case DiscreteSpace discrete -> actions.batch.index[lane] == component ? 1 : 0;
						case MultiDiscreteSpace choices -> actions.chose(lane, component) ? 1 : 0;
						case BoxSpace box -> Math.clamp(actions.batch.values[lane * box.size() + component],
								box.low()[component], box.high()[component]);
					};
					assertEquals(expected, history[i], where + ": component " + component + " of the action shown");
				}
				assertEquals(lanes.rewards()[lane], history[layout.reward()], where + ": the reward shown");
				assertEquals(lanes.episodeEnded()[lane] ? 1 : 0, history[layout.ended()],
						where + ": the flag of an episode's end, which is set on time limits as well");
				assertInside("observation, " + where, lanes.observationSpace().row(), lanes.observations(), lane);
			}
		}
	}

	@Test
	void whatHappensInATrialIsWhatHappensInEpisodesOnThatTask() {
		assumeDeterministic();
		TaskFamily family = family();
		double[] omega = new double[family.environment().parameterCount()];
		family.taskSets().get(0).sampler().sample(new RandomStreams(3).stream("task"), omega, 0);
		SimulatedLanes plain = start(family, LANES, 7, TaskSampler.fixed(omega));
		SimulatedLanes trials = open(family, LANES, TaskSampler.fixed(omega), 7, SINGLE);
		trials.reset();
		RandomActions actions = new RandomActions(plain, 1);
		List<Outcome> outcomes = family.environment().outcomes();
		int size = plain.observationSpace().rowSize();
		double[][] expected = new double[LANES][outcomes.size()];
		int[] episodes = new int[LANES];
		int ended = 0;
		for (int step = 1; step <= trialSteps(family); step++) {
			actions.draw();
			plain.step(actions.batch);
			trials.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				String where = "lane " + lane + ", step " + step;
				assertArrayEquals(LaneState.of(plain, lane), LaneState.of(trials, lane), where + ": state");
				assertArrayEquals(row(plain.observations(), plain, lane),
						Arrays.copyOf(row(trials.observations(), trials, lane), size), where + ": observation");
				assertEquals(plain.rewards()[lane], trials.rewards()[lane], where + ": reward");
				assertEquals(plain.terminated()[lane] || plain.truncated()[lane], trials.episodeEnded()[lane],
						where + ": episode's end");
				assertEquals(trials.episodeEnded()[lane], plain.episodeEnded()[lane], where + ": episodeEnded of plain lanes");
				if (!trials.episodeEnded()[lane]) {
					continue;
				}
				for (int i = 0; i < outcomes.size(); i++) {
					double value = plain.finalOutcomes()[lane * outcomes.size() + i];
					assertTrue(Double.isFinite(value), where + ": " + outcomes.get(i).name() + " is " + value);
					expected[lane][i] = outcomes.get(i).inTrial() == Outcome.InTrial.LAST || episodes[lane] == 0 ? value
							: expected[lane][i] + value;
				}
				if (++episodes[lane] == TRIAL_EPISODES) {
					for (int i = 0; i < outcomes.size(); i++) {
						double trial = expected[lane][i]
								/ (outcomes.get(i).inTrial() == Outcome.InTrial.MEAN ? TRIAL_EPISODES : 1);
						assertEquals(trial, trials.finalOutcomes()[lane * outcomes.size() + i],
								where + ": " + outcomes.get(i).name() + " of the trial, " + outcomes.get(i).inTrial());
					}
					episodes[lane] = 0;
					ended++;
				}
			}
		}
		assertTrue(ended >= LANES, "every lane came to a trial's end");
	}

	@Test
	void lanesSideBySideShareTheirTaskAndKeepInStep() {
		TaskFamily family = family();
		int limit = family.environment().maxEpisodeSteps();
		View.Layout layout = PAIRS.layout(family.environment());
		SimulatedLanes lanes = start(family, LANES, 7, PAIRS);
		RandomActions actions = new RandomActions(lanes, 1);
		double[][] tasks = tasks(family, lanes);
		double[] resting = new double[lanes.trace().map(trace -> trace.names().size()).orElse(0)];
		double[] last = new double[resting.length];
		for (int step = 1; step <= trialSteps(family); step++) {
			byte[][] before = new byte[LANES][];
			boolean[] over = new boolean[LANES];
			for (int lane = 0; lane < LANES; lane++) {
				before[lane] = LaneState.of(lanes, lane);
				// between episodes the flag is the previous one's
				over[lane] = (step - 1) % limit > 0 && row(lanes.observations(), lanes, lane)[layout.ended()] == 1;
			}
			if (resting.length > 0) {
				lanes.trace(0, resting);
			}
			actions.draw();
			lanes.step(actions.batch);
			for (int lane = 0; lane < LANES; lane++) {
				String where = "lane " + lane + ", step " + step + " (limit " + limit + ")";
				assertEquals(step % limit == 0, lanes.episodeEnded()[lane], where + ": an episode takes the time limit");
				assertEquals(step % (TRIAL_EPISODES * limit) == 0, lanes.terminated()[lane], where + ": the trial's end");
				assertFalse(lanes.truncated()[lane], where + ": nothing lies beyond a trial");
				assertEquals(over[lane], lanes.idle()[lane], where + ": a lane idles when its episode is over");
				if (lanes.idle()[lane]) {
					assertEquals(0, lanes.rewards()[lane], where + ": the reward of an idle lane");
					if (!lanes.episodeEnded()[lane]) {
						assertArrayEquals(before[lane], LaneState.of(lanes, lane), where + ": an idle lane stays where it is");
					} else if (lane == 0 && resting.length > 0) {
						lanes.finalTrace(0, last);
						assertArrayEquals(resting, last, where + ": the trace of the episode's last state");
					}
				}
				double[] task = task(family, lanes, lane);
				if (lanes.terminated()[lane]) {
					tasks[lane] = task;
				}
				assertArrayEquals(tasks[lane], task, where + ": the task stays for the trial");
				assertArrayEquals(tasks[lane / 2 * 2], task, where + ": the pair's task");
			}
		}
	}

	@Test
	void pairsAreIndependentOfOtherPairs() {
		assumeDeterministic();
		TaskFamily family = family();
		SimulatedLanes alone = start(family, 2, 7, PAIRS);
		SimulatedLanes among = start(family, LANES, 7, PAIRS);
		RandomActions few = new RandomActions(alone, 1);
		RandomActions many = new RandomActions(among, 2);
		for (int step = 1; step <= trialSteps(family); step++) {
			few.draw();
			many.draw();
			System.arraycopy(few.batch.index, 0, many.batch.index, 0, few.batch.index.length);
			System.arraycopy(few.batch.values, 0, many.batch.values, 0, few.batch.values.length);
			alone.step(few.batch);
			among.step(many.batch);
			assertSameMoment("a pair alone and among others, step " + step, alone, among);
		}
	}

	@Test
	void aCheckpointWithinATrialContinuesAsIfNothingHadHappened() throws IOException {
		assumeDeterministic();
		TaskFamily family = family();
		int limit = family.environment().maxEpisodeSteps();
		for (View view : List.of(SINGLE, PAIRS)) {
			SimulatedLanes one = start(family, LANES, 7, view);
			RandomActions actions = new RandomActions(one, 1);
			for (int step = 0; step < limit + limit / 2 + 1; step++) {
				actions.draw();
				one.step(actions.batch);
			}
			byte[] checkpoint = checkpoint(one);
			SimulatedLanes other = open(family(), LANES, family.taskSets().get(0).sampler(), 99, view);
			restore(checkpoint, other);
			for (int lane = 0; lane < LANES; lane++) {
				assertArrayEquals(row(one.observations(), one, lane), row(other.observations(), other, lane),
						"observation right after readState, lane " + lane + ", " + view);
			}
			for (int step = 1; step <= trialSteps(family); step++) {
				actions.draw();
				one.step(actions.batch);
				other.step(actions.batch);
				assertSameMoment("step " + step + " after the checkpoint, " + view, one, other);
				assertArrayEquals(one.episodeEnded(), other.episodeEnded(), "step " + step + ", " + view);
				assertArrayEquals(one.idle(), other.idle(), "step " + step + ", " + view);
				for (int lane = 0; lane < LANES; lane++) {
					if (one.terminated()[lane]) {
						int count = one.outcomes().size();
						assertArrayEquals(Arrays.copyOfRange(one.finalOutcomes(), lane * count, (lane + 1) * count),
								Arrays.copyOfRange(other.finalOutcomes(), lane * count, (lane + 1) * count),
								"outcomes of lane " + lane + ", step " + step + ", " + view);
					}
				}
			}
			assertArrayEquals(checkpoint(one), checkpoint(other), "the checkpoints of both at the end, " + view);
		}
	}

	@Test
	void outcomesReferencesAndTracesHaveNames() {
		TaskFamily family = family();
		Set<String> names = new HashSet<>();
		for (Outcome outcome : family.environment().outcomes()) {
			assertTrue(outcome.name().matches("[a-z0-9]+(-[a-z0-9]+)*"), "the outcome '" + outcome.name()
					+ "' is not in kebab case");
			assertTrue(names.add(outcome.name()), "two outcomes are named '" + outcome.name() + "'");
			assertFalse(outcome.description().isBlank(), "outcome '" + outcome.name() + "' has no description");
		}
		Set<String> algorithms = new HashSet<>();
		family.references().forEach(reference -> {
			assertTrue(reference.name().matches("[a-z0-9]+(-[a-z0-9]+)*"), "the reference algorithm '" + reference.name()
					+ "' is not in kebab case");
			assertTrue(algorithms.add(reference.name()), "two reference algorithms are named '" + reference.name() + "'");
			assertFalse(reference.description().isBlank(), "reference algorithm '" + reference.name() + "' has no description");
		});
		family.environment().trace().ifPresent(trace -> {
			SimulatedLanes lanes = start(family, LANES, 7);
			RandomActions actions = new RandomActions(lanes, 1);
			double[] values = new double[trace.names().size()];
			for (int step = 0; step < steps(); step++) {
				byte[] state = LaneState.of(lanes, 0);
				lanes.trace(0, values);
				assertArrayEquals(state, LaneState.of(lanes, 0), "reading the trace must not change the state");
				assertFinite("trace at step " + step, values);
				actions.draw();
				lanes.step(actions.batch);
				if (lanes.episodeEnded()[0]) {
					lanes.finalTrace(0, values);
					assertFinite("trace of the last state, step " + step, values);
				}
			}
		});
	}

	private static void assertFinite(String where, double[] values) {
		for (double value : values) {
			assertTrue(Double.isFinite(value), where + ": " + Arrays.toString(values));
		}
	}

	private static void assertNoHistory(String where, float[] observation, View.Layout layout) {
		for (int i = layout.action(); i <= layout.ended(); i++) {
			assertEquals(0, observation[i], where + ": at the start of a trial the history is zero");
		}
	}

	private static void assertTask(String where, double[] task, float[] observation, View.Layout layout) {
		for (int i = 0; i < task.length; i++) {
			assertEquals((float) task[i], observation[layout.task() + i], where + ": component " + i + " of the task shown");
		}
	}

	private static double[] task(TaskFamily family, SimulatedLanes lanes, int lane) {
		double[] omega = new double[family.environment().parameterCount()];
		lanes.task(lane, omega);
		return omega;
	}

	private static double[][] tasks(TaskFamily family, SimulatedLanes lanes) {
		double[][] tasks = new double[lanes.lanes()][];
		for (int lane = 0; lane < tasks.length; lane++) {
			tasks[lane] = task(family, lanes, lane);
		}
		return tasks;
	}

	/** Long enough for every lane to come to a trial's end, and into the next one. */
	private static int trialSteps(TaskFamily family) {
		return TRIAL_EPISODES * family.environment().maxEpisodeSteps() + 10;
	}

	private SimulatedLanes start(TaskFamily family, int lanes, long seed, View view) {
		SimulatedLanes environment = open(family, lanes, family.taskSets().get(0).sampler(), seed, view);
		environment.reset();
		return environment;
	}

	/** Long enough for every lane to come to its time limit once, and beyond. */
	private int steps() {
		return family().environment().maxEpisodeSteps() + 50;
	}

	private SimulatedLanes start(TaskFamily family, int lanes, long seed) {
		return start(family, lanes, seed, family.taskSets().get(0).sampler());
	}

	private SimulatedLanes start(TaskFamily family, int lanes, long seed, TaskSampler tasks) {
		SimulatedLanes environment = open(family, lanes, tasks, seed, View.PLAIN);
		environment.reset();
		return environment;
	}

	private static byte[] checkpoint(SimulatedLanes lanes) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		lanes.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}

	private static void restore(byte[] checkpoint, SimulatedLanes lanes) throws IOException {
		ByteArrayInputStream bytes = new ByteArrayInputStream(checkpoint);
		lanes.readState(new DataInputStream(bytes));
		assertEquals(0, bytes.available(), "bytes of the checkpoint that readState left unread");
	}

	private static int[] draw(SimulatedLanes lanes, int width, int height) {
		BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		Graphics2D canvas = image.createGraphics();
		byte[] before = LaneState.of(lanes, 0);
		lanes.render(0, canvas, width, height);
		canvas.dispose();
		assertArrayEquals(before, LaneState.of(lanes, 0), "drawing must not change the state");
		return image.getRGB(0, 0, width, height, null, 0, width);
	}

	private static float[] row(float[] values, SimulatedLanes lanes, int lane) {
		int size = lanes.observationSpace().rowSize();
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

	private static void assertSameMoment(String where, SimulatedLanes one, SimulatedLanes other) {
		for (int lane = 0; lane < one.lanes(); lane++) {
			assertSameLane(where, one, other, lane);
		}
	}

	private static void assertSameLane(String where, SimulatedLanes one, SimulatedLanes other, int lane) {
		// assertArrayEquals compares floating-point numbers by their bits.
		String at = where + ", lane " + lane + ": ";
		assertArrayEquals(row(one.observations(), one, lane), row(other.observations(), other, lane), at + "observation");
		assertArrayEquals(LaneState.of(one, lane), LaneState.of(other, lane), at + "state");
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
		private final ActionSpace space;
		private final RandomStream random;

		RandomActions(SimulatedLanes lanes, long seed) {
			this(lanes.actionSpace(), lanes.lanes(), seed);
		}

		RandomActions(ActionSpace space, int lanes, long seed) {
			this.space = space;
			batch = new ActionBatch(space, lanes);
			random = new RandomStreams(seed).stream("actions");
		}

		void draw() {
			int[] counts = space.counts();
			for (int i = 0; i < batch.index.length; i++) {
				batch.index[i] = random.nextInt(counts[i % counts.length]);
			}
			for (int i = 0; i < batch.values.length; i++) {
				BoxSpace box = (BoxSpace) space;
				float low = box.low()[i % batch.size];
				float high = box.high()[i % batch.size];
				batch.values[i] = (float) (Float.isInfinite(high - low) ? random.nextGaussian() : random.uniform(low, high));
			}
		}

		/** Whether a lane's choices hold an action, all choices' actions numbered through. */
		boolean chose(int lane, int action) {
			int choice = 0;
			int[] counts = space.counts();
			for (; action >= counts[choice]; choice++) {
				action -= counts[choice];
			}
			return batch.index[lane * batch.choices + choice] == action;
		}

		/** Lane 0's action into another batch's lane 0. */
		void copyLaneTo(RandomActions other) {
			System.arraycopy(batch.index, 0, other.batch.index, 0, batch.choices);
			System.arraycopy(batch.values, 0, other.batch.values, 0, batch.size);
		}
	}
}
