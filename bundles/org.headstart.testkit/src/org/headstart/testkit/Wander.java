package org.headstart.testkit;

import java.util.List;
import java.util.Optional;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.Dynamics;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.Outcome;
import org.headstart.api.environment.ParameterGroup;
import org.headstart.api.environment.TaskFamily;
import org.headstart.api.environment.TaskRole;
import org.headstart.api.environment.TaskSet;
import org.headstart.api.environment.Trace;
import org.headstart.api.random.RandomStream;

/**
 * A small law with all that a law can have: noise, episodes that end early and at the limit, an image beside the numbers, outcomes, a
 * trace. A point wanders on a line; ω is where it should go and what pulls it.
 *
 * @param actionSpace three choices, or one number from −1 to 1
 */
record Wander(ActionSpace actionSpace) implements Dynamics {

	static final int LIMIT = 26;
	private static final int PIXELS = 8;

	/** The family of it. */
	static TaskFamily family(ActionSpace actions) {
		return new TaskFamily(new Wander(actions),
				List.of(ParameterGroup.scalar("goal", "", -2, 2, 1), ParameterGroup.scalar("pull", "", -0.1, 0.1, 0)),
				List.of(set("train", TaskRole.TRAIN, 0.5, 2), set("test", TaskRole.TEST, -2, -0.5)),
				new TaskFamily.ReturnShape(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN));
	}

	private static TaskSet set(String name, TaskRole role, double low, double high) {
		return new TaskSet(name, "goals from " + low + " to " + high, role, (random, omega, offset) -> {
			omega[offset] = random.uniform(low, high);
			omega[offset + 1] = random.uniform(-0.1, 0.1);
		}, omega -> low <= omega[0] && omega[0] <= high);
	}

	@Override
	public BoxSpace observationSpace() {
		return new BoxSpace(new float[] {-100, 0}, new float[] {100, 1});
	}

	@Override
	public List<ObservationPart> images() {
		return List.of(ObservationPart.image("line", 1, 1, PIXELS));
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
		return LIMIT;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = random.uniform(-0.5, 0.5);
		state[stateOffset + 1] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch actions, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			double move = actions.size == 0 ? actions.index[lane] - 1 : Math.clamp(actions.values[lane], -1, 1);
			state[2 * lane] += 0.4 * move + omega[2 * lane + 1] + 0.05 * random[lane].nextGaussian();
			state[2 * lane + 1]++;
			double distance = Math.abs(state[2 * lane] - omega[2 * lane]);
			rewards[lane] = (float) -distance;
			terminated[lane] = distance < 0.2;
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation, int observationOffset) {
		observation[observationOffset] = (float) state[stateOffset];
		observation[observationOffset + 1] = (float) state[stateOffset + 1] / LIMIT;
	}

	@Override
	public void draw(int image, double[] state, int stateOffset, double[] omega, int omegaOffset, byte[] pixels, int pixelOffset) {
		for (int i = 0; i < PIXELS; i++) {
			pixels[pixelOffset + i] = (byte) (100 * Math.abs(i - PIXELS / 2 - state[stateOffset]));
		}
	}

	@Override
	public List<Outcome> outcomes() {
		return List.of(new Outcome("distance", "distance from the goal at the end", "", Outcome.InTrial.LAST));
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes, int outcomesOffset) {
		outcomes[outcomesOffset] = Math.abs(state[stateOffset] - omega[omegaOffset]);
	}

	@Override
	public Optional<Trace> trace() {
		return Optional.of(new Trace(Trace.Kind.OVER_STEPS, List.of("place")));
	}

	@Override
	public void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		values[valuesOffset] = state[stateOffset];
	}
}
