package org.headstart.api.network;

import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone.Features;
import org.headstart.api.backbone.Layers;
import org.nd4j.linalg.activations.Activation;

/**
 * Builds the graphs of the networks that a learner describes, for a strategy that needs other than plain networks: columns
 * side by side, modules, another backbone. Stateless. Implement it as a record: equal architectures must give equal
 * networks.
 *
 * <p>The given graph already has its inputs. Afterwards it must contain every described head under its own name
 * ({@link Head#vertex}): the learner reads these heads and acts by them. Every vertex must lead to one of them.
 */
@FunctionalInterface
public interface Architecture {

	/**
	 * Adds a network's vertices to a graph.
	 *
	 * @param graph    the graph under construction, with its inputs
	 * @param network  the learner's description of the network
	 * @param backbone the experiment's backbone on this network's observation
	 */
	void build(GraphBuilder graph, NetworkDescription network, BackboneLayers backbone);

	/**
	 * A backbone, ready to be added to a graph. An architecture may use other layers instead.
	 *
	 * @param input  the network's input, with its size
	 * @param stages its layers from the lowest to the highest, see {@link org.headstart.api.backbone.Backbone#stages}
	 */
	record BackboneLayers(Features input, List<Layers> stages) {

		/** Defensive copy. */
		public BackboneLayers {
			stages = List.copyOf(stages);
		}
	}

	/**
	 * Adds a head in the way of a plain network.
	 *
	 * @param graph the graph
	 * @param head  the head
	 * @param below the vertex on which it stands
	 */
	static void addHead(GraphBuilder graph, Head head, Features below) {
		graph.addLayer(head.vertex(),
				new DenseLayer.Builder().nIn(below.size()).nOut(head.size()).activation(Activation.IDENTITY).build(), below.vertex());
	}
}
