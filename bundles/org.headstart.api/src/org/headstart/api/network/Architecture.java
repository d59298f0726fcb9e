package org.headstart.api.network;

import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone.Features;
import org.headstart.api.backbone.Layers;
import org.nd4j.linalg.activations.Activation;

/**
 * How the networks that a learner describes become graphs, where a strategy wants them otherwise than plain: columns side by side,
 * modules, another backbone. Stateless. Best a record: equal ones are known to give equal networks.
 *
 * <p>The graph has its inputs when it comes. Every head that is described must stand in it afterwards, under its own name
 * ({@link Head#vertex}): these are the heads that the learner reads and that act. Everything must lead to one of them.
 */
@FunctionalInterface
public interface Architecture {

	/**
	 * Adds a network's vertices to a graph.
	 *
	 * @param graph    the graph under construction, with its inputs
	 * @param network  what the learner described
	 * @param backbone the experiment's backbone on this network's observation
	 */
	void build(GraphBuilder graph, NetworkDescription network, BackboneLayers backbone);

	/**
	 * A backbone, ready to be put into a graph. An architecture may leave it and put other layers.
	 *
	 * @param input  what it reads: the network's input and its size
	 * @param stages its layers from the lowest to the highest, see {@link org.headstart.api.backbone.Backbone#stages}
	 */
	record BackboneLayers(Features input, List<Layers> stages) {

		/** Defensive copy. */
		public BackboneLayers {
			stages = List.copyOf(stages);
		}
	}

	/**
	 * Adds a head as a plain network has it.
	 *
	 * @param graph the graph
	 * @param head  the head
	 * @param below what it stands on
	 */
	static void addHead(GraphBuilder graph, Head head, Features below) {
		graph.addLayer(head.vertex(),
				new DenseLayer.Builder().nIn(below.size()).nOut(head.size()).activation(Activation.IDENTITY).build(), below.vertex());
	}
}
