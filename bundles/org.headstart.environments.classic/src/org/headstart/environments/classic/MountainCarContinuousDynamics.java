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
 * <p>State: position, velocity [length/step], which have single precision, and so has the arithmetic: Gymnasium keeps its state
 * as float32, and near v = 0 the difference would show. Action: one force in [−1, 1]. Observation: the state, then the shown
 * context.
 */
final class MountainCarContinuousDynamics implements Dynamics {

	private static final int STATE = 2;
	private static final int OMEGA = 4;
	private static final float MAX_SPEED = 0.07f;
	private static final float LEFT = (float) Hill.LEFT;
	private static final float RIGHT = (float) Hill.RIGHT;

	private final PhysicalContext context;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace;
	private final BoxSpace actionSpace = BoxSpace.uniform(1, -1, 1);

	MountainCarContinuousDynamics(PhysicalContext context, int maxEpisodeSteps) {
		this.context = context;
		this.maxEpisodeSteps = maxEpisodeSteps;
		observationSpace = context.observationSpace(new float[] { LEFT, -MAX_SPEED }, new float[] { RIGHT, MAX_SPEED });
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
			float position = (float) state[s];
			float action = actions.values[lane];
			double slope = omega[w] * Math.cos(3 * position);
			// NumPy multiplies an unclipped float32 action in single precision, a clipped one, a Python float, in double.
			float push = action >= -1 && action <= 1 ? action * (float) omega[w + 1] - (float) slope
					: (float) (Math.signum(action) * omega[w + 1] - slope);
			float velocity = Math.clamp((float) (1 - omega[w + 2]) * (float) state[s + 1] + push, -MAX_SPEED, MAX_SPEED);
			position = Math.clamp(position + velocity, LEFT, RIGHT);
			if (position == LEFT && velocity < 0) {
				velocity = 0;
			}
			boolean atGoal = position >= (float) omega[w + 3] && velocity >= 0;
			state[s] = position;
			state[s + 1] = velocity;
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
