package org.headstart.backbones;

import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.nd4j.linalg.activations.Activation;

/**
 * A multilayer perceptron: dense layers {@code hidden-1}, {@code hidden-2}, … one on the other. Without hidden layers the
 * features are the observation.
 */
public final class Mlp implements Backbone<MlpSettings> {

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, MlpSettings settings) {
		Activation activation = settings.activation().inGraph();
		String below = input;
		int size = observation.size();
		int number = 1;
		for (int width : settings.hidden()) {
			String vertex = prefix + "hidden-" + number++;
			graph.addLayer(vertex, new DenseLayer.Builder().nIn(size).nOut(width).activation(activation).build(), below);
			below = vertex;
			size = width;
		}
		return new Features(below, size);
	}

	@Override
	public Optional<Extent> extent(BoxSpace observation, MlpSettings settings) {
		Extent extent = Extent.of(observation);
		for (int width : settings.hidden()) {
			extent = extent.dense(width);
		}
		return Optional.of(extent);
	}
}
