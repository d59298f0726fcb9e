package org.headstart.environments.optimization.rate;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.random.RandomStream;

/**
 * Searches for schedules on training problems, the same for all schedules (common random numbers). With the defaults,
 * {@link #openLoop} runs the equivalent of some 1,000 trainings, which takes minutes.
 */
final class ScheduleSearch {

	/** Passes of the coordinate search over all iterations; it ends earlier if a pass changes nothing. */
	static final int PASSES = 3;
	/** Iterations that change together. */
	private static final int BLOCK = 2;

	private final Dynamics dynamics;
	private final int rates;
	private final int iterations;
	private final int problems;
	private final double[] omegas;
	private final double[] start;
	private final double[] states;
	private final float[] rewards;
	private final boolean[] terminated;
	private final RandomStream[] noStreams;
	private final ActionBatch actions;

	/**
	 * Draws the problems.
	 *
	 * @param site     gives the family; problems are drawn from its first task set
	 * @param problems how many
	 */
	ScheduleSearch(ReferenceSite site, int problems) {
		this.problems = problems;
		dynamics = ((Dynamics) site.family().environment()).instance();
		rates = ((DiscreteSpace) dynamics.actionSpace()).count();
		iterations = dynamics.maxEpisodeSteps();
		omegas = new double[problems * dynamics.parameterCount()];
		start = new double[problems * dynamics.stateSize()];
		states = new double[start.length];
		rewards = new float[problems];
		terminated = new boolean[problems];
		noStreams = new RandomStream[problems];
		actions = new ActionBatch(dynamics.actionSpace(), problems);
		TaskSampler sampler = site.family().taskSets().get(0).sampler();
		RandomStream random = site.streams().stream("search");
		for (int i = 0; i < problems; i++) {
			sampler.sample(random, omegas, i * dynamics.parameterCount());
			dynamics.start(start, i * dynamics.stateSize(), omegas, i * dynamics.parameterCount(), random);
		}
	}

	/** @return the rate's number for each iteration */
	int[] openLoop() {
		int[] schedule = new int[iterations];
		double least = Double.POSITIVE_INFINITY;
		for (int rate = 0; rate < rates; rate++) {
			int[] constant = new int[iterations];
			Arrays.fill(constant, rate);
			double sum = losses(constant);
			if (sum < least) {
				least = sum;
				schedule = constant;
			}
		}
		boolean changed = true;
		for (int pass = 0; pass < PASSES && changed; pass++) {
			changed = false;
			double[] before = start.clone();
			double lossesBefore = 0;
			for (int from = 0; from < iterations; from += BLOCK) {
				int to = Math.min(from + BLOCK, iterations);
				int kept = schedule[from];
				int[] best = schedule;
				for (int rate = 0; rate < rates; rate++) {
					int[] tried = schedule.clone();
					Arrays.fill(tried, from, to, rate);
					if (!Arrays.equals(tried, schedule)) {
						double sum = lossesBefore + losses(before, tried, from);
						if (sum < least) {
							least = sum;
							best = tried;
						}
					}
				}
				changed |= best[from] != kept;
				schedule = best;
				// the next block is tried from the state after this one
				for (int i = from; i < to; i++) {
					lossesBefore += step(before, schedule[i]);
				}
			}
		}
		return schedule;
	}

	/** @return the schedule of the best top rate */
	int[] cosine(List<Double> tops) {
		int[] best = new int[iterations];
		double least = Double.POSITIVE_INFINITY;
		for (double top : tops) {
			int[] schedule = RateReferences.cosine(top, tops, iterations);
			double sum = losses(schedule);
			if (sum < least) {
				least = sum;
				best = schedule;
			}
		}
		return best;
	}

	/** The sum of the losses of all problems. */
	double losses(int[] schedule) {
		return losses(start, schedule, 0);
	}

	/** The sum of the losses of all problems from an iteration on. */
	private double losses(double[] from, int[] schedule, int iteration) {
		System.arraycopy(from, 0, states, 0, states.length);
		double sum = 0;
		for (int i = iteration; i < iterations; i++) {
			sum += step(states, schedule[i]);
		}
		return sum;
	}

	private double step(double[] state, int rate) {
		Arrays.fill(actions.index, rate);
		dynamics.step(state, omegas, actions, problems, noStreams, rewards, terminated);
		double sum = 0;
		for (float reward : rewards) {
			sum -= reward;
		}
		return sum;
	}
}
