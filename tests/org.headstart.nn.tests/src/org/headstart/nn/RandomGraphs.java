package org.headstart.nn;

import java.util.ArrayList;
import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.headstart.api.random.RandomStream;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.IUpdater;

/** Graphs of everything that the compiled backend knows, put together at random. */
public final class RandomGraphs {

	/**
	 * A graph to test with.
	 *
	 * @param configuration the graph
	 * @param inputSize     floats in a row of its input
	 * @param rectified     whether there is a ReLU or a maximum in it, where gradients jump
	 */
	public record Sample(ComputationGraphConfiguration configuration, int inputSize, boolean rectified) {}

	private record Vertex(String name, int size) {}

	private static final List<Activation> SMOOTH = List.of(Activation.TANH, Activation.SIGMOID, Activation.IDENTITY);

	private RandomGraphs() {}

	public static Sample sample(long seed, IUpdater updater) {
		RandomStream random = new RandomStream(seed);
		boolean rectified = seed % 3 == 2;
		boolean frozen = seed % 4 == 3;
		int inputSize = 1 + random.nextInt(20);
		GraphBuilder graph = new NeuralNetConfiguration.Builder().miniBatch(false).updater(updater).graphBuilder()
				.addInputs("observation");
		List<Vertex> vertices = new ArrayList<>();
		vertices.add(new Vertex("observation", inputSize));
		List<Vertex> unread = new ArrayList<>();
		int count = 2 + random.nextInt(7);
		for (int i = 0; i < count; i++) {
			Vertex from = vertices.get(vertices.size() - 1 - random.nextInt(Math.min(3, vertices.size())));
			String name = "backbone/t/" + i;
			Vertex made = switch (random.nextInt(9)) {
				case 0, 1, 2, 3 -> dense(graph, name, from, 1 + random.nextInt(90), random, rectified, frozen);
				case 4 -> {
					graph.addLayer(name, new ActivationLayer(activation(random, rectified)), from.name());
					yield new Vertex(name, from.size());
				}
				case 5 -> {
					Vertex other = vertices.get(random.nextInt(vertices.size()));
					if (other.name().equals(from.name())) {
						yield dense(graph, name, from, 33, random, rectified, frozen);
					}
					graph.addVertex(name, new MergeVertex(), from.name(), other.name());
					unread.remove(other);
					yield new Vertex(name, from.size() + other.size());
				}
				case 6, 7 -> {
					Vertex left = dense(graph, name + "-left", from, from.size(), random, rectified, frozen);
					ElementWiseVertex.Op[] operations = {ElementWiseVertex.Op.Add, ElementWiseVertex.Op.Subtract,
							ElementWiseVertex.Op.Product, ElementWiseVertex.Op.Average, ElementWiseVertex.Op.Max};
					ElementWiseVertex.Op operation = operations[random.nextInt(rectified ? 5 : 4)];
					graph.addVertex(name, new ElementWiseVertex(operation), left.name(), from.name());
					yield new Vertex(name, from.size());
				}
				default -> {
					graph.addVertex(name, random.nextInt(2) == 0 ? new ScaleVertex(0.7) : new ShiftVertex(0.3), from.name());
					yield new Vertex(name, from.size());
				}
			};
			unread.remove(from);
			vertices.add(made);
			unread.add(made);
		}
		List<String> outputs = new ArrayList<>();
		int heads = 0;
		for (Vertex vertex : unread) {
			int here = 1 + random.nextInt(3);
			for (int h = 0; h < here; h++) {
				String name = "head/" + heads++;
				boolean plain = random.nextInt(4) != 0;
				DenseLayer layer = new DenseLayer.Builder().nIn(vertex.size()).nOut(1 + random.nextInt(20))
						.activation(plain ? Activation.IDENTITY : Activation.TANH).hasBias(random.nextInt(4) != 0).build();
				graph.addLayer(name, layer, vertex.name());
				outputs.add(name);
			}
		}
		graph.setOutputs(outputs.toArray(String[]::new));
		return new Sample(graph.build(), inputSize, rectified);
	}

	private static Vertex dense(GraphBuilder graph, String name, Vertex from, int size, RandomStream random,
			boolean rectified, boolean frozen) {
		DenseLayer layer = new DenseLayer.Builder().nIn(from.size()).nOut(size).activation(activation(random, rectified))
				.hasBias(random.nextInt(5) != 0).build();
		graph.addLayer(name, frozen && random.nextInt(2) == 0 ? new FrozenLayerWithBackprop(layer) : layer, from.name());
		return new Vertex(name, size);
	}

	private static Activation activation(RandomStream random, boolean rectified) {
		return rectified && random.nextInt(2) == 0 ? Activation.RELU : SMOOTH.get(random.nextInt(SMOOTH.size()));
	}
}
