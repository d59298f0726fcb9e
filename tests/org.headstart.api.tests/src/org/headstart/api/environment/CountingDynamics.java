package org.headstart.api.environment;

import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;

import org.headstart.api.random.RandomStream;

/**
 * Counts the steps of an episode, which ends by itself after ω of them and at the latest after {@value #LIMIT}. The observation is
 * the count, the reward ten times the count plus the action, of several choices the first. Outcomes are the count at the end, once
 * for each way to make a trial's of it.
 */
class CountingDynamics implements Dynamics {

	static final int LIMIT = 3;

	private final ActionSpace actions;

	CountingDynamics(ActionSpace actions) {
		this.actions = actions;
	}

	@Override
	public BoxSpace observationSpace() {
		return BoxSpace.uniform(1, 0, LIMIT);
	}

	@Override
	public ActionSpace actionSpace() {
		return actions;
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
		return LIMIT;
	}

	@Override
	public void start(double[] state, int stateOffset, double[] omega, int omegaOffset, RandomStream random) {
		state[stateOffset] = 0;
	}

	@Override
	public void step(double[] state, double[] omega, ActionBatch batch, int lanes, RandomStream[] random, float[] rewards,
			boolean[] terminated) {
		for (int lane = 0; lane < lanes; lane++) {
			state[lane]++;
			rewards[lane] = (float) (10 * state[lane] + (batch.size == 0 ? batch.index[lane * batch.choices] : batch.values[lane]));
			terminated[lane] = state[lane] == omega[lane];
		}
	}

	@Override
	public void observe(double[] state, int stateOffset, double[] omega, int omegaOffset, float[] observation,
			int observationOffset) {
		observation[observationOffset] = (float) state[stateOffset];
	}

	@Override
	public List<Outcome> outcomes() {
		return List.of(new Outcome("all", "all steps", "", Outcome.InTrial.SUM),
				new Outcome("length", "steps of an episode", "", Outcome.InTrial.MEAN),
				new Outcome("last", "steps of the last episode", "", Outcome.InTrial.LAST));
	}

	@Override
	public void outcomes(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] outcomes,
			int outcomesOffset) {
		for (int i = 0; i < 3; i++) {
			outcomes[outcomesOffset + i] = state[stateOffset];
		}
	}

	@Override
	public Optional<Trace> trace() {
		return Optional.of(new Trace(Trace.Kind.OVER_STEPS, List.of("count", "task")));
	}

	@Override
	public void trace(double[] state, int stateOffset, double[] omega, int omegaOffset, double[] values, int valuesOffset) {
		values[valuesOffset] = state[stateOffset];
		values[valuesOffset + 1] = omega[omegaOffset];
	}

	@Override
	public void render(double[] state, double[] omega, Graphics2D canvas, int width, int height) {
		// nobody watches
	}
}
