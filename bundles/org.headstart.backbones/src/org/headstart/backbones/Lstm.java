package org.headstart.backbones;

import java.util.List;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.nd4j.linalg.activations.Activation;

/**
 * A network with memory: layers {@code lstm-1}, {@code lstm-2}, … of long short-term memory (Hochreiter and Schmidhuber 1997, with
 * the forget gates of Gers, Schmidhuber and Cummins 2000), with dense layers {@code hidden-1}, … before and {@code after-1}, …
 * after them where the settings ask for some. It reads sequences, as DL4J's recurrent layers do; its features are rows.
 */
public final class Lstm implements Backbone<LstmSettings> {

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, LstmSettings settings) {
		Features below = new Features(input, observation.size());
		if (!settings.hidden().isEmpty()) {
			graph.addVertex(prefix + "rows", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), input);
			Features rows = new Features(prefix + "rows", observation.size());
			below = dense(graph, prefix + "hidden-", rows, settings.hidden(), settings);
			graph.addVertex(prefix + "sequences", new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), below.vertex());
			below = new Features(prefix + "sequences", below.size());
		}
		for (int layer = 1; layer <= settings.layers(); layer++) {
			String vertex = prefix + "lstm-" + layer;
			graph.addLayer(vertex, new LSTM.Builder().nIn(below.size()).nOut(settings.units()).activation(Activation.TANH)
					.gateActivationFunction(Activation.SIGMOID).forgetGateBiasInit(settings.forgetBias()).build(), below.vertex());
			below = new Features(vertex, settings.units());
		}
		graph.addVertex(prefix + "features", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), below.vertex());
		return dense(graph, prefix + "after-", new Features(prefix + "features", below.size()), settings.hiddenAfter(), settings);
	}

	private static Features dense(GraphBuilder graph, String name, Features below, List<Integer> widths, LstmSettings settings) {
		Activation activation = settings.activation().inGraph();
		Features top = below;
		int number = 1;
		for (int width : widths) {
			String vertex = name + number++;
			graph.addLayer(vertex, new DenseLayer.Builder().nIn(top.size()).nOut(width).activation(activation).build(),
					top.vertex());
			top = new Features(vertex, width);
		}
		return top;
	}

	@Override
	public Optional<Extent> extent(BoxSpace observation, LstmSettings settings) {
		Extent extent = Extent.of(observation);
		for (int width : settings.hidden()) {
			extent = extent.dense(width);
		}
		for (int layer = 1; layer <= settings.layers(); layer++) {
			extent = extent.lstm(settings.units());
		}
		for (int width : settings.hiddenAfter()) {
			extent = extent.dense(width);
		}
		return Optional.of(extent);
	}
}
