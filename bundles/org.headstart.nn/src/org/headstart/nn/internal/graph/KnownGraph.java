package org.headstart.nn.internal.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.network.Input;
import org.headstart.nn.internal.kernels.Nonlinearity;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What the compiled backend knows of a DL4J configuration: its vertices in an order in which they can be computed. Reads
 * the configuration's classes only, which does not start ND4J.
 *
 * @param inputs  the graph's inputs
 * @param nodes   the vertices; node i may read from the inputs and from nodes before i
 * @param outputs the graph's outputs in their order, as indices of nodes
 */
public record KnownGraph(List<Input> inputs, List<Node> nodes, List<Integer> outputs) {

	/**
	 * @param input which input
	 * @return the index that stands for it, beside those of nodes: −1 for the first, −2 for the second, …
	 */
	public static int input(int input) {
		return -1 - input;
	}

	/** A vertex: what it is called, what it reads and how many floats a row it gives. */
	public sealed interface Node {

		/** @return the vertex's name */
		String name();

		/** @return what it reads: indices of nodes, or {@link #input(int)} */
		List<Integer> inputs();

		/** @return floats in a row of its output */
		int size();
	}

	/** y = f(x·W + b). {@code frozen}: wrapped in one of DL4J's frozen layers. */
	public record Dense(String name, List<Integer> inputs, int in, int size, boolean bias, Nonlinearity function,
			boolean frozen) implements Node {}

	/** y = f(x). */
	public record Activation(String name, List<Integer> inputs, int size, Nonlinearity function) implements Node {}

	/** Its inputs side by side. */
	public record Merge(String name, List<Integer> inputs, int size) implements Node {}

	/** Its inputs, combined element by element. */
	public record ElementWise(String name, List<Integer> inputs, int size, ElementWiseVertex.Op operation)
			implements Node {}

	/** y = factor · x + shift. */
	public record Affine(String name, List<Integer> inputs, int size, float factor, float shift) implements Node {}

	/**
	 * A layer with long short-term memory, as DL4J computes it: gates (a, f, o, i) = x·W + h′·RW + b, a with tanh, the others with
	 * the logistic function; cell c = f·c′ + i·a; output h = o·tanh(c). {@code frozen} as for {@link Dense}.
	 */
	public record Lstm(String name, List<Integer> inputs, int in, int size, boolean frozen) implements Node {}

	/** Its input: DL4J's change between sequences [sequences, floats, steps] and rows, which are the same rows here. */
	public record Same(String name, List<Integer> inputs, int size) implements Node {}

	/** Says that a graph has something the compiled backend does not know. */
	public static final class UnknownVertexException extends Exception {

		private static final long serialVersionUID = 1;

		UnknownVertexException(String message) {
			super(message);
		}
	}

	/**
	 * The vertices of a configuration in an order in which they can be computed: of those that are ready, the one that was
	 * added first.
	 *
	 * @param configuration the graph
	 * @return their names
	 * @throws IllegalArgumentException when the graph has a cycle or reads from a vertex that is not there
	 */
	public static List<String> computationOrder(ComputationGraphConfiguration configuration) {
		Set<String> done = new LinkedHashSet<>(configuration.getNetworkInputs());
		List<String> order = new ArrayList<>();
		List<String> waiting = new ArrayList<>(configuration.getVertices().keySet());
		while (!waiting.isEmpty()) {
			String next = null;
			for (String name : waiting) {
				if (done.containsAll(configuration.getVertexInputs().get(name))) {
					next = name;
					break;
				}
			}
			if (next == null) {
				throw new IllegalArgumentException("the graph has a cycle or a missing vertex among the inputs of " + waiting);
			}
			waiting.remove(next);
			done.add(next);
			order.add(next);
		}
		return order;
	}

	/**
	 * Reads a configuration.
	 *
	 * @param configuration the graph
	 * @param networkInputs its inputs, in its order
	 * @return what is known
	 * @throws UnknownVertexException when something is not known; the message names the vertex and what it is
	 */
	public static KnownGraph of(ComputationGraphConfiguration configuration, List<Input> networkInputs)
			throws UnknownVertexException {
		Map<String, Integer> indices = new HashMap<>();
		Set<Integer> sequences = new HashSet<>();
		boolean recurrent = isRecurrent(configuration);
		for (int i = 0; i < networkInputs.size(); i++) {
			indices.put(networkInputs.get(i).name(), input(i));
			if (networkInputs.get(i).shape().size() > 1) {
				throw new UnknownVertexException("input '" + networkInputs.get(i).name() + "' has shape " + networkInputs.get(i).shape());
			}
			if (recurrent) {
				sequences.add(input(i));
			}
		}
		List<Node> nodes = new ArrayList<>();
		for (String name : computationOrder(configuration)) {
			List<Integer> inputs = new ArrayList<>();
			List<Integer> sizes = new ArrayList<>();
			for (String input : configuration.getVertexInputs().get(name)) {
				int index = indices.get(input);
				inputs.add(index);
				sizes.add(index < 0 ? networkInputs.get(-1 - index).size() : nodes.get(index).size());
			}
			indices.put(name, nodes.size());
			GraphVertex vertex = configuration.getVertices().get(name);
			if (givesSequences(name, vertex, inputs.stream().anyMatch(sequences::contains), sequences.containsAll(inputs))) {
				sequences.add(nodes.size());
			}
			nodes.add(node(name, vertex, List.copyOf(inputs), sizes));
		}
		List<Integer> outputs = new ArrayList<>();
		for (String output : configuration.getNetworkOutputs()) {
			int index = indices.get(output);
			if (index < 0) {
				throw new UnknownVertexException("input '" + output + "' is one of the graph's outputs");
			}
			if (sequences.contains(index)) {
				throw new UnknownVertexException("output '" + output + "' gives sequences, not rows");
			}
			outputs.add(index);
		}
		return new KnownGraph(List.copyOf(networkInputs), List.copyOf(nodes), List.copyOf(outputs));
	}

	/**
	 * Whether a graph has a recurrent layer; such a graph reads sequences [sequences, floats, steps].
	 *
	 * @param configuration the graph
	 * @return whether one of its layers is recurrent
	 */
	public static boolean isRecurrent(ComputationGraphConfiguration configuration) {
		return configuration.getVertices().values().stream().anyMatch(KnownGraph::isRecurrent);
	}

	/**
	 * @param vertex a vertex of a graph
	 * @return whether it is a recurrent layer
	 */
	public static boolean isRecurrent(GraphVertex vertex) {
		return vertex instanceof LayerVertex layer && unwrapped(layer.getLayerConf().getLayer()) instanceof BaseRecurrentLayer;
	}

	/**
	 * A layer without DL4J's wrappers that freeze it.
	 *
	 * @param layer any layer
	 * @return the layer inside
	 */
	public static Layer unwrapped(Layer layer) {
		return layer instanceof FrozenLayer wrapper ? wrapper.getLayer()
				: layer instanceof FrozenLayerWithBackprop wrapper ? wrapper.getUnderlying() : layer;
	}

	/** Follows DL4J's two shapes through the graph, and finds what would not fit there. */
	private static boolean givesSequences(String name, GraphVertex vertex, boolean any, boolean all)
			throws UnknownVertexException {
		if (any != all) {
			throw new UnknownVertexException("vertex '" + name + "' reads both sequences and rows");
		}
		InputPreProcessor change = vertex instanceof PreprocessorVertex own ? own.getPreProcessor()
				: vertex instanceof LayerVertex layer ? layer.getPreProcessor() : null;
		boolean sequences = any;
		if (change != null) {
			if (!knownChange(change) || change instanceof RnnToFeedForwardPreProcessor != any) {
				throw new UnknownVertexException("vertex '" + name + "' has preprocessor " + change.getClass().getSimpleName()
						+ (knownChange(change) ? " and reads " + form(any) : ""));
			}
			sequences = !any;
		}
		if (vertex instanceof LayerVertex layer && unwrapped(layer.getLayerConf().getLayer()) instanceof FeedForwardLayer sized
				&& sized instanceof BaseRecurrentLayer != sequences) {
			throw new UnknownVertexException("vertex '" + name + "' reads " + form(sequences));
		}
		return sequences;
	}

	private static String form(boolean sequences) {
		return sequences ? "sequences" : "rows";
	}

	private static boolean knownChange(InputPreProcessor change) {
		return change.getClass() == RnnToFeedForwardPreProcessor.class
				&& ((RnnToFeedForwardPreProcessor) change).getRnnDataFormat() == RNNFormat.NCW
				|| change.getClass() == FeedForwardToRnnPreProcessor.class
						&& ((FeedForwardToRnnPreProcessor) change).getRnnDataFormat() == RNNFormat.NCW;
	}

	private static Node node(String name, GraphVertex vertex, List<Integer> inputs, List<Integer> sizes)
			throws UnknownVertexException {
		int size = sizes.get(0);
		// exact classes: a subclass may compute something else
		Class<?> type = vertex.getClass();
		if (type == LayerVertex.class) {
			return layer(name, (LayerVertex) vertex, inputs, size);
		}
		if (type == MergeVertex.class) {
			return new Merge(name, inputs, sizes.stream().mapToInt(Integer::intValue).sum());
		}
		if (type == ElementWiseVertex.class) {
			if (sizes.stream().anyMatch(s -> s != size)) {
				throw new UnknownVertexException("vertex '" + name + "' combines inputs of different sizes " + sizes);
			}
			ElementWiseVertex.Op operation = ((ElementWiseVertex) vertex).getOp();
			if (operation == ElementWiseVertex.Op.Subtract && inputs.size() != 2) {
				throw new UnknownVertexException("vertex '" + name + "' subtracts " + inputs.size() + " inputs");
			}
			return new ElementWise(name, inputs, size, operation);
		}
		if (type == ScaleVertex.class) {
			return new Affine(name, inputs, size, (float) ((ScaleVertex) vertex).getScaleFactor(), 0);
		}
		if (type == ShiftVertex.class) {
			return new Affine(name, inputs, size, 1, (float) ((ShiftVertex) vertex).getShiftFactor());
		}
		if (type == PreprocessorVertex.class) {
			return new Same(name, inputs, size);
		}
		throw new UnknownVertexException("vertex '" + name + "' is a " + type.getSimpleName());
	}

	private static Node layer(String name, LayerVertex vertex, List<Integer> inputs, int size)
			throws UnknownVertexException {
		if (vertex.getLayerConf().getDataType() != DataType.FLOAT) {
			throw new UnknownVertexException("vertex '" + name + "' has data type " + vertex.getLayerConf().getDataType());
		}
		Layer layer = unwrapped(vertex.getLayerConf().getLayer());
		boolean frozen = layer != vertex.getLayerConf().getLayer();
		if (layer.getIDropout() != null) {
			throw new UnknownVertexException("vertex '" + name + "' has dropout");
		}
		if (layer.getConstraints() != null && !layer.getConstraints().isEmpty()) {
			throw new UnknownVertexException("vertex '" + name + "' has constraints");
		}
		if (layer.getClass() == DenseLayer.class) {
			return dense(name, (DenseLayer) layer, inputs, size, frozen);
		}
		if (layer.getClass() == LSTM.class) {
			return lstm(name, (LSTM) layer, inputs, size, frozen);
		}
		if (layer.getClass() == ActivationLayer.class) {
			return new Activation(name, inputs, size, function(name, ((ActivationLayer) layer).getActivationFn()));
		}
		throw new UnknownVertexException("vertex '" + name + "' has layer " + layer.getClass().getSimpleName());
	}

	private static Dense dense(String name, DenseLayer layer, List<Integer> inputs, int size, boolean frozen)
			throws UnknownVertexException {
		if (layer.isHasLayerNorm()) {
			throw new UnknownVertexException("vertex '" + name + "' has layer normalisation");
		}
		requirePlain(name, layer, size);
		return new Dense(name, inputs, size, Math.toIntExact(layer.getNOut()), layer.isHasBias(),
				function(name, layer.getActivationFn()), frozen);
	}

	private static Lstm lstm(String name, LSTM layer, List<Integer> inputs, int size, boolean frozen)
			throws UnknownVertexException {
		requirePlain(name, layer, size);
		if (layer.getRnnDataFormat() != RNNFormat.NCW) {
			throw new UnknownVertexException("vertex '" + name + "' has data format " + layer.getRnnDataFormat());
		}
		if (function(name, layer.getActivationFn()) != Nonlinearity.TANH
				|| function(name, layer.getGateActivationFn()) != Nonlinearity.SIGMOID) {
			throw new UnknownVertexException("vertex '" + name + "' has activations " + layer.getActivationFn() + " and "
					+ layer.getGateActivationFn());
		}
		return new Lstm(name, inputs, size, Math.toIntExact(layer.getNOut()), frozen);
	}

	private static void requirePlain(String name, FeedForwardLayer layer, int size) throws UnknownVertexException {
		if (layer.getWeightNoise() != null) {
			throw new UnknownVertexException("vertex '" + name + "' has weight noise");
		}
		if (!empty(layer.getRegularization()) || !empty(layer.getRegularizationBias())) {
			throw new UnknownVertexException("vertex '" + name + "' has regularisation");
		}
		if (layer.getGradientNormalization() != null && layer.getGradientNormalization() != GradientNormalization.None) {
			throw new UnknownVertexException("vertex '" + name + "' has gradient normalisation");
		}
		if (layer.getNIn() != size) {
			throw new IllegalArgumentException("vertex '" + name + "' has nIn " + layer.getNIn() + ", but " + size
					+ " floats a row come in; set nIn(" + size + ')');
		}
	}

	private static boolean empty(List<?> list) {
		return list == null || list.isEmpty();
	}

	private static Nonlinearity function(String name, IActivation activation) throws UnknownVertexException {
		Class<?> type = activation.getClass();
		if (type == ActivationIdentity.class) {
			return Nonlinearity.IDENTITY;
		}
		if (type == ActivationTanH.class) {
			return Nonlinearity.TANH;
		}
		if (type == ActivationSigmoid.class) {
			return Nonlinearity.SIGMOID;
		}
		if (type == ActivationReLU.class && isPlain((ActivationReLU) activation)) {
			return Nonlinearity.RELU;
		}
		throw new UnknownVertexException("vertex '" + name + "' has activation " + activation);
	}

	/** DL4J's ReLU may be leaky, bounded or shifted. */
	private static boolean isPlain(ActivationReLU relu) {
		return zero(relu.getMax()) && zero(relu.getThreshold()) && zero(relu.getNegativeSlope());
	}

	private static boolean zero(Double value) {
		return value == null || value == 0;
	}

	/** @return names of the vertices that a wrapper in the configuration freezes */
	public Set<String> wrappedAsFrozen() {
		Set<String> names = new LinkedHashSet<>();
		for (Node node : nodes) {
			if (node instanceof Dense dense && dense.frozen() || node instanceof Lstm lstm && lstm.frozen()) {
				names.add(node.name());
			}
		}
		return names;
	}

	/** @return how many nodes read from each node */
	public Map<Integer, Integer> readers() {
		Map<Integer, Integer> readers = new LinkedHashMap<>();
		for (Node node : nodes) {
			for (int input : node.inputs()) {
				readers.merge(input, 1, Integer::sum);
			}
		}
		return readers;
	}
}
