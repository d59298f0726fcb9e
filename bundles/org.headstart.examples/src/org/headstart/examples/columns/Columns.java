package org.headstart.examples.columns;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone.Features;
import org.headstart.api.backbone.Layers;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Trunk;
import org.nd4j.linalg.activations.Activation;

/**
 * Two columns, copies of the backbone, for each trunk. Each stage of the second column reads the stage below in both columns
 * (Rusu et al. 2016, eq. 2); that of the first column through an adapter, a dense layer with tanh. Heads stand on the second
 * column. Its vertices have the names of a plain network; those of the first column begin with {@value #FIRST}, the adapters
 * with {@value #LATERAL}.
 */
record Columns() implements Architecture {

	static final String FIRST = "first/";
	static final String LATERAL = "lateral/";

	@Override
	public void build(GraphBuilder graph, NetworkDescription network, BackboneLayers backbone) {
		for (Trunk trunk : network.trunks()) {
			if (trunk.layers().isPresent()) {
				throw new IllegalArgumentException(
						"trunk '" + trunk.name() + "' is not a copy of the backbone, so it cannot have a second column");
			}
			Features first = backbone.input();
			Features below = backbone.input();
			for (Layers stage : backbone.stages()) {
				first = stage.build(graph, FIRST + trunk.prefix(), first);
				Features second = stage.build(graph, trunk.prefix(), below);
				below = beside(graph, second, first);
			}
			for (Head head : trunk.heads()) {
				Architecture.addHead(graph, head, below);
			}
		}
	}

	/** Joins the outputs of a stage in both columns, that of the first through an adapter. */
	private static Features beside(GraphBuilder graph, Features second, Features first) {
		String adapter = LATERAL + second.vertex();
		graph.addLayer(adapter, new DenseLayer.Builder().nIn(first.size()).nOut(first.size()).activation(Activation.TANH).build(),
				first.vertex());
		graph.addVertex(adapter + "/both", new MergeVertex(), second.vertex(), adapter);
		return new Features(adapter + "/both", second.size() + first.size());
	}
}
