package org.headstart.nn;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.settings.NoSettings;
import org.nd4j.linalg.activations.Activation;

/** Networks and batches that several tests use. */
public final class Samples {

	public static final int INPUTS = 6;
	public static final Optimizer ADAM = new Optimizer.Adam(0.9, 0.999, 1e-5);
	public static final Trunk POLICY = new Trunk("policy", List.of(Head.policy(4, 0.01)));
	public static final Trunk VALUE = new Trunk("value", List.of(Head.value(1)));

	/** Two dense layers of 32; the shipped backbones are in a bundle that this one must not know. */
	public static final class TwoLayers implements Backbone<NoSettings> {
		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			graph.addLayer(prefix + "hidden-1",
					new DenseLayer.Builder().nIn(observation.size()).nOut(32).activation(Activation.TANH).build(), input);
			graph.addLayer(prefix + "hidden-2", new DenseLayer.Builder().nIn(32).nOut(32).activation(Activation.TANH).build(),
					prefix + "hidden-1");
			return new Features(prefix + "hidden-2", 32);
		}
	}

	private Samples() {}

	public static NetworkBuilder policyAndValue() {
		return policyAndValue(INPUTS);
	}

	public static NetworkBuilder policyAndValue(int inputs) {
		return NetworkBuilder.of(new TwoLayers(), new NoSettings(), BoxSpace.uniform(inputs, -1, 1)).trunk(POLICY).trunk(VALUE)
				.optimizer(ADAM);
	}

	/** Steps on random batches, with the gradient's norm clipped to 0.5. */
	public static void train(Network network, RandomStream random, int steps, int rows) {
		float[] input = new float[rows * network.inputSize()];
		for (int step = 0; step < steps; step++) {
			for (int i = 0; i < input.length; i++) {
				input[i] = (float) random.nextGaussian();
			}
			step(network, input, random, rows);
		}
	}

	public static void step(Network network, float[] input, RandomStream random, int rows) {
		forwardAndBackward(network, input, random, rows);
		double norm = Math.sqrt(network.gradientSquaredNorm());
		network.update((float) Math.min(1, 0.5 / norm), 1e-3f);
	}

	/** Gradients of a random batch. */
	public static void backward(Network network, RandomStream random, int rows) {
		float[] input = new float[rows * network.inputSize()];
		for (int i = 0; i < input.length; i++) {
			input[i] = (float) random.nextGaussian();
		}
		forwardAndBackward(network, input, random, rows);
	}

	private static void forwardAndBackward(Network network, float[] input, RandomStream random, int rows) {
		network.forward(input, 0, rows);
		float[] gradients = network.outputGradients();
		for (int h = 0; h < network.heads().size(); h++) {
			for (int r = 0; r < rows; r++) {
				int at = r * network.outputStride() + network.headOffset(h);
				for (int j = 0; j < network.headSize(h); j++) {
					gradients[at + j] = (float) random.nextGaussian() / rows;
				}
			}
		}
		network.backward(rows);
	}

	public static byte[] state(Network network) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			network.writeState(new DataOutputStream(bytes));
			return bytes.toByteArray();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
