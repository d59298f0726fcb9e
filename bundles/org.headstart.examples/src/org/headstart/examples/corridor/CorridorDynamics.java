package org.headstart.examples.corridor;

import java.awt.Color;
import java.awt.Graphics2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.random.RandomStream;

/**
 * The law of the corridor. State: the position in metres. ω: the goal, as a share of the length. Observation: position and way
 * to the goal, as shares of the length. Action: 0 is a metre back, 1 a metre on. Reward −1 a step, until the goal is at most
 * half a metre away.
 */
final class CorridorDynamics implements Dynamics {

	private static final double STRIDE = 1;
	private static final double REACH = 0.5;

	private final double length;
	private final int maxSteps;

	CorridorDynamics(double length, int maxSteps) {
		this.length = length;
		this.maxSteps = maxSteps;
	}

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(2, -1, 1);
	}

	@Override
	public ActionSpace actionSpace() {
		return new DiscreteSpace(2);
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
		return maxSteps;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = random.uniform(0, length);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
			float[] rewards, boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			double moved = state[lane] + (actions.index[lane] == 0 ? -STRIDE : STRIDE);
			state[lane] = Math.clamp(moved, 0, length);
			rewards[lane] = -1;
			terminated[lane] = Math.abs(omega[lane] * length - state[lane]) <= REACH;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		double place = state[stateOffset] / length;
		observation[observationOffset] = (float) place;
		observation[observationOffset + 1] = (float) (omega[omegaOffset] - place);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		canvas.setColor(Color.WHITE);
		canvas.fillRect(0, 0, width, height);
		canvas.setColor(Color.DARK_GRAY);
		canvas.drawLine(0, height / 2, width, height / 2);
		canvas.setColor(new Color(0x2E7D32));
		canvas.fillRect((int) (omega[0] * (width - 8)), height / 2 - 16, 8, 32);
		canvas.setColor(new Color(0x1565C0));
		canvas.fillOval((int) (state[0] / length * (width - 12)), height / 2 - 6, 12, 12);
	}
}
