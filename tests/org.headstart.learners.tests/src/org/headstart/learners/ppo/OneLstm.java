package org.headstart.learners.ppo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.settings.NoSettings;
import org.nd4j.linalg.activations.Activation;

/** The smallest recurrent backbone. */
record OneLstm(int units) implements Backbone<NoSettings> {

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
		graph.addLayer(prefix + "lstm",
				new LSTM.Builder().nIn(observation.size()).nOut(units).activation(Activation.TANH).build(), input);
		graph.addVertex(prefix + "rows", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), prefix + "lstm");
		return new Features(prefix + "rows", units);
	}
}
