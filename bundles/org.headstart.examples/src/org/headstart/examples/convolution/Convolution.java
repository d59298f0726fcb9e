package org.headstart.examples.convolution;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.nd4j.linalg.activations.Activation;

/** Two layers of 3 × 3 convolutions and a dense layer, with ReLU, for images of at least 5 × 5 pixels. DL4J runs it. */
public final class Convolution implements Backbone<ConvolutionSettings> {

	private static final int LEAST = 5;

	@Override
	public void check(BoxSpace observation, ConvolutionSettings settings) {
		if (observation.shape().size() != 3 || observation.shape().get(1) < LEAST || observation.shape().get(2) < LEAST) {
			throw new IllegalArgumentException("the observation is " + observation.kind() + "; two layers of convolutions read images of at"
					+ " least " + LEAST + " × " + LEAST + " pixels");
		}
	}

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, ConvolutionSettings settings) {
		int height = observation.shape().get(1) - 4;
		int width = observation.shape().get(2) - 4;
		int filters = settings.filters();
		graph.addLayer(prefix + "convolution-1", convolution(observation.shape().get(0), filters), input);
		graph.addLayer(prefix + "convolution-2", convolution(filters, filters), prefix + "convolution-1");
		graph.addLayer(prefix + "dense",
				new DenseLayer.Builder().nIn(filters * height * width).nOut(settings.units()).activation(Activation.RELU).build(),
				new CnnToFeedForwardPreProcessor(height, width, filters), prefix + "convolution-2");
		return new Features(prefix + "dense", settings.units());
	}

	private static ConvolutionLayer convolution(int from, int to) {
		return new ConvolutionLayer.Builder(3, 3).nIn(from).nOut(to).activation(Activation.RELU).build();
	}
}
