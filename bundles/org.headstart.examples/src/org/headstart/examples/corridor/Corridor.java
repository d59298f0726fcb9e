package org.headstart.examples.corridor;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;
import org.headstart.api.settings.Setting;

/** A corridor to walk along to a goal. The goal's place is the task: learn on near goals, be judged on far ones. */
public final class Corridor implements Environment<Corridor.Settings> {

	/** What can be set. */
	public record Settings(@Setting(value = "Length of the corridor", byDefault = "10", unit = "m", min = 1, max = 1000) double length,
			@Setting(value = "Where the goal lies, as a share of the length",
					byDefault = "{train: [0, 0.4], validation: [0.45, 0.55], test: [0.6, 1]}") ParameterRange goal,
			@Setting(value = "Steps after which an episode is cut off", byDefault = "50", unit = "steps", min = 1,
					max = 100000) int maxSteps) {}

	@Override
	public TaskFamily create(Settings settings) {
		return TaskFamily.sampled(new Law(settings.length(), settings.maxSteps()), -settings.maxSteps(), 0,
				new TaskFamily.Parameter("goal", "", settings.goal(), 0.2));
	}

	/**
	 * State: the position in metres. ω: the goal, as a share of the length. Observed are position and way to the goal, as shares.
	 * Action 0 is a metre back, 1 a metre on. Reward −1 a step, until the goal is at most half a metre away.
	 */
	private record Law(double length, int maxEpisodeSteps, BoxSpace observationSpace, DiscreteSpace actionSpace, int stateSize,
			int parameterCount) implements Dynamics {

		Law(double length, int maxSteps) {
			this(length, maxSteps, BoxSpace.uniform(2, -1, 1), new DiscreteSpace(2), 1, 1);
		}

		@Override
		public void start(double[] state, int at, double[] omega, int omegaAt, RandomStream random) {
			state[at] = random.uniform(0, length);
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				state[lane] = Math.clamp(state[lane] + (actions.index[lane] == 0 ? -1 : 1), 0, length);
				rewards[lane] = -1;
				terminated[lane] = Math.abs(omega[lane] * length - state[lane]) <= 0.5;
			}
		}

		@Override
		public void observe(double[] state, int at, double[] omega, int omegaAt, float[] observation, int observationAt) {
			observation[observationAt] = (float) (state[at] / length);
			observation[observationAt + 1] = (float) (omega[omegaAt] - state[at] / length);
		}
	}
}
