package org.headstart.examples.modules;

import java.util.ArrayList;
import java.util.List;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.headstart.api.backbone.Backbone.Features;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.environment.ObservationSpace;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Trunk;
import org.nd4j.linalg.activations.Activation;

/**
 * One module for each group, below a layer that all groups share (after Devin et al. 2017, who combine a robot's module with
 * a task's). A module is a copy of the backbone; it reads only the parts of its group, and its output counts only in rows of
 * its group. So rows of one group do not change the modules of others. Vertices of the module of group g begin with
 * {@code module-g/}.
 *
 * @param group offset of the group in a row
 * @param parts by group, the numbers that its module reads
 */
record Modules(int group, List<Slice> parts) implements Architecture {

	/** Neighbouring numbers of a row. */
	record Slice(int from, int size) {}

	/**
	 * @param space an observation whose parts belong to groups: the group itself, then numbers of each of them in turn
	 * @return its modules
	 * @throws IllegalArgumentException when it has no groups, or no part for one of them
	 */
	static Modules of(ObservationSpace space) {
		int group = space.group();
		if (group < 0) {
			throw new IllegalArgumentException("it has no groups, and each module belongs to a group");
		}
		int groups = space.parts().get(group).size();
		List<Slice> slices = new ArrayList<>();
		for (int part = group + 1; part < space.parts().size(); part++) {
			ObservationPart each = space.parts().get(part);
			if (!each.isBytes()) {
				slices.add(new Slice(space.offset(part), each.size()));
			}
		}
		if (slices.size() != groups || space.hasBytes()) {
			throw new IllegalArgumentException("its " + groups + " groups need one part of numbers each, and no images: " + space);
		}
		return new Modules(space.offset(group), slices);
	}

	@Override
	public void build(GraphBuilder graph, NetworkDescription network, BackboneLayers backbone) {
		for (Trunk trunk : network.trunks()) {
			String[] heard = new String[parts.size()];
			int size = 0;
			for (int g = 0; g < heard.length; g++) {
				String prefix = "module-" + g + '/' + trunk.prefix();
				Features below = subset(graph, prefix + "part", backbone.input(), parts.get(g));
				for (Layers stage : backbone.stages()) {
					below = stage.build(graph, prefix, below);
				}
				Features gate = subset(graph, prefix + "gate", backbone.input(), new Slice(group + g, 1));
				heard[g] = prefix + "heard";
				graph.addVertex(heard[g], new ElementWiseVertex(ElementWiseVertex.Op.Product), below.vertex(), gate.vertex());
				size = below.size();
			}
			graph.addVertex(trunk.prefix() + "heard", new ElementWiseVertex(ElementWiseVertex.Op.Add), heard);
			graph.addLayer(trunk.prefix() + "shared", new DenseLayer.Builder().nIn(size).nOut(size).activation(Activation.TANH).build(),
					trunk.prefix() + "heard");
			for (Head head : trunk.heads()) {
				Architecture.addHead(graph, head, new Features(trunk.prefix() + "shared", size));
			}
		}
	}

	private static Features subset(GraphBuilder graph, String name, Features input, Slice slice) {
		graph.addVertex(name, new SubsetVertex(slice.from(), slice.from() + slice.size() - 1), input.vertex());
		return new Features(name, slice.size());
	}
}
