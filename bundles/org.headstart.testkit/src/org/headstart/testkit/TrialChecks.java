package org.headstart.testkit;

import static org.headstart.testkit.LanesUnderTest.LANES;
import static org.headstart.testkit.LanesUnderTest.PAIRS;
import static org.headstart.testkit.LanesUnderTest.SINGLE;
import static org.headstart.testkit.LanesUnderTest.TRIAL_EPISODES;
import static org.headstart.testkit.LanesUnderTest.assertInside;
import static org.headstart.testkit.LanesUnderTest.assertSameMoment;
import static org.headstart.testkit.LanesUnderTest.checkpoint;
import static org.headstart.testkit.LanesUnderTest.restore;
import static org.headstart.testkit.LanesUnderTest.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.View;
import org.headstart.api.random.RandomStreams;

/** Checks of trials and views: several episodes on one task, and lanes side by side. */
final class TrialChecks {

	private final LanesUnderTest tested;

	TrialChecks(LanesUnderTest tested) {
		this.tested = tested;
	}

	void aTrialIsThatManyEpisodesOnOneTask() {
		TaskFamily family = tested.family();
		SimulatedLanes lanes = tested.start(family, LANES, 7, SINGLE);
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

	void historyAndTaskAreShownBesideTheObservation() {
		TaskFamily family = tested.family();
		View.Layout layout = SINGLE.layout(family.environment());
		SimulatedLanes lanes = tested.start(family, LANES, 7, SINGLE);
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

	void whatHappensInATrialIsWhatHappensInEpisodesOnThatTask() {
		tested.assumeDeterministic();
		TaskFamily family = tested.family();
		double[] omega = new double[family.environment().parameterCount()];
		family.taskSets().get(0).sampler().sample(new RandomStreams(3).stream("task"), omega, 0);
		SimulatedLanes plain = tested.start(family, LANES, 7, TaskSampler.fixed(omega));
		SimulatedLanes trials = tested.open(family, LANES, TaskSampler.fixed(omega), 7, SINGLE);
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

	void lanesSideBySideShareTheirTaskAndKeepInStep() {
		TaskFamily family = tested.family();
		int limit = family.environment().maxEpisodeSteps();
		View.Layout layout = PAIRS.layout(family.environment());
		SimulatedLanes lanes = tested.start(family, LANES, 7, PAIRS);
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

	void pairsAreIndependentOfOtherPairs() {
		tested.assumeDeterministic();
		TaskFamily family = tested.family();
		SimulatedLanes alone = tested.start(family, 2, 7, PAIRS);
		SimulatedLanes among = tested.start(family, LANES, 7, PAIRS);
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

	void aCheckpointWithinATrialContinuesAsIfNothingHadHappened() throws IOException {
		tested.assumeDeterministic();
		TaskFamily family = tested.family();
		int limit = family.environment().maxEpisodeSteps();
		for (View view : List.of(SINGLE, PAIRS)) {
			SimulatedLanes one = tested.start(family, LANES, 7, view);
			RandomActions actions = new RandomActions(one, 1);
			for (int step = 0; step < limit + limit / 2 + 1; step++) {
				actions.draw();
				one.step(actions.batch);
			}
			byte[] checkpoint = checkpoint(one);
			SimulatedLanes other = tested.open(tested.family(), LANES, family.taskSets().get(0).sampler(), 99, view);
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
}
