package org.headstart.examples.forecast;

import java.util.Arrays;
import java.util.List;

import org.headstart.api.environment.ActionSpace;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.loss.AppliedLoss;
import org.headstart.api.loss.Loss;
import org.headstart.api.loss.LossSite;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;
import org.headstart.api.network.Network;

/**
 * Predicts, with a head of its own, the observation some steps ahead, so that the features represent motion (Jaderberg et
 * al. 2017, "Reinforcement learning with unsupervised auxiliary tasks", in its simplest form). L = ½ E |f(s_t) − s_{t+k}|².
 */
public final class Forecast implements Loss<ForecastSettings> {

	private static final String HEAD = "forecast";

	@Override
	public List<Head> heads(ForecastSettings settings, ObservationSpace observation, ActionSpace actions) {
		return List.of(new Head(HEAD, Role.AUXILIARY, observation.numbers().size(), 1));
	}

	@Override
	public int window(ForecastSettings settings) {
		return settings.steps() + 1;
	}

	@Override
	public AppliedLoss apply(ForecastSettings settings, LossSite site) {
		Network network = site.network();
		int size = site.observationSpace().rowSize();
		int head = network.headOffset(network.heads().indexOf(HEAD));
		return (windows, weight) -> {
			int rows = windows.count;
			int ahead = settings.steps() * rows * size;
			windows.forward(network, 1);
			float[] outputs = network.outputs();
			float[] gradients = network.outputGradients();
			Arrays.fill(gradients, 0, rows * network.outputStride(), 0);
			double squares = 0;
			for (int row = 0; row < rows; row++) {
				for (int i = 0, at = row * network.outputStride() + head; i < size; i++, at++) {
					float error = outputs[at] - windows.observations[ahead + row * size + i];
					squares += error * error;
					gradients[at] = weight * error / rows;
				}
			}
			windows.accumulate(network, 1);
			return squares / (2 * rows);
		};
	}
}
