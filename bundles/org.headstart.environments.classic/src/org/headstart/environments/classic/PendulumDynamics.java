package org.headstart.environments.classic;

import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.random.RandomStream;

/**
 * A uniform rod that turns about its end: θ̈ = (3g / 2l) sin θ + 3 (u − friction θ̇) / (m l²), semi-implicit Euler at 20 Hz, θ
 * from upright.
 *
 * <p>State: θ [rad, not wrapped], θ̇ [rad/s]. Action: torque u in [−2, 2] N·m, clipped. Reward: −(θ² + 0.1 θ̇² + 0.001 u²)
 * with θ wrapped to [−π, π), of the state before the step. Observation: cos θ, sin θ, θ̇ in rad/s, then the shown context.
 */
final class PendulumDynamics implements Dynamics {

	private static final int STATE = 2;
	private static final int OMEGA = 4;
	private static final double TAU = 0.05;
	private static final double MAX_SPEED = 8;
	private static final float MAX_TORQUE = 2;

	private final PhysicalContext context;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace;
	private final BoxSpace actionSpace = BoxSpace.uniform(1, -MAX_TORQUE, MAX_TORQUE);

	PendulumDynamics(PhysicalContext context, int maxEpisodeSteps) {
		this.context = context;
		this.maxEpisodeSteps = maxEpisodeSteps;
		observationSpace = context.observationSpace(new float[] {-1, -1, (float) -MAX_SPEED},
				new float[] {1, 1, (float) MAX_SPEED});
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
		state[stateOffset] = random.uniform(-Math.PI, Math.PI);
		state[stateOffset + 1] = random.uniform(-1, 1);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
			float[] rewards, boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = lane * STATE;
			double theta = state[s];
			double velocity = state[s + 1];
			int w = lane * OMEGA;
			double gravity = omega[w];
			double length = omega[w + 2];
			float torque = Math.clamp(actions.values[lane], -MAX_TORQUE, MAX_TORQUE);
			double perInertia = 3 / (omega[w + 1] * length * length);

			double wrapped = wrap(theta);
			rewards[lane] = (float) -(wrapped * wrapped + 0.1 * velocity * velocity + 0.001 * (torque * torque));
			// Single precision as in Gymnasium, whose torque is a float32.
			double acceleration = 3 * gravity / (2 * length) * Math.sin(theta) + (float) perInertia * torque;
			// implicit, so that strong friction brings the rod to rest instead of making the integration unstable
			velocity = (velocity + acceleration * TAU) / (1 + perInertia * omega[w + 3] * TAU);
			velocity = Math.clamp(velocity, -MAX_SPEED, MAX_SPEED);
			state[s] = theta + velocity * TAU;
			state[s + 1] = velocity;
			terminated[lane] = false;
		}
	}

	private static double wrap(double angle) {
		double turned = (angle + Math.PI) % (2 * Math.PI);
		return turned < 0 ? turned + Math.PI : turned - Math.PI;
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) Math.cos(state[stateOffset]);
		observation[observationOffset + 1] = (float) Math.sin(state[stateOffset]);
		observation[observationOffset + 2] = (float) state[stateOffset + 1];
		context.observe(omega, omegaOffset, observation, observationOffset + 3);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		double length = omega[2];
		double tipX = -length * Math.sin(state[0]);
		double tipY = length * Math.cos(state[0]);
		try (Scene scene = new Scene(canvas, width, height, 0, 0, 2.6 * length, 2.6 * length)) {
			scene.outline(Scene.GROUND, 0.02 * length,
					new Ellipse2D.Double(-length, -length, 2 * length, 2 * length));
			scene.disc(Scene.GREEN, 0, length, 0.035 * length);
			scene.rod(Scene.ORANGE, 0.14 * length, 0, 0, tipX, tipY);
			scene.disc(Scene.INK, 0, 0, 0.045 * length);
		}
	}
}
