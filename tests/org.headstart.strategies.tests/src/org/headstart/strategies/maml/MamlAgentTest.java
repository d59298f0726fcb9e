package org.headstart.strategies.maml;

import static org.headstart.strategies.maml.MamlTest.settings;
import static org.headstart.strategies.maml.Navigation.HORIZON;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.GivenLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.learner.Policy;
import org.headstart.nn.optimizer.FreeParameters;
import org.headstart.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MamlAgentTest {

	private static final int UNITS = 8;
	/** Two inner steps, so that there are three episodes in a trial. */
	private static final Map<String, Object> TWO_STEPS = Map.of("inner-steps", 2L);

	private static Navigation navigation(Map<String, Object> yaml, long seed) {
		return new Navigation(settings(yaml), UNITS, seed);
	}

	@Test
	void sameSeedSameBytes() throws IOException {
		byte[] once = navigation(TWO_STEPS, 7).steps(4 * HORIZON).bytes();
		assertArrayEquals(once, navigation(TWO_STEPS, 7).steps(4 * HORIZON).bytes());
		assertFalse(Arrays.equals(once, navigation(TWO_STEPS, 8).steps(4 * HORIZON).bytes()), "the seed must matter");
	}

	/** In the middle of each episode, between two, where a trial is complete, and after an update. */
	@ParameterizedTest
	@ValueSource(ints = {4, HORIZON, HORIZON + 4, 2 * HORIZON, 2 * HORIZON + 4, 3 * HORIZON, 3 * HORIZON + 4})
	void resumeContinuesBitForBit(int first) throws IOException {
		int rest = 4 * HORIZON;
		Navigation begun = navigation(TWO_STEPS, 7).steps(first);
		byte[] checkpoint = begun.bytes();
		Navigation resumed = navigation(TWO_STEPS, 99).read(checkpoint);
		assertArrayEquals(checkpoint, resumed.bytes(), "what is read is what is written");
		byte[] expected = navigation(TWO_STEPS, 7).steps(first + rest).bytes();
		assertArrayEquals(expected, begun.steps(rest).bytes(), "writing the state must not change it");
		assertArrayEquals(expected, resumed.steps(rest).bytes());
	}

	@Test
	void judgingLeavesTheAgentAsItIs() throws IOException {
		Navigation judged = navigation(TWO_STEPS, 7).steps(HORIZON + 4);
		byte[] before = judged.bytes();
		TaskSampler goal = TaskSampler.fixed(0.3, 0.2);
		float[] once = play(judged, judged.judged(5, goal), 3 * HORIZON, false);
		assertArrayEquals(before, judged.bytes());
		assertArrayEquals(once, play(judged, judged.judged(5, goal), 3 * HORIZON, false), "nor depends on earlier judgements");
		assertArrayEquals(navigation(TWO_STEPS, 7).steps(5 * HORIZON).bytes(), judged.steps(4 * HORIZON - 4).bytes());
	}

	/** All actions. */
	private static float[] play(Navigation navigation, VectorEnvironment environment, int steps, boolean greedy) {
		Policy policy = navigation.agent.policy(environment.lanes(), greedy);
		ActionBatch actions = new ActionBatch(environment.actionSpace(), environment.lanes());
		float[] all = new float[steps * actions.values.length];
		for (int step = 0; step < steps; step++) {
			policy.act(environment, actions);
			System.arraycopy(actions.values, 0, all, step * actions.values.length, actions.values.length);
			environment.step(actions);
			policy.observe(environment);
		}
		return all;
	}

	@Test
	void adaptationIsEachTasksOwn() {
		// five lanes of one task, then five of another
		Navigation navigation = navigation(Map.of(), 7).steps(2 * HORIZON);
		float[] one = play(navigation, navigation.judged(10, goals(0.4, 0.4, -0.4, 0.4)), 4 * HORIZON, false);
		float[] other = play(navigation, navigation.judged(10, goals(0.4, 0.4, 0.1, -0.4)), 4 * HORIZON, false);
		boolean secondAdapts = false;
		for (int i = 0; i < one.length; i++) {
			int step = i / 20;
			boolean first = i % 20 < 10;
			if (first || step < HORIZON || step >= 3 * HORIZON) {
				// a trial is three episodes: then it begins again
				assertEquals(one[i], other[i], "step " + step + ": the other task's goal, or the last trial, is known");
			} else {
				secondAdapts |= one[i] != other[i];
			}
		}
		assertTrue(secondAdapts, "adapted policies depend on their task");
	}

	/** Where the lane stands in ω says which group it is of. */
	private static TaskSampler goals(double x, double y, double otherX, double otherY) {
		return (random, omega, offset) -> {
			omega[offset] = offset < omega.length / 2 ? x : otherX;
			omega[offset + 1] = offset < omega.length / 2 ? y : otherY;
		};
	}

	@Test
	void trainingAdaptsEachTaskToItself() {
		Map<String, Object> yaml = Map.of("trajectories", 10L);
		Navigation one = new Navigation(settings(yaml), UNITS, 7, goals(0.4, 0.4, -0.4, 0.4)).steps(HORIZON + 1);
		Navigation other = new Navigation(settings(yaml), UNITS, 7, goals(0.4, 0.4, 0.1, -0.4)).steps(HORIZON + 1);
		int half = one.actions.values.length / 2;
		assertArrayEquals(Arrays.copyOf(one.actions.values, half), Arrays.copyOf(other.actions.values, half));
		assertFalse(Arrays.equals(one.actions.values, other.actions.values));
	}

	@Test
	void greedyIsTheLastEpisodeOnly() {
		Navigation navigation = navigation(Map.of(), 7).steps(2 * HORIZON);
		TaskSampler goal = TaskSampler.fixed(0.3, 0.2);
		float[] sampled = play(navigation, navigation.judged(5, goal), 3 * HORIZON, false);
		float[] greedy = play(navigation, navigation.judged(5, goal), 3 * HORIZON, true);
		int lastEpisode = 2 * HORIZON * 10;
		assertArrayEquals(Arrays.copyOf(sampled, lastEpisode), Arrays.copyOf(greedy, lastEpisode));
		// all lanes start at the same place: most likely actions are the same for all
		for (int i = 0; i < 10; i++) {
			assertEquals(greedy[lastEpisode + i % 2], greedy[lastEpisode + i]);
		}
	}

	@Test
	void fewerLanesThanTrajectoriesAreOneTask() {
		Navigation navigation = navigation(Map.of(), 7);
		assertEquals(0, navigation.judged(5, TaskSampler.fixed(0, 0)).lanes() % 5);
		Policy alone = navigation.agent.policy(1, false);
		ActionBatch actions = new ActionBatch(navigation.environment.actionSpace(), 1);
		alone.act(GivenLanes.of(navigation.environment.observationSpace(), navigation.environment.actionSpace(), 0.1f, 0.2f), actions);
		assertTrue(actions.values[0] != 0);
	}

	@Test
	void itLearnsFromWholeTasksOnly() {
		MamlAgent agent = navigation(Map.of(), 7).agent;
		IllegalArgumentException problem = assertThrows(IllegalArgumentException.class, () -> agent.begin(1));
		assertTrue(problem.getMessage().contains("not from 1"), problem.getMessage());
		agent.begin(6);
		assertThrows(IllegalArgumentException.class, () -> agent.policy(7, false));
	}

	@Test
	void beforeATrialsEndNothingIsLearnedOrLost() throws IOException {
		Navigation navigation = navigation(Map.of(), 7).steps(HORIZON + 3);
		byte[] before = navigation.bytes();
		navigation.agent.update(Navigation.UNREAD);
		assertArrayEquals(before, navigation.bytes());
	}

	@Test
	void theCycleDoesNotAllocate() {
		Navigation navigation = navigation(TWO_STEPS, 7);
		VectorEnvironment judged = navigation.judged(10, navigation.family.taskSet("test").sampler());
		Policy policy = navigation.agent.policy(10, false);
		ActionBatch actions = new ActionBatch(judged.actionSpace(), 10);
		Allocation.assertZero("act and observe, in windows of 3 trials", () -> {
			long before = Allocation.bytes();
			for (int step = 0; step < 3 * HORIZON; step++) {
				if (navigation.agent.ready()) {
					// An update may allocate its report.
					long reporting = Allocation.bytes();
					navigation.agent.update(Navigation.UNREAD);
					before += Allocation.bytes() - reporting;
				}
				navigation.step();
				policy.act(judged, actions);
				judged.step(actions);
				policy.observe(judged);
			}
			return Allocation.bytes() - before;
		});
	}

	@Test
	void standardDeviationsAreTrainedByTheNetworksAdam() {
		Navigation navigation = navigation(Map.of("epochs", 1L, "tasks-per-step", 2L, "max-gradient-norm", 0.0), 7).trial();
		MamlAgent agent = navigation.agent;
		PolicyVector before = agent.parameters().another();
		before.set(agent.parameters());
		PolicyVector mean = before.another();
		for (int task = 0; task < 2; task++) {
			PolicyVector gradient = before.another();
			agent.differentiate(before, task, gradient);
			mean.add(0.5, gradient);
		}
		agent.network().setParameters(before.network);
		FreeParameters expected = new FreeParameters(before.logStd.length, MamlLearner.ADAM);
		for (int i = 0; i < before.logStd.length; i++) {
			expected.values()[i] = (float) before.logStd[i];
			expected.gradients()[i] = (float) mean.logStd[i];
		}
		expected.update(1, (float) navigation.settings.learningRate());
		agent.update(Navigation.UNREAD);
		for (int i = 0; i < before.logStd.length; i++) {
			assertEquals(expected.values()[i], agent.parameters().logStd[i]);
			assertTrue(before.logStd[i] != agent.parameters().logStd[i]);
		}
	}

	@Test
	void aRestartKeepsThePolicyAndForgetsTheOptimizer() throws IOException {
		Navigation navigation = navigation(Map.of(), 7).steps(4 * HORIZON);
		PolicyVector before = navigation.agent.parameters().another();
		before.set(navigation.agent.parameters());
		navigation.agent.restart(true);
		assertArrayEquals(before.network, navigation.agent.parameters().network);
		assertArrayEquals(before.logStd, navigation.agent.parameters().logStd);
		byte[] once = navigation.bytes();
		navigation.agent.restart(false);
		assertArrayEquals(once, navigation.bytes(), "what is fresh stays fresh");
	}

	@Test
	void networkAndKnowledgeAreAllThatActs() throws IOException {
		MamlAgent source = navigation(Map.of(), 7).steps(6 * HORIZON).agent;
		Navigation target = navigation(Map.of(), 8);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		source.network().writeState(new DataOutputStream(bytes));
		source.writeKnowledge(new DataOutputStream(bytes));
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
		target.agent.network().readState(in);
		target.agent.readKnowledge(in, true);
		assertEquals(-1, in.read());
		assertArrayEquals(source.parameters().network, target.agent.parameters().network);
		assertArrayEquals(source.parameters().logStd, target.agent.parameters().logStd);
		assertTrue(source.parameters().logStd[0] != 0);
	}

	@Test
	void aTemperatureWidensThePolicy() {
		MamlAgent agent = navigation(Map.of("initial-log-std", 0.0), 7).agent;
		agent.temper(4);
		double logStd = (float) Math.log(2);
		assertArrayEquals(new double[] {logStd, logStd}, agent.parameters().logStd);
		assertThrows(IllegalArgumentException.class, () -> agent.temper(0));
	}

	@Test
	void anilAdaptsTheHeadAlone() {
		for (String layers : new String[] {"last", "all"}) {
			Navigation navigation = navigation(Map.of("inner-layers", layers), 7).steps(HORIZON);
			PolicyVector before = navigation.agent.parameters().another();
			before.set(navigation.agent.parameters());
			navigation.agent.network().setParameters(navigation.agent.adapted(0).network);
			boolean hiddenMoved = !Arrays.equals(navigation.agent.network().parameter("backbone/policy/hidden", "W"),
					hidden(navigation, before));
			assertEquals(layers.equals("all"), hiddenMoved);
			assertFalse(Arrays.equals(before.network, navigation.agent.adapted(0).network));
			assertTrue(before.logStd[0] != navigation.agent.adapted(0).logStd[0]);
		}
	}

	private static float[] hidden(Navigation navigation, PolicyVector parameters) {
		float[] now = navigation.agent.parameters().network.clone();
		navigation.agent.network().setParameters(parameters.network);
		float[] hidden = navigation.agent.network().parameter("backbone/policy/hidden", "W");
		navigation.agent.network().setParameters(now);
		return hidden;
	}

	@Test
	void itLearnsToAdapt() {
		Navigation navigation = new Navigation(settings(Map.of("meta-batch", 5L, "tasks-per-step", 5L, "trajectories", 10L,
				"learning-rate", 0.01, "inner-rate", 1.0)), UNITS, 7);
		double[] first = returns(navigation);
		navigation.steps(60 * 2 * HORIZON);
		double[] last = returns(navigation);
		String what = "returns after 0, 1 and 2 inner steps at first and at last: " + Arrays.toString(first) + ", "
				+ Arrays.toString(last);
		assertTrue(last[1] > first[1] + 0.5, what);
		assertTrue(last[1] > last[0] + 1, what);
	}

	/** By episode of a trial, of test goals. */
	private static double[] returns(Navigation navigation) {
		VectorEnvironment environment = navigation.judged(100, navigation.family.taskSet("test").sampler());
		Policy policy = navigation.agent.policy(100, false);
		ActionBatch actions = new ActionBatch(environment.actionSpace(), 100);
		double[] returns = new double[3];
		for (int step = 0; step < 3 * HORIZON; step++) {
			policy.act(environment, actions);
			environment.step(actions);
			policy.observe(environment);
			for (float reward : environment.rewards()) {
				returns[step / HORIZON] += reward / 100;
			}
		}
		return returns;
	}
}
