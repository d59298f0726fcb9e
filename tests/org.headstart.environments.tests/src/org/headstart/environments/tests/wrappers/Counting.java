package org.headstart.environments.tests.wrappers;

import java.util.List;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.DiscreteSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.SimulatedLanes;
import org.headstart.api.environment.Simulator;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSampler;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;

/** Counts its steps; the reward of a step is its number. ω: the step in which an episode ends, and a number of no consequence. */
record Counting() implements Dynamics {

	static final int LIMIT = 10;

	static TaskFamily family(double end) {
		return new TaskFamily(new Counting(),
				List.of(ParameterGroup.scalar("end", "", end, end, end), ParameterGroup.scalar("colour", "", 7, 7, 7)),
				List.of(new TaskSet("only", "one task", TaskRole.TRAIN, TaskSampler.fixed(end, 7), omega -> true)),
				new TaskFamily.ReturnShape(0, 55, Double.NaN));
	}

	/** A lane of a wrapped family, at the start of an episode. */
	static SimulatedLanes lane(Simulator wrapped, double end) {
		SimulatedLanes lane = new SimulatedLanes(wrapped, 1, TaskSampler.fixed(end, 7), new RandomStreams(1));
		lane.reset();
		return lane;
	}

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(1, 0, LIMIT);
	}

	@Override
	public List<ObservationPart> images() {
		return List.of(ObservationPart.image("picture", 1, 1, 2));
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
		return 2;
	}

	@Override
	public int maxEpisodeSteps() {
		return LIMIT;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			state[lane]++;
			rewards[lane] = (float) state[lane];
			terminated[lane] = state[lane] == omega[2 * lane];
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation, int observationOffset) {
		observation[observationOffset] = (float) state[stateOffset];
	}

	@Override
	public void draw(int image, double[] state, int stateOffset, double[] omega, int omegaOffset, byte[] pixels, int pixelOffset) {
		pixels[pixelOffset] = (byte) state[stateOffset];
		pixels[pixelOffset + 1] = (byte) (100 + state[stateOffset]);
	}
}
