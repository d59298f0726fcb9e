package org.headstart.environments.optimization.problems;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.GivenLanes;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskReader;
import org.headstart.api.environment.Trial;
import org.headstart.api.environment.VectorEnvironment;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStreams;
import org.headstart.environments.optimization.digits.DigitStyle;
import org.headstart.environments.optimization.problems.DigitNetworkSettings.Activation;
import org.junit.jupiter.api.Test;

class FirstOrderMethodTest {

	private static final View HISTORY = new View(Trial.EPISODE, true, false);

	/** None of these looks at its tasks. */
	private static final TaskReader UNREAD = (lane, omega) -> fail("the task is read");

	private static TaskFamily family(ProblemChoice problem, int steps) {
		return family(problem, steps, 1);
	}

	private static TaskFamily family(ProblemChoice problem, int steps, double maxUpdate) {
		return new Optimization().create(new OptimizationSettings(problem, steps, maxUpdate, new QuadraticSettings(5),
				new DigitNetworkSettings(DigitStyle.PLAIN, 8, List.of(20), Activation.SIGMOID, 32)));
	}

	/** Two updates of one coordinate after gradients 2 and −1. */
	private static double[] updates(FirstOrderMethod method) {
		FirstOrderPolicy policy = new FirstOrderPolicy(method, 0.5, 1, 1);
		Dynamics dynamics = (Dynamics) family(ProblemChoice.QUADRATIC, 5).environment();
		ObservationSpace gradient = ObservationSpace.of(BoxSpace.uniform(1, -10, 10));
		ActionBatch actions = new ActionBatch(dynamics.actionSpace(), 1);
		policy.act(GivenLanes.of(gradient, dynamics.actionSpace(), 2), actions);
		double first = actions.values[0];
		policy.act(GivenLanes.of(gradient, dynamics.actionSpace(), -1), actions);
		return new double[] {first, actions.values[0]};
	}

	@Test
	void updatesAreThoseOfTheLiterature() {
		assertArrayEquals(new double[] {-1, 0.5}, updates(FirstOrderMethod.SGD), 1e-6);
		assertArrayEquals(new double[] {-1, -0.5 * (0.9 * 2 - 1)}, updates(FirstOrderMethod.MOMENTUM), 1e-6);
		assertArrayEquals(new double[] {-0.5 * (2 + 0.9 * 2), -0.5 * (-1 + 0.9 * (0.9 * 2 - 1))},
				updates(FirstOrderMethod.NESTEROV), 1e-6);
		assertArrayEquals(new double[] {-0.5 * 2 / Math.sqrt(0.1 * 4), 0.5 / Math.sqrt(0.09 * 4 + 0.1)},
				updates(FirstOrderMethod.RMSPROP), 1e-6);
		double mean = (0.9 * 0.2 - 0.1) / (1 - 0.81);
		double square = (0.999 * 0.004 + 0.001) / (1 - 0.999 * 0.999);
		assertArrayEquals(new double[] {-0.5, -0.5 * mean / Math.sqrt(square)}, updates(FirstOrderMethod.ADAM), 1e-6);
	}

	/** Mean return on test problems, all methods on the same. */
	private static double meanReturn(TaskFamily family, String name, double rate, int episodes) {
		int lanes = 32;
		ReferenceAlgorithm reference = family.reference(name);
		Policy policy = reference.maker().policy(lanes, new ReferenceSite(family, HISTORY, rate, UNREAD, new RandomStreams(5)));
		VectorEnvironment environment = family.vectorEnvironment(lanes, family.taskSet("test").sampler(), new RandomStreams(9),
				HISTORY);
		environment.reset();
		policy.begin(environment);
		ActionBatch actions = new ActionBatch(environment.actionSpace(), lanes);
		double sum = 0;
		for (int step = 0; step < episodes * family.environment().maxEpisodeSteps(); step++) {
			policy.act(environment, actions);
			environment.step(actions);
			policy.observe(environment);
			for (float reward : environment.rewards()) {
				sum += reward;
			}
		}
		return sum / (lanes * episodes);
	}

	@Test
	void theTunedRateIsAGoodOne() {
		TaskFamily family = family(ProblemChoice.QUADRATIC, 30);
		for (ReferenceAlgorithm reference : family.references()) {
			double tuned = meanReturn(family, reference.name(), Double.NaN, 1);
			double best = Double.NEGATIVE_INFINITY;
			for (double exponent = -4; exponent <= 1; exponent += 0.25) {
				best = Math.max(best, meanReturn(family, reference.name(), Math.pow(10, exponent), 1));
			}
			assertTrue(tuned >= best * 1.05, reference.name() + " tuned: " + tuned + ", the best in hindsight: " + best);
			assertTrue(best > 2 * 30 * -5, reference.name() + " makes headway: " + best);
		}
	}

	@Test
	void everyEpisodeBeginsAnew() {
		TaskFamily family = family(ProblemChoice.QUADRATIC, 10);
		TaskFamily alone = family(ProblemChoice.QUADRATIC, 10);
		int lanes = 2;
		Policy policy =
				family.reference("adam").maker().policy(lanes, new ReferenceSite(family, HISTORY, 0.1, UNREAD, new RandomStreams(5)));
		VectorEnvironment environment = family.vectorEnvironment(lanes, family.taskSet("test").sampler(), new RandomStreams(9),
				HISTORY);
		environment.reset();
		ActionBatch actions = new ActionBatch(environment.actionSpace(), lanes);
		for (int step = 0; step < 25; step++) {
			if (step == 20) {
				policy = alone.reference("adam").maker().policy(lanes,
						new ReferenceSite(alone, HISTORY, 0.1, UNREAD, new RandomStreams(5)));
			}
			policy.act(environment, actions);
			if (step == 10 || step == 20) {
				// Adam's first step is the rate, whatever the gradient
				for (float value : actions.values) {
					assertEquals(0.1, Math.abs(value), 1e-4, "step " + step);
				}
			}
			environment.step(actions);
			policy.observe(environment);
		}
	}

	@Test
	void adamTrainsADigitNetwork() {
		TaskFamily family = family(ProblemChoice.DIGITS, 100);
		int lanes = 2;
		Policy policy =
				family.reference("adam").maker().policy(lanes, new ReferenceSite(family, HISTORY, 0.03, UNREAD, new RandomStreams(5)));
		VectorEnvironment environment = family.vectorEnvironment(lanes, family.taskSet("test").sampler(), new RandomStreams(9),
				HISTORY);
		environment.reset();
		ActionBatch actions = new ActionBatch(environment.actionSpace(), lanes);
		double[] loss = new double[1];
		environment.trace(0, loss);
		assertEquals(Math.log(10), loss[0], 0.5);
		for (int step = 0; step < 100; step++) {
			policy.act(environment, actions);
			environment.step(actions);
		}
		assertTrue(environment.truncated()[0]);
		environment.finalTrace(0, loss);
		double[] outcomes = environment.finalOutcomes();
		assertEquals(List.of("final-loss", "final-loss-log10", "accuracy"),
				environment.outcomes().stream().map(outcome -> outcome.name()).toList());
		assertEquals(loss[0], outcomes[0]);
		assertEquals(Math.log10(loss[0]), outcomes[1], 1e-12);
		assertEquals(-environment.rewards()[0], outcomes[0], 1e-6);
		assertTrue(outcomes[0] < 1 && outcomes[2] > 0.6, "loss " + outcomes[0] + ", accuracy " + outcomes[2]);
	}

	@Test
	void theRewardIsBoundedWhereAnOptimizationDiverges() {
		TaskFamily family = family(ProblemChoice.QUADRATIC, 50, 1000);
		assertEquals(-50 * 100 * 5, family.shape().lowest());
		double mean = meanReturn(family, "sgd", 10, 1);
		assertTrue(mean < 0.9 * family.shape().lowest() && mean >= family.shape().lowest(), "return " + mean);
	}
}
