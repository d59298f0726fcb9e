package org.headstart.learners.optimizer;

import java.awt.Graphics2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.random.RandomStream;

/** f(θ) = (θ − target)² of one coordinate; the reward is 1 − f, at least 0. State: θ − target, at first 0.5 to 1 away from 0. */
record Bowl() implements Dynamics {

	private static final int STEPS = 10;
	private static final double EARLY_END = 0.02;

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(1, -100, 100);
	}

	@Override
	public ActionSpace actionSpace() {
		return BoxSpace.uniform(1, -1, 1);
	}

	@Override
	public int stateSize() {
		return 1;
	}

	@Override
	public int parameterCount() {
		return 1;
	}

	@Override
	public int maxEpisodeSteps() {
		return STEPS;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = random.uniform(0.5, 1) * (random.nextDouble() < 0.5 ? -1 : 1);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			state[lane] += Math.clamp(actions.values[lane], -1f, 1f);
			rewards[lane] = (float) Math.max(0, 1 - state[lane] * state[lane]);
			terminated[lane] = random[lane].nextDouble() < EARLY_END;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) (2 * state[stateOffset]);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		// nobody watches
	}
}
