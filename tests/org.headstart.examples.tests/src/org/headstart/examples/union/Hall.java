package org.headstart.examples.union;

import java.util.List;
import java.util.Map;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.Environment;
import org.headstart.api.environment.ParameterRange;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.random.RandomStream;
import org.headstart.api.settings.NoSettings;

/** Another world than the corridor with the same actions: three numbers are seen, and action 1 is rewarded where the door is open. */
public final class Hall implements Environment<NoSettings> {

	/** Steps of an episode. */
	public static final int STEPS = 50;

	@Override
	public TaskFamily create(NoSettings settings) {
		return TaskFamily.sampled(new Law(), 0, STEPS, new TaskFamily.Parameter("door", ParameterRange.of(Map.of("train",
				List.of(0.0, 0.5), "test", List.of(0.5, 1.0)))));
	}

	private record Law() implements Dynamics {

		@Override
		public BoxSpace observationSpace() {
			return BoxSpace.uniform(3, -2, 2);
		}

		@Override
		public DiscreteSpace actionSpace() {
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
			return STEPS;
		}

		@Override
		public void start(double[] state, int at, double[] omega, int omegaAt, RandomStream random) {
			state[at] = random.uniform(-1, 1);
		}

		@Override
		public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
				boolean[] terminated) {
			for (int lane = 0; lane < lanes; lane++) {
				rewards[lane] = actions.index[lane] == 1 == state[lane] > 0 ? 1 : 0;
				state[lane] = random[lane].uniform(-1, 1);
				terminated[lane] = false;
			}
		}

		@Override
		public void observe(double[] state, int at, double[] omega, int omegaAt, float[] observation, int observationAt) {
			observation[observationAt] = (float) state[at];
			observation[observationAt + 1] = (float) -state[at];
			observation[observationAt + 2] = (float) omega[omegaAt];
		}
	}
}
