package org.headstart.nn.internal.dl4j;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A graph that can run from other states than zero and from a vertex inside it, and be back-propagated through afterwards, as often as
 * one likes, from vertices inside it too and down to its inputs.
 */
final class StatefulGraph extends ComputationGraph {

	private static final long serialVersionUID = 1;

	StatefulGraph(ComputationGraphConfiguration configuration) {
		super(configuration);
	}

	Map<String, INDArray> feedForwardFromStates(INDArray[] sequences, boolean training) {
		setInputs(sequences);
		return ffToLayerActivationsDetached(training, FwdPassType.RNN_ACTIVATE_WITH_STORED_STATE, true, vertices.length - 1,
				null, sequences, null, null, false);
	}

	/**
	 * Computes what depends on a vertex.
	 *
	 * @param vertex      the vertex
	 * @param activations of all vertices in the last forward, with that of the vertex as it is to be; what is computed is replaced
	 * @param training    whether as in training
	 */
	void feedForwardFrom(String vertex, Map<String, INDArray> activations, boolean training) {
		Set<Integer> depending = depending(vertex);
		LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces(helperWorkspaces);
		for (int index : topologicalOrder) {
			GraphVertex current = vertices[index];
			if (!depending.contains(index)) {
				continue;
			}
			VertexIndices[] from = current.getInputVertices();
			for (int i = 0; i < from.length; i++) {
				current.setInput(i, activations.get(vertices[from[i].getVertexIndex()].getVertexName()), workspaces);
			}
			activations.put(current.getVertexName(), current.doForward(training, workspaces).detach());
		}
	}

	/** @return the vertices that depend on one, without itself */
	private Set<Integer> depending(String vertex) {
		Set<Integer> depending = new HashSet<>(Set.of(verticesMap.get(vertex).getVertexIndex()));
		for (int index : topologicalOrder) {
			VertexIndices[] from = vertices[index].getInputVertices();
			for (int i = 0; from != null && i < from.length; i++) {
				if (depending.contains(from[i].getVertexIndex())) {
					depending.add(index);
				}
			}
		}
		depending.remove(verticesMap.get(vertex).getVertexIndex());
		return depending;
	}

	/** @return whether what depends on a vertex reads only it and each other */
	boolean readsNothingElse(String vertex) {
		Set<Integer> depending = depending(vertex);
		for (int index : depending) {
			for (VertexIndices from : vertices[index].getInputVertices()) {
				if (!depending.contains(from.getVertexIndex()) && from.getVertexIndex() != verticesMap.get(vertex).getVertexIndex()) {
					return false;
				}
			}
		}
		return true;
	}

	/** @return whether an output is read by a vertex: then DL4J's own backward pass forgets what comes from that vertex */
	boolean outputsAreRead() {
		return configuration.getNetworkOutputs().stream()
				.map(output -> verticesMap.get(output).getOutputVertices()).anyMatch(readers -> readers != null && readers.length > 0);
	}

	/** DL4J's own backward pass; the forward can be back-propagated once more. */
	INDArray backward(INDArray[] outputGradients) {
		calcBackpropGradients(false, false, outputGradients);
		return flattenedGradients;
	}

	/**
	 * Back-propagates gradients of any vertices.
	 *
	 * @param given ∂loss/∂activations of vertices by name; the arrays are not changed
	 * @param from  the vertex that the last forward began at, where it ends; null for the inputs
	 * @param states whether recurrent layers begin from the states that they were given
	 * @return ∂loss/∂input by name, of those that are reached; the parameters' gradients are in {@link #getFlattenedGradients()}
	 */
	Map<String, INDArray> backward(Map<String, INDArray> given, String from, boolean states) {
		if (flattenedGradients == null) {
			initGradientsView();
		}
		if (flattenedGradients != null) {
			// what is not reached would keep the gradients of before
			flattenedGradients.assign(0);
		}
		Set<Integer> within = from == null ? null : depending(from);
		LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces(helperWorkspaces);
		INDArray[] gradients = new INDArray[vertices.length];
		given.forEach((name, gradient) -> gradients[verticesMap.get(name).getVertexIndex()] = gradient);
		Map<String, INDArray> ofInputs = new LinkedHashMap<>();
		for (int i = topologicalOrder.length - 1; i >= 0; i--) {
			GraphVertex current = vertices[topologicalOrder[i]];
			INDArray gradient = gradients[current.getVertexIndex()];
			if (gradient == null) {
				continue;
			}
			if (current.isInputVertex()) {
				ofInputs.put(current.getVertexName(), gradient);
				continue;
			}
			if (within != null && !within.contains(current.getVertexIndex()) || current.getLayer() instanceof FrozenLayer) {
				continue;
			}
			current.setEpsilon(gradient.dup());
			INDArray[] before = current.doBackward(states, workspaces).getSecond();
			VertexIndices[] inputVertices = current.getInputVertices();
			for (int k = 0; k < inputVertices.length; k++) {
				int index = inputVertices[k].getVertexIndex();
				if (before[k] != null) {
					gradients[index] = gradients[index] == null ? before[k] : gradients[index].add(before[k]);
				}
			}
		}
		return ofInputs;
	}
}
