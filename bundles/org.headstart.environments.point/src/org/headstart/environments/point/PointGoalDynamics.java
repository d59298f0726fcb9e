package org.headstart.environments.point;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;

/**
 * x ← x + a in the plane, whose edge stops the point; reward −|x − goal| after the step, in the plane's own unit.
 *
 * <p>State: x, y. Continuous actions are steps in the plane's unit, clipped to ±max-step per axis. Observation: x, y and, when
 * shown, goal.x, goal.y, all divided by the half-width, so in [−1, 1].
 */
final class PointGoalDynamics implements Dynamics {

	private static final int[] STEP_X = {0, 1, 1, 0, -1, -1, -1, 0, 1};
	private static final int[] STEP_Y = {0, 0, 1, 1, 1, 0, -1, -1, -1};

	private final double halfWidth;
	private final double maxStep;
	private final double successRadius;
	private final boolean endAtGoal;
	private final boolean goalShown;
	private final boolean discrete;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace;
	private final ActionSpace actionSpace;

	PointGoalDynamics(PointGoalSettings settings) {
		halfWidth = settings.halfWidth();
		maxStep = settings.maxStep();
		successRadius = settings.successRadius();
		endAtGoal = settings.endAtGoal();
		goalShown = settings.goal() == GoalVisibility.SHOWN;
		discrete = settings.actions() == StepChoice.DISCRETE;
		maxEpisodeSteps = settings.maxEpisodeSteps();
		observationSpace = BoxSpace.uniform(goalShown ? 4 : 2, -1, 1);
		actionSpace = discrete ? new DiscreteSpace(STEP_X.length)
				: BoxSpace.uniform(2, (float) -maxStep, (float) maxStep);
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
		return 2;
	}

	@Override
	public int parameterCount() {
		return 2;
	}

	@Override
	public int maxEpisodeSteps() {
		return maxEpisodeSteps;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = 0;
		state[stateOffset + 1] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random,
			float[] rewards, boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			int s = 2 * lane;
			double stepX;
			double stepY;
			if (discrete) {
				stepX = maxStep * STEP_X[actions.index[lane]];
				stepY = maxStep * STEP_Y[actions.index[lane]];
			} else {
				stepX = Math.clamp(actions.values[s], -maxStep, maxStep);
				stepY = Math.clamp(actions.values[s + 1], -maxStep, maxStep);
			}
			double x = Math.clamp(state[s] + stepX, -halfWidth, halfWidth);
			double y = Math.clamp(state[s + 1] + stepY, -halfWidth, halfWidth);
			state[s] = x;
			state[s + 1] = y;
			double toGoalX = omega[s] - x;
			double toGoalY = omega[s + 1] - y;
			double distance = Math.sqrt(toGoalX * toGoalX + toGoalY * toGoalY);
			rewards[lane] = (float) -distance;
			terminated[lane] = endAtGoal && distance <= successRadius;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) (state[stateOffset] / halfWidth);
		observation[observationOffset + 1] = (float) (state[stateOffset + 1] / halfWidth);
		if (goalShown) {
			observation[observationOffset + 2] = (float) (omega[omegaOffset] / halfWidth);
			observation[observationOffset + 3] = (float) (omega[omegaOffset + 1] / halfWidth);
		}
	}

	@Override
	public List<Outcome> outcomes() {
		return Plane.OUTCOMES;
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		Plane.outcomes(state, stateOffset, omega, omegaOffset, outcomes, outcomesOffset);
	}

	@Override
	public Optional<Trace> trace() {
		return Plane.TRACE;
	}

	@Override
	public void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		Plane.trace(state, stateOffset, omega, omegaOffset, values, valuesOffset);
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		Plane.render(state[0], state[1], omega[0], omega[1], successRadius, halfWidth, canvas, width, height);
	}
}
