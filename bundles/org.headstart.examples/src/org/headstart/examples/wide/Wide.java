package org.headstart.examples.wide;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.nd4j.linalg.activations.Activation;

/** One dense layer with tanh. */
public final class Wide implements Backbone<WideSettings> {

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation,
			WideSettings settings) {
		String name = prefix + "wide";
		graph.addLayer(name, new DenseLayer.Builder().nIn(observation.size()).nOut(settings.units())
				.activation(Activation.TANH).build(), input);
		return new Features(name, settings.units());
	}
}
