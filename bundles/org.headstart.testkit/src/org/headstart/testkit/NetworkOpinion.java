package org.headstart.testkit;

import java.util.Arrays;

import org.headstart.api.environment.Lanes;
import org.headstart.api.learner.TrainableActorCritic;
import org.headstart.api.network.Network;

/** What a network with a policy head and a value head says, as it is. */
final class NetworkOpinion implements TrainableActorCritic {

	private final Network network;
	private final int policy;
	private final int size;
	private final int value;
	private int rows;

	NetworkOpinion(Network network) {
		this.network = network;
		int head = network.heads().indexOf("policy");
		policy = network.headOffset(head);
		size = network.headSize(head);
		value = network.headOffset(network.heads().indexOf("value"));
	}

	@Override
	public int distributionSize() {
		return size;
	}

	@Override
	public void evaluate(Lanes lanes, float[] distribution, float[] values) {
		rows = lanes.lanes();
		network.forward(lanes.observations(), 0, rows);
		for (int row = 0; row < rows; row++) {
			System.arraycopy(network.outputs(), row * network.outputStride() + policy, distribution, row * size, size);
			values[row] = network.outputs()[row * network.outputStride() + value];
		}
	}

	@Override
	public void observe(Lanes lanes) {
		// nothing is normalised
	}

	@Override
	public void backward(float[] distributionGradients, float[] valueGradients) {
		float[] gradients = network.outputGradients();
		Arrays.fill(gradients, 0, rows * network.outputStride(), 0);
		for (int row = 0; row < rows; row++) {
			System.arraycopy(distributionGradients, row * size, gradients, row * network.outputStride() + policy, size);
			if (valueGradients != null) {
				gradients[row * network.outputStride() + value] = valueGradients[row];
			}
		}
		network.backward(rows);
	}

	@Override
	public double update(double maxGradientNorm, double learningRate) {
		double norm = Math.sqrt(network.gradientSquaredNorm());
		network.update((float) (maxGradientNorm > 0 ? Math.min(1, maxGradientNorm / norm) : 1), (float) learningRate);
		return norm;
	}
}
