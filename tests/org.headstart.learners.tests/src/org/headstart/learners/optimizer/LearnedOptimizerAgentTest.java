package org.headstart.learners.optimizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Agent;
import org.headstart.api.learner.AgentSite;
import org.headstart.api.learner.AgentView;
import org.headstart.api.learner.AgentView.Memory;
import org.headstart.api.learner.Learner;
import org.headstart.api.learner.Metrics;
import org.headstart.api.learner.Policy;
import org.headstart.api.network.Network;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.learners.optimizer.LearnedOptimizerSettings.Schedule;
import org.headstart.nn.NetworkBuilder;
import org.headstart.testkit.LaneState;
import org.junit.jupiter.api.Test;

class LearnedOptimizerAgentTest {

	private static final Metrics UNREAD = (name, value) -> {
		// what is reported is not this test's matter
	};

	private static LearnedOptimizerSettings settings(int lanes, int unroll, int coordinates) {
		return new LearnedOptimizerSettings(lanes, unroll, 0, Schedule.CONSTANT, 0.5, 10, coordinates, 0);
	}

	private static Network network() {
		Learner<LearnedOptimizerSettings> learner = new LearnedOptimizer();
		BoxSpace actions = BoxSpace.uniform(1, -1, 1);
		LearnedOptimizerSettings settings = settings(1, 1, 0);
		return NetworkBuilder
				.of(new SmallLstm(4), new NoSettings(), learner.networks(settings, ObservationSpace.of(actions), actions).get(0))
				.gain("head/update", 1).build(new RandomStreams(11));
	}

	/** An agent that does not move its weights, in some lanes. */
	private static final class Run {

		final Agent agent;
		final SimulatedLanes environment;
		final ActionBatch actions;
		double loss;

		Run(Network network, LearnedOptimizerSettings settings, AgentView view, Slopes slopes) {
			agent = new LearnedOptimizer().agent(settings, new AgentSite(network, ObservationSpace.of(slopes.observationSpace()),
					slopes.actionSpace(), new RandomStreams(2), 0, view));
			environment = new SimulatedLanes(slopes, settings.lanes(), TaskSampler.fixed(0), new RandomStreams(3),
					view.training());
			actions = new ActionBatch(slopes.actionSpace(), settings.lanes());
			environment.reset();
			agent.begin(settings.lanes());
		}

		/** Steps until an update is due; the loss is the mean over lanes and steps. */
		Run unroll(LearnedOptimizerSettings settings) {
			loss = 0;
			while (!agent.ready()) {
				agent.act(environment, actions);
				environment.step(actions);
				agent.observe(environment);
				for (float reward : environment.rewards()) {
					loss -= reward / (settings.lanes() * settings.unroll());
				}
			}
			return this;
		}

		float[] gradient() {
			agent.update(UNREAD);
			float[] gradient = new float[agent.network().parameterVectorSize()];
			agent.network().copyGradients(gradient);
			return gradient;
		}
	}

	private static void assertExact(Network network, LearnedOptimizerSettings settings, AgentView view, Slopes slopes) {
		float[] gradient = new Run(network, settings, view, slopes).unroll(settings).gradient();
		double largest = 0;
		for (float value : gradient) {
			largest = Math.max(largest, Math.abs(value));
		}
		assertTrue(largest > 0.01, "there is a gradient: " + largest);
		float[] parameters = new float[gradient.length];
		network.copyParameters(parameters);
		float width = 1e-2f;
		int compared = 0;
		for (int i = 0; i < gradient.length; i++) {
			if (gradient[i] == 0) {
				// padding
				continue;
			}
			float[] moved = parameters.clone();
			moved[i] += width;
			network.setParameters(moved);
			double above = new Run(network, settings, view, slopes).unroll(settings).loss;
			moved[i] = parameters[i] - width;
			network.setParameters(moved);
			double below = new Run(network, settings, view, slopes).unroll(settings).loss;
			network.setParameters(parameters);
			assertEquals((above - below) / (2 * width), gradient[i], 2e-3 * largest, "parameter " + i);
			compared++;
		}
		assertTrue(compared >= 10, compared + " parameters compared");
	}

	@Test
	void theGradientIsThatOfTheLossOverTheUnroll() {
		assertExact(network(), settings(3, 8, 0), AgentView.PLAIN, new Slopes(2, 20));
	}

	@Test
	void whereAnEpisodeEndsNothingIsCreditedToTheOneBefore() {
		assertExact(network(), settings(3, 12, 0), AgentView.PLAIN, new Slopes(2, 5));
	}

	/** Else the gradient would go back through states that were forgotten. */
	@Test
	void withoutMemoryNothingGoesBackThroughTheState() {
		assertExact(network(), settings(3, 8, 0), AgentView.same(View.PLAIN, Memory.STEP), new Slopes(2, 20));
	}

	@Test
	void aPolicyRemembersAsLongAsItsAgent() {
		Slopes slopes = new Slopes(2, 4);
		for (Memory memory : Memory.values()) {
			AgentView view = AgentView.same(new View(Trial.of(2), false, false), memory);
			LearnedOptimizerSettings settings = settings(2, 30, 0);
			Run run = new Run(network(), settings, view, slopes);
			Policy policy = run.agent.policy(2, true);
			ActionBatch actions = new ActionBatch(slopes.actionSpace(), 2);
			double earlier = 0;
			double later = 0;
			for (int step = 0; step < 24; step++) {
				// the same gradients at the start of each episode
				Arrays.fill(run.environment.observations(), 0.5f);
				run.agent.act(run.environment, run.actions);
				policy.act(run.environment, actions);
				assertArrayEquals(run.actions.values, actions.values, memory + ", step " + step);
				if (step == 16) {
					earlier = actions.values[0];
				} else if (step == (memory == Memory.STEP ? 17 : 20)) {
					later = actions.values[0];
				}
				run.environment.step(run.actions);
				run.agent.observe(run.environment);
				policy.observe(run.environment);
			}
			assertEquals(memory != Memory.TRIAL, earlier == later, memory + ": what was forgotten has no say");
		}
	}

	@Test
	void someCoordinatesStandForAll() {
		Network network = network();
		Slopes slopes = new Slopes(2, 20);
		float[] all = new Run(network, settings(1, 8, 0), AgentView.PLAIN, slopes).unroll(settings(1, 8, 0)).gradient();
		for (int most : new int[] {2, 3}) {
			float[] both = new Run(network, settings(1, 8, most), AgentView.PLAIN, slopes).unroll(settings(1, 8, most)).gradient();
			assertArrayEquals(all, both, "at most " + most + ", and there are 2");
		}
		// each of the two coordinates is drawn sooner or later; on average they are what all are
		LearnedOptimizerSettings one = settings(1, 20, 1);
		Run run = new Run(network, one, AgentView.PLAIN, slopes);
		float[] whole = new Run(network, settings(1, 20, 0), AgentView.PLAIN, slopes).unroll(settings(1, 20, 0)).gradient();
		float[] first = run.unroll(one).gradient();
		float[] second = null;
		for (int attempt = 0; attempt < 20; attempt++) {
			// the same episode again
			LaneState.put(run.environment, 0, LaneState.of(new Run(network, one, AgentView.PLAIN, slopes).environment, 0));
			float[] again = run.unroll(one).gradient();
			if (!Arrays.equals(first, again)) {
				second = again;
			}
		}
		assertTrue(second != null, "another coordinate is drawn");
		for (int i = 0; i < whole.length; i++) {
			assertEquals(whole[i], 0.5 * (first[i] + second[i]), 1e-4, "parameter " + i);
		}
	}

	@Test
	void gradientsBetweenTheEpisodesOfATrialAreNotGuessed() {
		Network network = network();
		AgentView trials = AgentView.same(new View(Trial.of(2), false, false), Memory.EPISODE);
		// episodes of one step: all that an update does shows in the gradient after it, which is hidden after the first of two
		Slopes slopes = new Slopes(1, 1);
		LearnedOptimizerSettings settings = settings(1, 2, 0);
		float[] both = new Run(network, settings, trials, slopes).unroll(settings).gradient();
		float[] alone = new Run(network, settings, AgentView.PLAIN, slopes).unroll(settings).gradient();
		assertFalse(Arrays.equals(both, alone));
		Run second = new Run(network, settings, trials, slopes);
		second.agent.act(second.environment, second.actions);
		second.environment.step(second.actions);
		second.agent.begin(1);
		second.agent.act(second.environment, second.actions);
		second.environment.step(second.actions);
		second.agent.observe(second.environment);
		float[] last = second.gradient();
		for (int i = 0; i < both.length; i++) {
			assertEquals(0.5 * last[i], both[i], 1e-6, "parameter " + i + ": half of the steps' mean");
		}
	}

	@Test
	void metricsTellOfTheUnroll() {
		LearnedOptimizerSettings settings = settings(2, 6, 0);
		Run run = new Run(network(), settings, AgentView.PLAIN, new Slopes(2, 20)).unroll(settings);
		Map<String, Double> metrics = new HashMap<>();
		run.agent.update(metrics::put);
		assertEquals(run.loss, metrics.get("loss"), 1e-6);
		assertTrue(metrics.get("mean-update") > 0 && metrics.get("gradient-norm") > 0);
		assertEquals(0, metrics.get("learning-rate"));
	}

	private static String refusal(ActionSpace actions, int observation, AgentView view) {
		return assertThrows(IllegalArgumentException.class, () -> new LearnedOptimizer().agent(settings(1, 1, 0),
				new AgentSite(network(), ObservationSpace.of(BoxSpace.uniform(observation, -1, 1)), actions, new RandomStreams(1), 0,
						view)))
				.getMessage();
	}

	@Test
	void whatCannotBeOptimisedIsRefused() {
		assertTrue(refusal(BoxSpace.uniform(2, -1, 1), 3, AgentView.PLAIN).contains("3 components"));
		assertTrue(refusal(BoxSpace.uniform(2, -1, 1), 5,
				AgentView.same(new View(Trial.EPISODE, true, false), Memory.TRIAL)).contains("history: false"));
		for (ActionSpace choices : List.of(new DiscreteSpace(2), new MultiDiscreteSpace(2, 2))) {
			assertThrows(IllegalArgumentException.class,
					() -> new LearnedOptimizer().networks(settings(1, 1, 0), ObservationSpace.of(BoxSpace.uniform(1, -1, 1)), choices));
		}
		assertEquals(List.of("update"), network().heads());
	}
}
