package org.headstart.environments.optimization.problems;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.VectorEnvironment;

/**
 * Finds a method's rate on training problems: the rate with the highest mean return, that is, the smallest sum of losses
 * over an episode, the same criterion for which learned optimizers are trained. It tries every half decade from 1e-5 to 10,
 * then every eighth of a decade around the best. All rates are tried on the same problems.
 */
final class RateTuning {

	private static final int LOWEST_EIGHTH = -40;
	private static final int HIGHEST_EIGHTH = 8;
	private static final int COARSE = 4;

	private final FirstOrderMethod method;
	private final ReferenceSite site;
	private final int problems;

	/**
	 * @param problems the number of problems for each rate
	 */
	RateTuning(FirstOrderMethod method, ReferenceSite site, int problems) {
		this.method = method;
		this.site = site;
		this.problems = problems;
	}

	/** The rate; equal sites give equal rates. */
	double best() {
		int best = LOWEST_EIGHTH;
		double highest = Double.NEGATIVE_INFINITY;
		for (int eighth = LOWEST_EIGHTH; eighth <= HIGHEST_EIGHTH; eighth += COARSE) {
			double mean = meanReturn(rate(eighth));
			if (mean > highest) {
				highest = mean;
				best = eighth;
			}
		}
		int middle = best;
		for (int eighth = middle - COARSE + 1; eighth < middle + COARSE; eighth++) {
			double mean = eighth == middle ? highest : meanReturn(rate(eighth));
			if (mean > highest) {
				highest = mean;
				best = eighth;
			}
		}
		return rate(best);
	}

	private static double rate(int eighth) {
		return StrictMath.pow(10, eighth / 8.0);
	}

	private double meanReturn(double rate) {
		TaskFamily family = site.family();
		try (VectorEnvironment lanes = family.vectorEnvironment(problems, family.taskSets().get(0).sampler(),
				site.streams().under("tuning"))) {
			lanes.reset();
			FirstOrderPolicy policy = new FirstOrderPolicy(method, rate, problems, lanes.observationSpace().rowSize());
			ActionBatch actions = new ActionBatch(lanes.actionSpace(), problems);
			double sum = 0;
			for (int step = 0; step < family.environment().maxEpisodeSteps(); step++) {
				policy.act(lanes, actions);
				lanes.step(actions);
				for (float reward : lanes.rewards()) {
					sum += reward;
				}
			}
			return sum / problems;
		}
	}
}
