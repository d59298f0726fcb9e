package org.headstart.environments.classic;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.random.RandomStream;

/**
 * The cart-pole's equations of motion with friction (Barto, Sutton and Anderson 1983, appendix), Euler-integrated at 50 Hz.
 *
 * <p>State: cart position x [m], its velocity [m/s], pole angle θ from upright [rad], its velocity [rad/s]. Actions: 0
 * pushes left, 1 right. Observation: the state, then the shown context; position and angle are clipped to Gymnasium's bounds
 * ±4.8 m and ±24°, twice the limits that end the episode. Gymnasium itself exceeds these bounds if forces are large.
 */
final class CartPoleDynamics implements Dynamics {

	private static final int STATE = 4;
	private static final int OMEGA = 7;
	/** Seconds between two states. */
	private static final double TAU = 0.02;
	private static final double POSITION_LIMIT = 2.4;
	private static final double ANGLE_LIMIT = 12 * 2 * Math.PI / 360;
	/** An angle above that of any state within an episode [rad]. */
	private static final double SMALL_ANGLE = 0.22;
	private static final float POSITION_BOUND = (float) (2 * POSITION_LIMIT);
	private static final float ANGLE_BOUND = (float) (2 * ANGLE_LIMIT);

	private final PhysicalContext context;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace;
	private final DiscreteSpace actionSpace = new DiscreteSpace(2);

	CartPoleDynamics(PhysicalContext context, int maxEpisodeSteps) {
		this.context = context;
		this.maxEpisodeSteps = maxEpisodeSteps;
		float[] high = {POSITION_BOUND, Float.POSITIVE_INFINITY, ANGLE_BOUND, Float.POSITIVE_INFINITY};
		float[] low = {-high[0], -high[1], -high[2], -high[3]};
		observationSpace = context.observationSpace(low, high);
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
			state[stateOffset + i] = random.uniform(-0.05, 0.05);
		}
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
			float[] rewards, boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = lane * STATE;
			double x = state[s];
			double velocity = state[s + 1];
			double theta = state[s + 2];
			double thetaVelocity = state[s + 3];
			int w = lane * OMEGA;
			double gravity = omega[w];
			double poleMass = omega[w + 2];
			double halfLength = omega[w + 3];
			double cartFriction = omega[w + 5];
			double poleFriction = omega[w + 6];
			double force = actions.index[lane] == 1 ? omega[w + 4] : -omega[w + 4];

			double perMass = 1 / (omega[w + 1] + poleMass);
			double moment = poleMass * halfLength;
			double sin = sine(theta);
			double cos = cosine(theta);
			double push = (force + moment * thetaVelocity * thetaVelocity * sin
					- cartFriction * Math.signum(velocity)) * perMass;
			double hinge = poleFriction == 0 ? 0 : poleFriction * thetaVelocity / moment;
			double thetaAcceleration = (gravity * sin - cos * push - hinge)
					/ (halfLength * (4.0 / 3.0 - poleMass * cos * cos * perMass));
			double acceleration = push - moment * thetaAcceleration * cos * perMass;

			x += TAU * velocity;
			theta += TAU * thetaVelocity;
			state[s] = x;
			state[s + 1] = velocity + TAU * acceleration;
			state[s + 2] = theta;
			state[s + 3] = thetaVelocity + TAU * thetaAcceleration;
			rewards[lane] = 1;
			terminated[lane] = Math.abs(x) > POSITION_LIMIT || Math.abs(theta) > ANGLE_LIMIT;
		}
	}

	/*
	 * For the angles within an episode six terms of the Taylor series are exact to the last place. The polynomials cost a third of Math.sin and Math.cos, which would take half of a step's time.
	 */

	private static double sine(double angle) {
		double square = angle * angle;
		if (square > SMALL_ANGLE * SMALL_ANGLE) {
			return Math.sin(angle);
		}
		double series = 1 - square * (1.0 / 110);
		series = 1 - square * (1.0 / 72) * series;
		series = 1 - square * (1.0 / 42) * series;
		series = 1 - square * (1.0 / 20) * series;
		return angle * (1 - square * (1.0 / 6) * series);
	}

	private static double cosine(double angle) {
		double square = angle * angle;
		if (square > SMALL_ANGLE * SMALL_ANGLE) {
			return Math.cos(angle);
		}
		double series = 1 - square * (1.0 / 132);
		series = 1 - square * (1.0 / 90) * series;
		series = 1 - square * (1.0 / 56) * series;
		series = 1 - square * (1.0 / 30) * series;
		series = 1 - square * (1.0 / 12) * series;
		return 1 - square * 0.5 * series;
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = Math.clamp((float) state[stateOffset], -POSITION_BOUND, POSITION_BOUND);
		observation[observationOffset + 1] = (float) state[stateOffset + 1];
		observation[observationOffset + 2] = Math.clamp((float) state[stateOffset + 2], -ANGLE_BOUND, ANGLE_BOUND);
		observation[observationOffset + 3] = (float) state[stateOffset + 3];
		context.observe(omega, omegaOffset, observation, observationOffset + STATE);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		double x = state[0];
		double length = 2 * omega[3];
		double tall = Math.max(2.4, length + 1);
		try (Scene scene = new Scene(canvas, width, height, 0, tall / 2 - 0.6, 5.6, tall)) {
			scene.rod(Scene.FAINT, 0.035, -POSITION_LIMIT, -0.19, POSITION_LIMIT, -0.19);
			scene.rod(Scene.FAINT, 0.05, -POSITION_LIMIT, -0.3, -POSITION_LIMIT, -0.08);
			scene.rod(Scene.FAINT, 0.05, POSITION_LIMIT, -0.3, POSITION_LIMIT, -0.08);
			scene.fill(Scene.FAINT, new Rectangle2D.Double(-0.012, -0.27, 0.024, 0.06));
			scene.disc(Scene.INK, x - 0.16, -0.13, 0.06);
			scene.disc(Scene.INK, x + 0.16, -0.13, 0.06);
			scene.fill(Scene.BLUE, new RoundRectangle2D.Double(x - 0.3, -0.12, 0.6, 0.26, 0.08, 0.08));
			scene.rod(Scene.ORANGE, 0.09, x, 0.07, x + length * Math.sin(state[2]), 0.07 + length * Math.cos(state[2]));
			scene.disc(Scene.INK, x, 0.07, 0.035);
		}
	}
}
