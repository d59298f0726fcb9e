package org.headstart.learners.optimizer;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.settings.NoSettings;
import org.nd4j.linalg.activations.Activation;

/** One recurrent layer. */
record SmallLstm(int units) implements Backbone<NoSettings> {

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
		graph.addLayer(prefix + "lstm", new LSTM.Builder().nIn(observation.size()).nOut(units).activation(Activation.TANH)
				.gateActivationFunction(Activation.SIGMOID).forgetGateBiasInit(1).build(), input);
		graph.addVertex(prefix + "features", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), prefix + "lstm");
		return new Features(prefix + "features", units);
	}
}
