package org.headstart.nn.internal.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.headstart.lib.dl4j.Nd4jStartup;
import org.headstart.nn.internal.state.NetworkState;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Builds a DL4J graph that holds a network's present state. */
public final class GraphSnapshot {

	private GraphSnapshot() {}

	/**
	 * A graph with the given weights, step count and, where the graph's own updater keeps such a state, moments.
	 *
	 * @param configuration the graph; not changed
	 * @param state         what to put into it
	 * @return the graph
	 */
	public static ComputationGraph of(ComputationGraphConfiguration configuration, NetworkState state) {
		Nd4jStartup.ensure();
		ComputationGraph graph = new ComputationGraph(GraphArchive.ordered(configuration));
		graph.init();
		FlatLayout layout = FlatLayout.of(graph);
		Map<List<String>, NetworkState.Tensor> tensors = new HashMap<>();
		state.tensors().forEach(t -> tensors.put(List.of(t.vertex(), t.parameter()), t));
		float[] weights = new float[layout.length()];
		float[] first = new float[layout.length()];
		float[] second = new float[layout.length()];
		boolean moments = true;
		for (FlatLayout.Tensor place : layout.tensors()) {
			NetworkState.Tensor tensor = tensors.get(List.of(place.vertex(), place.parameter()));
			if (tensor == null) {
				throw new IllegalArgumentException("the state has no tensor '" + place.parameter() + "' of vertex '"
						+ place.vertex() + "', which the graph needs with shape " + Arrays.toString(place.shape()));
			}
			place.write(weights, tensor.values());
			if (tensor.moments().size() == 2) {
				place.write(first, tensor.moments().get(0));
				place.write(second, tensor.moments().get(1));
			} else {
				moments = false;
			}
		}
		if (layout.length() > 0) {
			FlatLayout.write(graph.params(), weights);
		}
		graph.getConfiguration().setIterationCount(Math.toIntExact(state.optimizerSteps()));
		if (moments && layout.length() > 0) {
			writeMoments(graph, first, second);
		}
		return graph;
	}

	/** DL4J's Adam keeps, for each block of parameters with equal settings, all first and then all second moments. */
	private static void writeMoments(ComputationGraph graph, float[] first, float[] second) {
		INDArray view = graph.getUpdater(true).getStateViewArray();
		if (view == null || view.length() == 0) {
			return;
		}
		float[] state = new float[Math.toIntExact(view.length())];
		for (UpdaterBlock block : ((BaseMultiLayerUpdater<?>) graph.getUpdater()).getUpdaterBlocks()) {
			int from = block.getParamOffsetStart();
			int length = block.getParamOffsetEnd() - from;
			int at = block.getUpdaterViewOffsetStart();
			if (block.getUpdaterViewOffsetEnd() - at == 2 * length) {
				System.arraycopy(first, from, state, at, length);
				System.arraycopy(second, from, state, at + length, length);
			}
		}
		FlatLayout.write(view, state);
	}

	/**
	 * The weights of a graph, by vertex and parameter.
	 *
	 * @param graph any graph
	 * @return row-major values, in the order in which the graph is computed
	 */
	public static Map<String, Map<String, float[]>> weights(ComputationGraph graph) {
		Map<String, Map<String, float[]>> weights = new LinkedHashMap<>();
		FlatLayout layout = FlatLayout.of(graph);
		float[] flat = layout.length() == 0 ? new float[0] : FlatLayout.read(graph.params());
		for (FlatLayout.Tensor tensor : layout.tensors()) {
			weights.computeIfAbsent(tensor.vertex(), v -> new LinkedHashMap<>()).put(tensor.parameter(), tensor.read(flat));
		}
		return weights;
	}
}
