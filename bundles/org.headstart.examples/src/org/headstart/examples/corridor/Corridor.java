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

/** Walk along a corridor to a goal. The task is the goal's place: near goals for training, far goals for testing. */
public final class Corridor implements Environment<Corridor.Settings> {

	/** The settings. */
	public record Settings(@Setting(value = "Length of the corridor", byDefault = "10", unit = "m", min = 1, max = 1000) double length,
			@Setting(value = "Position of the goal, as a share of the length",
					byDefault = "{train: [0, 0.4], validation: [0.45, 0.55], test: [0.6, 1]}") ParameterRange goal,
			@Setting(value = "Steps after which an episode is truncated", byDefault = "50", unit = "steps", min = 1,
					max = 100000) int maxSteps) {}

	@Override
	public TaskFamily create(Settings settings) {
		return TaskFamily.sampled(new Law(settings.length(), settings.maxSteps()), -settings.maxSteps(), 0,
				new TaskFamily.Parameter("goal", "", settings.goal(), 0.2));
	}

	/**
	 * State: the position in metres. ω: the goal, as a share of the length. Observation: the position and the way to the
	 * goal, as shares. Action 0 is a metre back, 1 a metre ahead. The reward is −1 for each step until the goal is at most
	 * half a metre away.
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
