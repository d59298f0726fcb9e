package org.headstart.environments.bandits;

import java.util.List;

import org.headstart.api.environment.ReferenceAlgorithm;
import org.headstart.api.environment.ReferenceSite;

/**
 * The algorithms with which Duan et al. 2016 ("RL²", section 3.2 and table 2) compare RL² on random processes. All know the
 * horizon, plan at the start of each episode, and take any of equal actions. None knows that the mean reward over all
 * processes is 1: the priors are those of Osband's collection TabulaRL (rewards N(0, 1) and flat Dirichlet transitions for
 * {@code psrl}, {@code opsrl} and {@code beb}, a negligible prior for the others), which reproduce the published table.
 * Constants were chosen on training processes.
 */
final class MdpReferences {

	private static final double EPSILON = 0.15;
	/** The default of TabulaRL. */
	private static final int OPSRL_DRAWS = 10;
	private static final double UCRL2_SCALE = 0.35;
	/** One minus the confidence. */
	private static final double UCRL2_DELTA = 0.05;
	private static final double BEB_BETA = 26;

	private MdpReferences() {}

	static List<ReferenceAlgorithm> all(MdpSize size) {
		return List.of(
				algorithm(size, "random", "Any action", "", Double.NaN, site -> new Play(1, mean(size))),
				algorithm(size, "greedy", "The optimal plan for the mean observed rewards and moves; unobserved rewards count as 0",
						"", Double.NaN, site -> new Play(0, mean(size))),
				algorithm(size, "epsilon-greedy", "Any action with probability epsilon, otherwise greedy", "epsilon", EPSILON,
						site -> {
							double epsilon = site.parameter();
							check(epsilon >= 0 && epsilon <= 1, "epsilon-greedy", "epsilon must be from 0 to 1", site);
							return new Play(epsilon, mean(size));
						}),
				algorithm(size, "psrl",
						"The optimal plan of a process drawn from the posterior (Osband, Russo and Van Roy 2013)", "", Double.NaN,
						site -> new Play(0, draws(size, 1))),
				algorithm(size, "opsrl",
						"PSRL with several draws: an action's value is its highest value in any of them",
						"draws", OPSRL_DRAWS, site -> {
							double draws = site.parameter();
							check(draws >= 1 && draws <= 1000 && draws == Math.rint(draws), "opsrl",
									"draws must be a whole number from 1 to 1000", site);
							return new Play(0, draws(size, (int) draws));
						}),
				algorithm(size, "ucrl2",
						"The optimal plan in the best process of a scaled confidence region (Jaksch, Ortner and Auer 2010)",
						"scale", UCRL2_SCALE, site -> {
							check(site.parameter() >= 0, "ucrl2", "scale must be at least 0", site);
							return new Play(0, optimistic(size, site.parameter()));
						}),
				algorithm(size, "beb",
						"The optimal plan of the posterior mean with bonuses that fall with the visits (Kolter and Ng 2009)",
						"beta", BEB_BETA, site -> {
							check(site.parameter() >= 0, "beb", "beta must be at least 0", site);
							return new Play(0, bonus(size, site.parameter()));
						}),
				new ReferenceAlgorithm("oracle", "The optimal plan of the process; it is shown the process", "", Double.NaN, true,
						(lanes, site) -> new KnownMdpPolicy(lanes, size, site.view().layout(site.family().environment()))));
	}

	/** The probability of a random action, and the planner of the other actions. */
	private record Play(double epsilon, MdpPlanner planner) {}

	private interface Method {

		Play at(ReferenceSite site);
	}

	private static ReferenceAlgorithm algorithm(MdpSize size, String name, String description, String parameter,
			double byDefault, Method method) {
		return new ReferenceAlgorithm(name, description, parameter, byDefault, false, (lanes, site) -> {
			Play play = method.at(site);
			int row = site.view().layout(site.family().environment()).size();
			return new MdpPolicy(lanes, size, row, site.streams(), play.epsilon(), play.planner());
		});
	}

	private static MdpPlanner mean(MdpSize size) {
		BackwardInduction induction = new BackwardInduction(size);
		double[] model = new double[size.model()];
		return (record, lane, random, values, offset) -> {
			record.mean(lane, MdpRecord.HARDLY, model);
			induction.solve(model, 0, values, offset);
		};
	}

	private static MdpPlanner draws(MdpSize size, int count) {
		BackwardInduction induction = new BackwardInduction(size);
		double[] model = new double[size.model()];
		double[] other = new double[size.values()];
		return (record, lane, random, values, offset) -> {
			record.draw(lane, random, model);
			induction.solve(model, 0, values, offset);
			for (int draw = 1; draw < count; draw++) {
				record.draw(lane, random, model);
				induction.solve(model, 0, other, 0);
				for (int i = 0; i < other.length; i++) {
					values[offset + i] = Math.max(values[offset + i], other[i]);
				}
			}
		};
	}

	/** Radii sqrt(4 ln(2 S A t / δ) / n) of rewards and sqrt(4 S ln(2 S A t / δ) / n) of transitions, times the scale. */
	private static MdpPlanner optimistic(MdpSize size, double scale) {
		OptimisticInduction induction = new OptimisticInduction(size);
		double[] model = new double[size.model()];
		double[] radii = new double[size.pairs()];
		return (record, lane, random, values, offset) -> {
			record.mean(lane, MdpRecord.HARDLY, model);
			double width = 4 * StrictMath.log(2 * size.pairs() * (record.steps(lane) + 1) / UCRL2_DELTA);
			for (int pair = 0; pair < size.pairs(); pair++) {
				model[pair] += scale * Math.sqrt(width / Math.max(1, record.visits(lane, pair)));
				radii[pair] = scale * Math.sqrt(size.states() * width / Math.max(1, record.departures(lane, pair)));
			}
			induction.solve(model, radii, values, offset);
		};
	}

	/** A bonus of β / (1 + α₀) on each reward, α₀ being the pair's Dirichlet counts: one for each state, and its visits. */
	private static MdpPlanner bonus(MdpSize size, double beta) {
		BackwardInduction induction = new BackwardInduction(size);
		double[] model = new double[size.model()];
		return (record, lane, random, values, offset) -> {
			record.mean(lane, MdpRecord.UNIT, model);
			for (int pair = 0; pair < size.pairs(); pair++) {
				model[pair] += beta / (1 + size.states() + record.departures(lane, pair));
			}
			induction.solve(model, 0, values, offset);
		};
	}

	private static void check(boolean holds, String algorithm, String demand, ReferenceSite site) {
		if (!holds) {
			throw new IllegalArgumentException("reference algorithm " + algorithm + ": " + demand + ", is " + site.parameter());
		}
	}
}
