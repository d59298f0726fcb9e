package org.headstart.environments.classic;

import java.awt.Graphics2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.random.RandomStream;

/**
 * The acrobot's equations of motion as in Sutton and Barto's book (the paper of 1996 lacks the term with θ̇₁² in θ̈₂),
 * integrated by one classical Runge-Kutta step of 0.2 s.
 *
 * <p>State: θ₁ from hanging down, θ₂ relative to the first link [rad, wrapped to ±π], θ̇₁, θ̇₂ [rad/s, bounded by ±4π, ±9π].
 * Actions: torque −, 0, + on the joint between the links. Observation: cos θ₁, sin θ₁, cos θ₂, sin θ₂, θ̇₁, θ̇₂, then the
 * shown context.
 */
final class AcrobotDynamics implements Dynamics {

	private static final int STATE = 4;
	private static final int OMEGA = 10;
	private static final double TAU = 0.2;
	private static final double MAX_SPEED_1 = 4 * Math.PI;
	private static final double MAX_SPEED_2 = 9 * Math.PI;

	private final PhysicalContext context;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace;
	private final DiscreteSpace actionSpace = new DiscreteSpace(3);

	AcrobotDynamics(PhysicalContext context, int maxEpisodeSteps) {
		this.context = context;
		this.maxEpisodeSteps = maxEpisodeSteps;
		observationSpace = context.observationSpace(
				new float[] {-1, -1, -1, -1, (float) -MAX_SPEED_1, (float) -MAX_SPEED_2},
				new float[] {1, 1, 1, 1, (float) MAX_SPEED_1, (float) MAX_SPEED_2});
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
		for (int i = 0; i < STATE; i++) {
			// Gymnasium rounds the start state to single precision.
			state[stateOffset + i] = (float) random.uniform(-0.1, 0.1);
		}
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
			float[] rewards, boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = lane * STATE;
			int w = lane * OMEGA;
			integrate(state, s, omega, w, (actions.index[lane] - 1) * omega[w + 8]);
			double tip = -omega[w + 1] * Math.cos(state[s]) - omega[w + 2] * Math.cos(state[s] + state[s + 1]);
			terminated[lane] = tip > omega[w + 1];
			rewards[lane] = terminated[lane] ? 0 : -1;
		}
	}

	private static void integrate(double[] state, int s, double[] omega, int w, double torque) {
		double gravity = omega[w];
		double l1 = omega[w + 1];
		double m1 = omega[w + 3];
		double m2 = omega[w + 4];
		double lc1 = omega[w + 5] * l1;
		double lc2 = omega[w + 6] * omega[w + 2];
		double inertia = omega[w + 7];
		double friction = omega[w + 9];

		// The point at which the derivatives are taken, and the weighted sums of the four stages.
		double theta1 = state[s];
		double theta2 = state[s + 1];
		double velocity1 = state[s + 2];
		double velocity2 = state[s + 3];
		double turn1 = 0;
		double turn2 = 0;
		double change1 = 0;
		double change2 = 0;
		for (int stage = 0; stage < 4; stage++) {
			double sin2 = Math.sin(theta2);
			double cos2 = Math.cos(theta2);
			double d1 = m1 * lc1 * lc1 + m2 * (l1 * l1 + lc2 * lc2 + 2 * l1 * lc2 * cos2) + 2 * inertia;
			double d2 = m2 * (lc2 * lc2 + l1 * lc2 * cos2) + inertia;
			double phi2 = m2 * lc2 * gravity * Math.sin(theta1 + theta2);
			double phi1 = -m2 * l1 * lc2 * velocity2 * velocity2 * sin2
					- 2 * m2 * l1 * lc2 * velocity2 * velocity1 * sin2
					+ (m1 * lc1 + m2 * l1) * gravity * Math.sin(theta1) + phi2 + friction * velocity1;
			double acceleration2 = (torque - friction * velocity2 + d2 / d1 * phi1
					- m2 * l1 * lc2 * velocity1 * velocity1 * sin2 - phi2) / (m2 * lc2 * lc2 + inertia - d2 * d2 / d1);
			double acceleration1 = -(d2 * acceleration2 + phi1) / d1;

			double weight = stage == 0 || stage == 3 ? 1 : 2;
			turn1 += weight * velocity1;
			turn2 += weight * velocity2;
			change1 += weight * acceleration1;
			change2 += weight * acceleration2;
			double ahead = stage == 2 ? TAU : TAU / 2;
			theta1 = state[s] + ahead * velocity1;
			theta2 = state[s + 1] + ahead * velocity2;
			velocity1 = state[s + 2] + ahead * acceleration1;
			velocity2 = state[s + 3] + ahead * acceleration2;
		}
		state[s] = wrap(state[s] + TAU / 6 * turn1);
		state[s + 1] = wrap(state[s + 1] + TAU / 6 * turn2);
		state[s + 2] = Math.clamp(state[s + 2] + TAU / 6 * change1, -MAX_SPEED_1, MAX_SPEED_1);
		state[s + 3] = Math.clamp(state[s + 3] + TAU / 6 * change2, -MAX_SPEED_2, MAX_SPEED_2);
	}

	private static double wrap(double angle) {
		return Math.abs(angle) <= Math.PI ? angle : Math.IEEEremainder(angle, 2 * Math.PI);
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) Math.cos(state[stateOffset]);
		observation[observationOffset + 1] = (float) Math.sin(state[stateOffset]);
		observation[observationOffset + 2] = (float) Math.cos(state[stateOffset + 1]);
		observation[observationOffset + 3] = (float) Math.sin(state[stateOffset + 1]);
		observation[observationOffset + 4] = (float) state[stateOffset + 2];
		observation[observationOffset + 5] = (float) state[stateOffset + 3];
		context.observe(omega, omegaOffset, observation, observationOffset + 6);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		double l1 = omega[1];
		double l2 = omega[2];
		double elbowX = l1 * Math.sin(state[0]);
		double elbowY = -l1 * Math.cos(state[0]);
		double tipX = elbowX + l2 * Math.sin(state[0] + state[1]);
		double tipY = elbowY - l2 * Math.cos(state[0] + state[1]);
		double reach = l1 + l2;
		try (Scene scene = new Scene(canvas, width, height, 0, 0, 2.3 * reach, 2.3 * reach)) {
			scene.dashes(Scene.GREEN, 0.012 * reach, 0.04 * reach, -1.1 * reach, l1, 1.1 * reach, l1);
			scene.rod(Scene.BLUE, 0.08 * reach, 0, 0, elbowX, elbowY);
			scene.rod(Scene.ORANGE, 0.06 * reach, elbowX, elbowY, tipX, tipY);
			scene.disc(Scene.INK, 0, 0, 0.025 * reach);
			scene.disc(Scene.INK, elbowX, elbowY, 0.022 * reach);
			scene.disc(Scene.INK, tipX, tipY, 0.016 * reach);
		}
	}
}
