package org.headstart.benchmarks.learners;

import java.util.Arrays;
import java.util.Locale;

import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.TaskFamily;
import org.headstart.benchmarks.learners.Training.Layers;
import org.headstart.environments.classic.CartPole;
import org.headstart.environments.classic.CartPoleSettings;
import org.headstart.environments.classic.ContextVisibility;
import org.headstart.environments.classic.Pendulum;
import org.headstart.environments.classic.PendulumSettings;
import org.headstart.learners.ppo.PpoSettings;
import org.headstart.learners.ppo.PpoSettings.Schedule;

/**
 * Whether PPO learns what it should: cart-pole to a mean return of 475 and pendulum to −200, each over 100 fresh episodes with
 * greedy actions, after a fixed budget. Prints a line for each seed.
 *
 * <p>Arguments: {@code cart-pole} or {@code pendulum}, then optionally the number of seeds.
 */
public final class PpoLearning {

	private static final int UNITS = 64;
	private static final int EPISODES = 100;

	private PpoLearning() {}

	static TaskFamily cartPole() {
		ParameterRange none = ParameterRange.fixed(0);
		return new CartPole().create(new CartPoleSettings(ParameterRange.fixed(9.8), ParameterRange.fixed(1),
				ParameterRange.fixed(0.1), ParameterRange.fixed(0.5), ParameterRange.fixed(10), none, none,
				ContextVisibility.HIDDEN, 500));
	}

	private static TaskFamily pendulum() {
		return new Pendulum().create(new PendulumSettings(ParameterRange.fixed(10), ParameterRange.fixed(1),
				ParameterRange.fixed(1), ParameterRange.fixed(0), ContextVisibility.HIDDEN, 200));
	}

	/** As in {@code cart-pole-ppo.experiment.yaml}. */
	private static PpoSettings cartPoleSettings() {
		return new PpoSettings(8, 128, 0, 256, 10, 1e-3, Schedule.LINEAR, 0.99, 0.95, 0.2, 0, 0.5, 0, Schedule.CONSTANT, 0.5, 0, false,
				false, false, 0, 1e-5);
	}

	/** As in {@code pendulum-ppo.experiment.yaml}. */
	private static PpoSettings pendulumSettings() {
		return new PpoSettings(8, 256, 0, 128, 10, 1e-3, Schedule.LINEAR, 0.9, 0.95, 0.2, 0, 0.5, 0, Schedule.CONSTANT, 0.5, 0, false, true,
				false, 0, 1e-5);
	}

	/**
	 * @param arguments see the class
	 */
	public static void main(String[] arguments) {
		boolean pole = arguments.length == 0 || arguments[0].equals("cart-pole");
		int seeds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
		TaskFamily family = pole ? cartPole() : pendulum();
		PpoSettings settings = pole ? cartPoleSettings() : pendulumSettings();
		long budget = pole ? 100_000 : 200_000;
		double bar = pole ? 475 : -200;
		int reached = 0;
		for (int seed = 1; seed <= seeds; seed++) {
			Training training = new Training(family, family.taskSets().get(0).sampler(), settings, Layers.DENSE, UNITS, budget, seed);
			double[] last = new double[1];
			double[] curve = new double[4];
			for (int part = 0; part < 4; part++) {
				// whole updates within the budget
				long until = budget * (part + 1) / 4;
				training.run(until - settings.lanes() * settings.rolloutSteps() + 1, (name, value) -> {
					if (name.equals("approximate-kl")) {
						last[0] = value;
					}
				});
				curve[part] = training.evaluate(EPISODES, true);
			}
			double sampled = training.evaluate(EPISODES, false);
			reached += curve[3] >= bar ? 1 : 0;
			System.out.printf(Locale.ROOT, "seed %2d  steps %d  greedy %.1f  sampled %.1f  quarters %s  kl %.4f%n", seed,
					training.steps(), curve[3], sampled, Arrays.toString(curve), last[0]);
		}
		System.out.printf(Locale.ROOT, "%d of %d seeds reached %.0f%n", reached, seeds, bar);
	}
}
