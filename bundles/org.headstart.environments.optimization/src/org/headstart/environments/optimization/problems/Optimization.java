package org.headstart.environments.optimization.problems;

import java.util.ArrayList;
import java.util.List;

import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskFamily.ReturnShape;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;

/**
 * An episode is the optimization of a function: the observation is the gradient, the action is the update, and the reward is
 * minus the loss after it (Andrychowicz et al. 2016, "Learning to learn by gradient descent by gradient descent"; as an
 * environment, Li and Malik 2017, "Learning to Optimize"). Id {@code optimization}.
 *
 * <p>A task is one function, and ω is its seed, a whole number. The task sets have disjoint ranges of seeds, so no function
 * is in two of them; the ranges are so large that a function practically never occurs twice.
 */
public final class Optimization implements Environment<OptimizationSettings> {

	private static final int SEED_BITS = 40;
	private static final long SEEDS = 1L << SEED_BITS;

	@Override
	public TaskFamily create(OptimizationSettings settings) {
		Objective objective = switch (settings.problem()) {
			case QUADRATIC -> new Quadratic(settings.quadratic());
			case DIGITS -> new DigitNetwork(settings.digits());
		};
		// slower problems are fewer in the tuning
		int tuningProblems = settings.problem() == ProblemChoice.QUADRATIC ? 128 : 16;
		List<ReferenceAlgorithm> references = new ArrayList<>();
		for (FirstOrderMethod method : FirstOrderMethod.values()) {
			references.add(new ReferenceAlgorithm(method.id, method.description + "; by default with the rate that has the highest "
					+ "mean return on " + tuningProblems + " training problems", "rate", Double.NaN, false,
					(lanes, site) -> new FirstOrderPolicy(method,
							Double.isNaN(site.parameter()) ? new RateTuning(method, site, tuningProblems).best() : site.parameter(),
							lanes, objective.dimension())));
		}
		return new TaskFamily(new OptimizationDynamics(objective, settings.horizon(), settings.maxUpdate()),
				List.of(ParameterGroup.scalar("seed", "", 0, 3 * SEEDS - 1, Double.NaN)),
				List.of(seeds("train", "functions to learn on", TaskRole.TRAIN, 0),
						seeds("validation", "functions to choose settings by", TaskRole.VALIDATION, 1),
						seeds("test", "functions to judge on", TaskRole.TEST, 2)),
				new ReturnShape(-settings.horizon() * objective.highestLoss(), 0, Double.NaN), references);
	}

	private static TaskSet seeds(String name, String description, TaskRole role, long range) {
		double first = range * SEEDS;
		return new TaskSet(name, description, role,
				(random, omega, offset) -> omega[offset] = first + (random.nextLong() >>> Long.SIZE - SEED_BITS),
				omega -> omega[0] >= first && omega[0] < first + SEEDS && omega[0] == Math.rint(omega[0]));
	}
}
