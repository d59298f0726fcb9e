package org.headstart.api.backbone;

import java.util.List;
import java.util.stream.IntStream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone.Features;
import org.nd4j.linalg.activations.Activation;

/**
 * Layers that read rows and give rows, in DL4J's graph language. Stateless. Implement it as a record where two stacks are
 * compared for equality.
 */
@FunctionalInterface
public interface Layers {

	/**
	 * Adds the layers to a graph.
	 *
	 * @param graph  the graph under construction; every layer needs its {@code nIn} set
	 * @param prefix every vertex name must begin with it
	 * @param below  the vertex that the layers read
	 * @return the vertex of the highest layer
	 */
	Features build(GraphBuilder graph, String prefix, Features below);

	/**
	 * Dense layers, each reading the one before and ending in a hyperbolic tangent. For code that describes a network without seeing
	 * DL4J.
	 *
	 * @param widths units of each layer
	 * @return the layers
	 */
	static Layers tanh(int... widths) {
		return new Dense(IntStream.of(widths).boxed().toList(), Activation.TANH);
	}

	/**
	 * Dense layers stacked on each other, named {@code dense-1}, {@code dense-2}, …
	 *
	 * @param widths     units of each
	 * @param activation the activation function of each
	 */
	record Dense(List<Integer> widths, Activation activation) implements Layers {

		/** Defensive copy. */
		public Dense {
			widths = List.copyOf(widths);
		}

		@Override
		public Features build(GraphBuilder graph, String prefix, Features below) {
			Features top = below;
			for (int i = 0; i < widths.size(); i++) {
				String vertex = prefix + "dense-" + (i + 1);
				graph.addLayer(vertex, new DenseLayer.Builder().nIn(top.size()).nOut(widths.get(i)).activation(activation).build(),
						top.vertex());
				top = new Features(vertex, widths.get(i));
			}
			return top;
		}
	}
}
