package org.headstart.environments.point;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;

/**
 * x ← x + 0.1 a in an unbounded plane; reward −‖x − goal‖ after the step; terminated when |x − goal| &lt; 0.01 on both axes.
 *
 * <p>State: x, y. Observation: x, y and, when shown, goal.x, goal.y, unscaled, as in the authors' code.
 */
final class PointGoalMamlDynamics implements Dynamics {

	static final double MAX_STEP = 0.1;
	private static final double REACHED = 0.01;

	private final boolean goalShown;
	private final float actionBound;
	private final double stepPerAction;
	private final int maxEpisodeSteps;
	private final BoxSpace observationSpace;
	private final BoxSpace actionSpace;

	PointGoalMamlDynamics(PointGoalMamlSettings settings) {
		goalShown = settings.goal() == GoalVisibility.SHOWN;
		boolean normalised = settings.stepUnit() == StepUnit.MAX_STEP;
		actionBound = normalised ? 1 : (float) MAX_STEP;
		stepPerAction = normalised ? MAX_STEP : 1;
		maxEpisodeSteps = settings.maxEpisodeSteps();
		float far = Float.POSITIVE_INFINITY;
		float bound = (float) PointGoalMaml.GOAL_BOUND;
		observationSpace = goalShown ? new BoxSpace(new float[] {-far, -far, -bound, -bound},
				new float[] {far, far, bound, bound}) : BoxSpace.uniform(2, -far, far);
		actionSpace = BoxSpace.uniform(2, -actionBound, actionBound);
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
			state[s] += stepPerAction * Math.clamp(actions.values[s], -actionBound, actionBound);
			state[s + 1] += stepPerAction * Math.clamp(actions.values[s + 1], -actionBound, actionBound);
			double x = state[s] - omega[s];
			double y = state[s + 1] - omega[s + 1];
			rewards[lane] = (float) -Math.sqrt(x * x + y * y);
			terminated[lane] = Math.abs(x) < REACHED && Math.abs(y) < REACHED;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) state[stateOffset];
		observation[observationOffset + 1] = (float) state[stateOffset + 1];
		if (goalShown) {
			observation[observationOffset + 2] = (float) omega[omegaOffset];
			observation[observationOffset + 3] = (float) omega[omegaOffset + 1];
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
		// The plane has no edge: the picture widens when the point leaves the square of goals.
		double view = Math.max(0.6, 1.1 * Math.max(Math.abs(state[0]), Math.abs(state[1])));
		Plane.render(state[0], state[1], omega[0], omega[1], REACHED, view, canvas, width, height);
	}
}
