package org.headstart.environments.optimization.problems;

import java.util.Arrays;

import org.headstart.api.environment.ActionBatch;
import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.Policy;

/** Runs a {@link FirstOrderMethod} in lanes. Observations begin with the gradient; it does not read the parts that a view adds. */
final class FirstOrderPolicy implements Policy {

	private static final double MOMENTUM = 0.9;
	private static final double RMSPROP_DECAY = 0.9;
	private static final double BETA1 = 0.9;
	private static final double BETA2 = 0.999;
	private static final double EPSILON = 1e-8;

	private final FirstOrderMethod method;
	private final double rate;
	private final int dimension;
	/** Mean gradients, or velocities. [lanes × D] */
	private final double[] first;
	/** Mean squared gradients. [lanes × D] */
	private final double[] second;
	/** Updates of each lane's trial. [lanes] */
	private final int[] updates;

	FirstOrderPolicy(FirstOrderMethod method, double rate, int lanes, int dimension) {
		this.method = method;
		this.rate = rate;
		this.dimension = dimension;
		first = new double[lanes * dimension];
		second = new double[lanes * dimension];
		updates = new int[lanes];
	}

	@Override
	public void act(Lanes environment, ActionBatch actions) {
		float[] observations = environment.observations();
		int stride = observations.length / updates.length;
		for (int lane = 0; lane < updates.length; lane++) {
			update(observations, lane * stride, actions.values, lane * dimension, ++updates[lane]);
		}
	}

	private void update(float[] gradients, int from, float[] actions, int at, int count) {
		double firstCorrection = 1 / (1 - Math.pow(BETA1, count));
		double secondCorrection = 1 / (1 - Math.pow(BETA2, count));
		for (int i = 0; i < dimension; i++) {
			double g = gradients[from + i];
			double direction = switch (method) {
				case SGD -> g;
				case MOMENTUM -> first[at + i] = MOMENTUM * first[at + i] + g;
				case NESTEROV -> {
					first[at + i] = MOMENTUM * first[at + i] + g;
					yield g + MOMENTUM * first[at + i];
				}
				case RMSPROP -> {
					second[at + i] = RMSPROP_DECAY * second[at + i] + (1 - RMSPROP_DECAY) * g * g;
					yield g / (Math.sqrt(second[at + i]) + EPSILON);
				}
				case ADAM -> {
					first[at + i] = BETA1 * first[at + i] + (1 - BETA1) * g;
					second[at + i] = BETA2 * second[at + i] + (1 - BETA2) * g * g;
					yield first[at + i] * firstCorrection / (Math.sqrt(second[at + i] * secondCorrection) + EPSILON);
				}
			};
			actions[at + i] = (float) (-rate * direction);
		}
	}

	/** Resets the moments after every episode, since the next one begins at another θ. */
	@Override
	public void observe(Lanes environment) {
		boolean[] ended = environment.episodeEnded();
		for (int lane = 0; lane < updates.length; lane++) {
			if (ended[lane]) {
				updates[lane] = 0;
				Arrays.fill(first, lane * dimension, (lane + 1) * dimension, 0);
				Arrays.fill(second, lane * dimension, (lane + 1) * dimension, 0);
			}
		}
	}
}
