package org.headstart.engine.internal.execution;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;
import org.headstart.api.settings.NoSettings;

/**
 * A noisy walk on a line to a goal: left or right; ω is the goal. Ends at the goal or after 25 steps. Outcomes are the distance at
 * the end, of which the last episode's counts, and how often the goal was reached.
 */
final class WalkDynamics implements Dynamics {

	/** System property: nanoseconds that a vector step takes, to have time to kill a process. Not part of any result. */
	static final String SLOWNESS = "headstart.test.slowness";

	/** Runs out after so many vector steps of this thread, in training, evaluation or elsewhere. */
	static final ThreadLocal<Countdown> COUNTDOWN = new ThreadLocal<>();

	/** Calls an action when it reaches zero. */
	static final class Countdown {

		private final Runnable action;
		private int left;

		Countdown(int steps, Runnable action) {
			left = steps;
			this.action = action;
		}

		void step() {
			if (left-- == 0) {
				action.run();
			}
		}
	}

	private static final double AT_GOAL = 0.3;
	private static final List<Outcome> OUTCOMES = List.of(
			new Outcome("distance", "distance from the goal at the end", "m", Outcome.InTrial.LAST),
			new Outcome("reached", "episodes that reached the goal", "", Outcome.InTrial.SUM));
	private static final Optional<Trace> TRACE = Optional.of(new Trace(Trace.Kind.OVER_STEPS, List.of("place", "goal")));

	private final long slowness = Long.getLong(SLOWNESS, 0);

	/** The family. */
	static final class Walk implements Environment<NoSettings> {

		@Override
		public TaskFamily create(NoSettings settings) {
			return new TaskFamily(new WalkDynamics(), List.of(ParameterGroup.scalar("goal", "", -3, 3, 2)),
					List.of(set("train", TaskRole.TRAIN, 1, 3), set("test", TaskRole.TEST, -3, -1)),
					new TaskFamily.ReturnShape(-100, 1, Double.NaN));
		}

		private static TaskSet set(String name, TaskRole role, double low, double high) {
			return new TaskSet(name, name, role, (random, omega, offset) -> omega[offset] = random.uniform(low, high),
					omega -> omega[0] >= low && omega[0] <= high);
		}
	}

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(3, -10, 10);
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
		return 25;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = random.uniform(-0.5, 0.5);
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		if (slowness > 0) {
			java.util.concurrent.locks.LockSupport.parkNanos(slowness);
		}
		Countdown countdown = COUNTDOWN.get();
		if (countdown != null) {
			countdown.step();
		}
		for (int lane = 0; lane < lanes; lane++) {
			state[lane] += (actions.index[lane] == 0 ? -0.3 : 0.3) + 0.05 * random[lane].nextGaussian();
			double distance = Math.abs(state[lane] - omega[lane]);
			terminated[lane] = distance < AT_GOAL;
			rewards[lane] = terminated[lane] ? 1 : (float) (-0.1 * distance);
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) state[stateOffset];
		observation[observationOffset + 1] = (float) omega[omegaOffset];
		observation[observationOffset + 2] = 1;
	}

	@Override
	public List<Outcome> outcomes() {
		return OUTCOMES;
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		double distance = Math.abs(state[stateOffset] - omega[omegaOffset]);
		outcomes[outcomesOffset] = distance;
		outcomes[outcomesOffset + 1] = distance < AT_GOAL ? 1 : 0;
	}

	@Override
	public Optional<Trace> trace() {
		return TRACE;
	}

	@Override
	public void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		values[valuesOffset] = state[stateOffset];
		values[valuesOffset + 1] = omega[omegaOffset];
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		canvas.setColor(Color.WHITE);
		canvas.fillRect(0, 0, width, height);
		canvas.setColor(Color.RED);
		canvas.fillRect((int) (width * (state[0] + 5) / 10), height / 2, 4, 4);
	}
}
