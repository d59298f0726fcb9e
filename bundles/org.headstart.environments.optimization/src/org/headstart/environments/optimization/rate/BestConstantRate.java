package org.headstart.environments.optimization.rate;

import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.ReferenceSite;
import org.headstart.api.environment.TaskReader;
import org.headstart.api.learner.Policy;
import org.headstart.api.random.RandomStream;

/**
 * Uses the best constant rate of each training, found by trying all rates on it; this is possible since a training is a
 * function of its task.
 */
final class BestConstantRate implements Policy {

	private final Dynamics dynamics;
	private final TaskReader tasks;
	private final int rates;
	/** The rate of each lane's training. */
	private final int[] chosen;
	/** One lane for each rate. */
	private final double[] states;
	private final double[] omegas;
	private final double[] omega;
	private final double[] sums;
	private final float[] rewards;
	private final boolean[] terminated;
	private final RandomStream[] noStreams;
	private final ActionBatch constants;

	BestConstantRate(int lanes, ReferenceSite site) {
		dynamics = ((Dynamics) site.family().environment()).instance();
		tasks = site.tasks();
		rates = ((DiscreteSpace) dynamics.actionSpace()).count();
		chosen = new int[lanes];
		states = new double[rates * dynamics.stateSize()];
		omegas = new double[rates * dynamics.parameterCount()];
		omega = new double[dynamics.parameterCount()];
		sums = new double[rates];
		rewards = new float[rates];
		terminated = new boolean[rates];
		noStreams = new RandomStream[rates];
		constants = new ActionBatch(dynamics.actionSpace(), rates);
		for (int rate = 0; rate < rates; rate++) {
			constants.index[rate] = rate;
		}
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		System.arraycopy(chosen, 0, actions.index, 0, actions.index.length);
	}

	@Override
	public void begin(Lanes environment) {
		for (int lane = 0; lane < environment.lanes(); lane++) {
			chosen[lane] = best(lane);
		}
	}

	@Override
	public void observe(Lanes environment) {
		for (int lane = 0; lane < environment.lanes(); lane++) {
			if (environment.episodeEnded()[lane]) {
				chosen[lane] = best(lane);
			}
		}
	}

	private int best(int lane) {
		tasks.task(lane, omega);
		for (int rate = 0; rate < rates; rate++) {
			System.arraycopy(omega, 0, omegas, rate * omega.length, omega.length);
			dynamics.start(states, rate * dynamics.stateSize(), omegas, rate * omega.length, null);
		}
		Arrays.fill(sums, 0);
		for (int step = 0; step < dynamics.maxEpisodeSteps(); step++) {
			dynamics.step(states, omegas, constants, rates, noStreams, rewards, terminated);
			for (int rate = 0; rate < rates; rate++) {
				sums[rate] += rewards[rate];
			}
		}
		int best = 0;
		for (int rate = 1; rate < rates; rate++) {
			if (sums[rate] > sums[best]) {
				best = rate;
			}
		}
		return best;
	}
}
