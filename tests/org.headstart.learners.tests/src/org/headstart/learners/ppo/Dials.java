package org.headstart.learners.ppo;

import java.awt.Color;
import java.awt.Graphics2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.MultiDiscreteSpace;
import org.headstart.api.random.RandomStream;

/**
 * A dial of three marks and a lever of two, to be set as two lights say. State: the dial's mark and the lever's that are asked for.
 * ω: by how many marks the dial is turned. Observation: the first, one-hot, and the second. Reward: 1 where both are right, so that
 * chance has 1/6. Ends after 10 steps.
 */
final class Dials implements Dynamics {

	static final int STEPS = 10;
	private static final int MARKS = 3;

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(MARKS + 1, 0, 1);
	}

	@Override
	public ActionSpace actionSpace() {
		return new MultiDiscreteSpace(MARKS, 2);
	}

	@Override
	public int stateSize() {
		return 2;
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
		state[stateOffset] = random.nextInt(MARKS);
		state[stateOffset + 1] = random.nextInt(2);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int mark = (actions.index[2 * lane] + (int) omega[lane]) % MARKS;
			rewards[lane] = mark == (int) state[2 * lane] && actions.index[2 * lane + 1] == (int) state[2 * lane + 1] ? 1 : 0;
			start(state, 2 * lane, omega, lane, random[lane]);
			terminated[lane] = false;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		for (int mark = 0; mark < MARKS; mark++) {
			observation[observationOffset + mark] = state[stateOffset] == mark ? 1 : 0;
		}
		observation[observationOffset + MARKS] = (float) state[stateOffset + 1];
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		canvas.setColor(Color.WHITE);
		canvas.fillRect(0, 0, width, height);
		canvas.setColor(Color.RED);
		canvas.fillRect(0, 0, width / 2, (int) ((state[0] + 1) * height / MARKS));
		canvas.setColor(Color.BLUE);
		canvas.fillRect(width / 2, 0, width / 2, (int) ((state[1] + 1) * height / 2));
	}
}
