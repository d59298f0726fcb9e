package org.headstart.backbones;

import java.util.ArrayList;
import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone.Features;
import org.headstart.api.backbone.Layers;
import org.nd4j.linalg.activations.Activation;

/**
 * The layers of the backbones. They are in a class of their own, so that a backbone can compute its extent without loading
 * DL4J's classes.
 */
final class Stacks {

	private Stacks() {}

	/** Stacked dense layers, named {@code NAME1}, {@code NAME2}, … */
	static Features dense(GraphBuilder graph, String name, Features below, List<Integer> widths,
			MlpSettings.Activation activation) {
		Features top = below;
		for (Layers stage : stages("", widths, activation)) {
			top = stage.build(graph, name, top);
		}
		return top;
	}

	/** Dense layers as separate stages, named {@code NAME1}, {@code NAME2}, … */
	static List<Layers> stages(String name, List<Integer> widths, MlpSettings.Activation activation) {
		List<Layers> stages = new ArrayList<>();
		for (int i = 0; i < widths.size(); i++) {
			String number = name + (i + 1);
			int width = widths.get(i);
			stages.add((graph, prefix, below) -> {
				graph.addLayer(prefix + number, new DenseLayer.Builder().nIn(below.size()).nOut(width)
						.activation(activation.inGraph()).build(), below.vertex());
				return new Features(prefix + number, width);
			});
		}
		return stages;
	}

	/** Stacked recurrent layers, named {@code NAME1}, {@code NAME2}, … They read and give sequences. */
	static Features lstm(GraphBuilder graph, String name, Features below, LstmSettings settings) {
		Features top = below;
		for (int layer = 1; layer <= settings.layers(); layer++) {
			String vertex = name + layer;
			graph.addLayer(vertex, new LSTM.Builder().nIn(top.size()).nOut(settings.units()).activation(Activation.TANH)
					.gateActivationFunction(Activation.SIGMOID).forgetGateBiasInit(settings.forgetBias()).build(), top.vertex());
			top = new Features(vertex, settings.units());
		}
		return top;
	}

	/** Turns sequences into rows. */
	static Features rows(GraphBuilder graph, String vertex, Features sequences) {
		graph.addVertex(vertex, new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), sequences.vertex());
		return new Features(vertex, sequences.size());
	}

	/** Turns rows into sequences. */
	static Features sequences(GraphBuilder graph, String vertex, Features rows) {
		graph.addVertex(vertex, new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), rows.vertex());
		return new Features(vertex, rows.size());
	}
}
