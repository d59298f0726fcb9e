package org.headstart.environments.classic;

import java.awt.Graphics2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.random.RandomStream;

/**
 * v ← (1 − friction) v + power a − gravity cos(3x), x ← x + v, both bounded; the left wall stops the car.
 *
 * <p>State: position, velocity [length/step], rounded to single precision after each step, as in Gymnasium. Action: one force in
 * [−1, 1], clipped. Observation: the state, then the shown context.
 */
final class MountainCarContinuousDynamics implements Dynamics {

	private static final int STATE = 2;
	private static final int OMEGA = 4;
	private static final double MAX_SPEED = 0.07;

	private final PhysicalContext context;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace;
	private final BoxSpace actionSpace = BoxSpace.uniform(1, -1, 1);

	MountainCarContinuousDynamics(PhysicalContext context, int maxEpisodeSteps) {
		this.context = context;
		this.maxEpisodeSteps = maxEpisodeSteps;
		observationSpace = context.observationSpace(new float[] {(float) Hill.LEFT, (float) -MAX_SPEED},
				new float[] {(float) Hill.RIGHT, (float) MAX_SPEED});
	}

	@Override
	public BoxSpace observationSpace() {
		return observationSpace;
	}

	@Override
	public ActionSpace actionSpace() {
		return actionSpace;
	}

	@Override
	public int stateSize() {
		return STATE;
	}

	@Override
	public int parameterCount() {
		return OMEGA;
	}

	@Override
	public int maxEpisodeSteps() {
		return maxEpisodeSteps;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = (float) random.uniform(-0.6, -0.4);
		state[stateOffset + 1] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
			float[] rewards, boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = lane * STATE;
			int w = lane * OMEGA;
			double position = state[s];
			float action = actions.values[lane];
			double velocity = (1 - omega[w + 2]) * state[s + 1] + Math.clamp(action, -1.0, 1.0) * omega[w + 1]
					- omega[w] * Math.cos(3 * position);
			velocity = Math.clamp(velocity, -MAX_SPEED, MAX_SPEED);
			position = Math.clamp(position + velocity, Hill.LEFT, Hill.RIGHT);
			if (position == Hill.LEFT && velocity < 0) {
				velocity = 0;
			}
			boolean atGoal = position >= omega[w + 3] && velocity >= 0;
			// Gymnasium stores the state in single precision.
			state[s] = (float) position;
			state[s + 1] = (float) velocity;
			rewards[lane] = (float) ((atGoal ? 100.0 : 0.0) - 0.1 * ((double) action * action));
			terminated[lane] = atGoal;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) state[stateOffset];
		observation[observationOffset + 1] = (float) state[stateOffset + 1];
		context.observe(omega, omegaOffset, observation, observationOffset + STATE);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		Hill.render(state[0], omega[3], canvas, width, height);
	}
}
