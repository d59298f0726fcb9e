package org.headstart.environments.bandits;

import java.util.List;

import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;

/**
 * The algorithms with which Duan et al. 2016 ("RL²", section 3.1 and table 1) compare RL² on Bernoulli bandits. All begin
 * with one success and one failure on each arm, the uniform prior, and pull the first of equal arms. Constants that the
 * paper does not give were chosen on training bandits to fit its table.
 */
final class BanditReferences {

	private static final double EPSILON = 0.02;
	private static final double UCB_CONSTANT = 0.2;

	private BanditReferences() {}

	static List<ReferenceAlgorithm> all() {
		return List.of(
				algorithm("random", "Any arm", "", Double.NaN,
						site -> (record, lane, random) -> random.nextInt(record.arms())),
				algorithm("greedy", "The arm of the highest posterior mean under a uniform prior; of equal ones the first", "",
						Double.NaN, site -> ArmRule.most((successes, failures, pull, random) -> mean(successes, failures))),
				algorithm("epsilon-greedy", "Any arm with probability epsilon, otherwise greedy", "epsilon", EPSILON,
						BanditReferences::epsilonGreedy),
				algorithm("ucb1", "Posterior mean plus c sqrt(2 ln t / (pulls + 2)) (Auer, Cesa-Bianchi and Fischer 2002)", "c",
						UCB_CONSTANT, BanditReferences::ucb1),
				algorithm("thompson", "The arm that is best in a draw from the posterior (Thompson 1933)", "", Double.NaN,
						site -> ArmRule
								.most((successes, failures, pull, random) -> BetaDistribution.sample(successes + 1, failures + 1, random))),
				algorithm("optimistic-thompson",
						"Thompson's draw, or the posterior mean where that is higher (May, Korda, Lee and Leslie 2012); of a "
								+ "draw's distance from the mean the share width counts",
						"width", 1, BanditReferences::optimisticThompson),
				algorithm("gittins",
						"The arm of the highest Gittins index under a uniform prior; for n pulls the discount is n / (n + 5)",
						"discount", Double.NaN, BanditReferences::gittins),
				new ReferenceAlgorithm("oracle", "The best arm; it is shown the arms' probabilities", "", Double.NaN, true,
						BanditReferences::oracle));
	}

	private interface Rule {

		ArmRule of(ReferenceSite site);
	}

	private static ReferenceAlgorithm algorithm(String name, String description, String parameter, double byDefault, Rule rule) {
		return new ReferenceAlgorithm(name, description, parameter, byDefault, false,
				(lanes, site) -> new ArmPolicy(lanes, site.family().environment().parameterCount(), site.streams(), rule.of(site)));
	}

	private static double mean(int successes, int failures) {
		return (successes + 1.0) / (successes + failures + 2);
	}

	private static ArmRule epsilonGreedy(ReferenceSite site) {
		double epsilon = site.parameter();
		check(epsilon >= 0 && epsilon <= 1, "epsilon-greedy", "epsilon must be from 0 to 1", epsilon);
		ArmRule greedy = ArmRule.most((successes, failures, pull, random) -> mean(successes, failures));
		return (record, lane, random) -> random.nextDouble() < epsilon ? random.nextInt(record.arms())
				: greedy.choose(record, lane, random);
	}

	private static ArmRule ucb1(ReferenceSite site) {
		double c = site.parameter();
		check(c >= 0, "ucb1", "c must be at least 0", c);
		double[] bonus = new double[site.view().trial().episodes()];
		for (int pull = 0; pull < bonus.length; pull++) {
			bonus[pull] = c * Math.sqrt(2 * StrictMath.log(pull + 1));
		}
		return ArmRule.most((successes, failures, pull, random) -> mean(successes, failures)
				+ bonus[pull] / Math.sqrt(successes + failures + 2));
	}

	private static ArmRule optimisticThompson(ReferenceSite site) {
		double width = site.parameter();
		check(width >= 0, "optimistic-thompson", "width must be at least 0", width);
		return ArmRule.most((successes, failures, pull, random) -> {
			double mean = mean(successes, failures);
			return mean + width * Math.max(0, BetaDistribution.sample(successes + 1, failures + 1, random) - mean);
		});
	}

	private static ArmRule gittins(ReferenceSite site) {
		int pulls = site.view().trial().episodes();
		double discount = Double.isNaN(site.parameter()) ? pulls / (pulls + 5.0) : site.parameter();
		check(discount >= 0 && discount < 1, "gittins", "discount must be at least 0 and less than 1", discount);
		GittinsIndices indices = new GittinsIndices(pulls, discount);
		return ArmRule.most((successes, failures, pull, random) -> indices.index(successes, failures));
	}

	private static Policy oracle(int lanes, ReferenceSite site) {
		View.Layout layout = site.view().layout(site.family().environment());
		int arms = site.family().environment().parameterCount();
		return (environment, actions) -> {
			float[] observations = environment.observations();
			for (int lane = 0; lane < lanes; lane++) {
				int first = lane * layout.size() + layout.task();
				int best = 0;
				for (int arm = 1; arm < arms; arm++) {
					best = observations[first + arm] > observations[first + best] ? arm : best;
				}
				actions.index[lane] = best;
			}
		};
	}

	private static void check(boolean holds, String algorithm, String demand, double value) {
		if (!holds) {
			throw new IllegalArgumentException("reference algorithm " + algorithm + ": " + demand + ", is " + value);
		}
	}
}
