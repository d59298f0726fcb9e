package org.headstart.environments.bandits;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.environment.View;
import org.headstart.api.learner.Policy;

/** Plays the optimal plan of the process, which it is shown. */
final class KnownMdpPolicy implements Policy {

	private final MdpSize size;
	private final View.Layout layout;
	private final BackwardInduction induction;
	private final double[] model;
	private final double[] values;
	/** By lane, the present step of its episode. */
	private final int[] steps;

	KnownMdpPolicy(int lanes, MdpSize size, View.Layout layout) {
		this.size = size;
		this.layout = layout;
		induction = new BackwardInduction(size);
		model = new double[size.model()];
		values = new double[lanes * size.values()];
		steps = new int[lanes];
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		for (int lane = 0; lane < steps.length; lane++) {
			int row = lane * layout.size();
			if (steps[lane] == 0) {
				for (int i = 0; i < model.length; i++) {
					model[i] = observations[row + layout.task() + i];
				}
				induction.solve(model, 0, values, lane * size.values());
			}
			int state = 0;
			while (observations[row + state] == 0) {
				state++;
			}
			int first = lane * size.values() + steps[lane] * size.pairs() + state * size.actions();
			int best = 0;
			for (int action = 1; action < size.actions(); action++) {
				best = values[first + action] > values[first + best] ? action : best;
			}
			actions.index[lane] = best;
		}
	}

	@Override
	public void observe(Lanes environment) {
		for (int lane = 0; lane < steps.length; lane++) {
			steps[lane] = environment.episodeEnded()[lane] ? 0 : steps[lane] + 1;
		}
	}
}
