package org.headstart.learners.optimizer;

import java.awt.Graphics2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.random.RandomStream;

/**
 * f_t(θ) = c_t · θ with slopes that change with the step: their gradients do not depend on θ, so to drop that dependence changes
 * nothing, and the learned optimizer's gradient is exact.
 */
record Slopes(int dimension, int maxEpisodeSteps) implements Dynamics {

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(dimension, -100, 100);
	}

	@Override
	public ActionSpace actionSpace() {
		return BoxSpace.uniform(dimension, -100, 100);
	}

	/** θ, then the step, then the episode's phase. */
	@Override
	public int stateSize() {
		return dimension + 2;
	}

	@Override
	public int parameterCount() {
		return 1;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		for (int i = 0; i <= dimension; i++) {
			state[stateOffset + i] = 0;
		}
		state[stateOffset + dimension + 1] = random.uniform(0, 10);
	}

	private double slope(double[] state, int at, int coordinate) {
		return 2 * Math.sin(state[at + dimension + 1] + 0.7 * state[at + dimension] + 2 * coordinate);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int at = lane * stateSize();
			state[at + dimension]++;
			double loss = 0;
			for (int i = 0; i < dimension; i++) {
				state[at + i] += actions.values[lane * dimension + i];
				loss += slope(state, at, i) * state[at + i];
			}
			rewards[lane] = (float) -loss;
			terminated[lane] = false;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		for (int i = 0; i < dimension; i++) {
			observation[observationOffset + i] = (float) slope(state, stateOffset, i);
		}
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		// nobody watches
	}
}
