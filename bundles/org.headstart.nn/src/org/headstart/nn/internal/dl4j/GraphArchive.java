package org.headstart.nn.internal.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.util.ModelSerializer;
import org.headstart.nn.internal.graph.KnownGraph;
import org.headstart.nn.internal.state.NetworkState;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * What {@link ModelSerializer} writes for a graph of dense and LSTM layers, without starting ND4J, which takes longer than all
 * the rest of a save.
 *
 * <p>The flat arrays hold, vertex by vertex in the order that the configuration names, W and an LSTM's RW column by column, and
 * then b; Adam's state is all first and then all second moments. An array in DL4J's binary form is two buffers: its shape
 * information (rank, length, stride, flags of a float array, element-wise stride, order) and its floats, big-endian.
 */
public final class GraphArchive {

	/** ND4J's flags of an array of 32-bit floats (sd::ArrayOptions). */
	private static final long FLOAT_ARRAY = 8192;

	private GraphArchive() {}

	/**
	 * The archive's entries.
	 *
	 * @param configuration the graph; not changed
	 * @param state         its state
	 * @return contents by entry name, in order; empty when only DL4J itself can tell how the graph's updater lays out its state
	 */
	public static Optional<Map<String, byte[]>> entries(ComputationGraphConfiguration configuration, NetworkState state) {
		if (!simple(configuration, state)) {
			return Optional.empty();
		}
		List<NetworkState.Tensor> tensors = state.tensors();
		Map<String, byte[]> entries = new LinkedHashMap<>();
		entries.put(ModelSerializer.CONFIGURATION_JSON,
				initialized(configuration, state).toJson().getBytes(StandardCharsets.UTF_8));
		entries.put(ModelSerializer.COEFFICIENTS_BIN,
				array(tensors.stream().map(t -> columnMajor(t, t.values())).toList()));
		if (tensors.get(0).moments().size() == 2) {
			List<float[]> moments = new ArrayList<>();
			tensors.forEach(t -> moments.add(columnMajor(t, t.moments().get(0))));
			tensors.forEach(t -> moments.add(columnMajor(t, t.moments().get(1))));
			entries.put(ModelSerializer.UPDATER_BIN, array(moments));
		}
		return Optional.of(entries);
	}

	/** Only dense, activation and LSTM layers, all with the same updater, which is the one that the state is of. */
	private static boolean simple(ComputationGraphConfiguration configuration, NetworkState state) {
		IUpdater updater = null;
		for (GraphVertex vertex : configuration.getVertices().values()) {
			if (!(vertex instanceof LayerVertex layer) || layer.getLayerConf().getLayer().getClass() == ActivationLayer.class) {
				continue;
			}
			Class<?> type = layer.getLayerConf().getLayer().getClass();
			if (type != DenseLayer.class && type != LSTM.class) {
				return false;
			}
			BaseLayer trained = (BaseLayer) layer.getLayerConf().getLayer();
			if (trained.getBiasUpdater() != null || updater != null && !updater.equals(trained.getIUpdater())) {
				return false;
			}
			updater = trained.getIUpdater();
		}
		if (updater == null || state.tensors().isEmpty()) {
			return false;
		}
		Class<?> type = updater.getClass();
		return state.tensors().get(0).moments().isEmpty() ? type == Sgd.class : type == Adam.class;
	}

	/**
	 * A copy that names the order in which the graph is computed, which DL4J would otherwise choose by itself: its flat arrays
	 * follow it.
	 *
	 * @param original the graph
	 * @return a copy
	 */
	static ComputationGraphConfiguration ordered(ComputationGraphConfiguration original) {
		ComputationGraphConfiguration configuration = original.clone();
		List<String> all = new ArrayList<>(configuration.getNetworkInputs());
		all.addAll(configuration.getVertices().keySet());
		List<String> order = new ArrayList<>(configuration.getNetworkInputs());
		order.addAll(KnownGraph.computationOrder(configuration));
		configuration.setTopologicalOrder(order.stream().mapToInt(all::indexOf).toArray());
		configuration.setTopologicalOrderStr(order);
		return configuration;
	}

	/** The configuration as it is after DL4J has initialised the graph and made the steps. */
	private static ComputationGraphConfiguration initialized(ComputationGraphConfiguration original, NetworkState state) {
		ComputationGraphConfiguration configuration = ordered(original);
		configuration.setIterationCount(Math.toIntExact(state.optimizerSteps()));
		configuration.getDefaultConfiguration().clearVariables();
		configuration.getVertices().values().stream().filter(LayerVertex.class::isInstance)
				.forEach(v -> ((LayerVertex) v).getLayerConf().clearVariables());
		for (NetworkState.Tensor tensor : state.tensors()) {
			((LayerVertex) configuration.getVertices().get(tensor.vertex())).getLayerConf().addVariable(tensor.parameter());
			configuration.getDefaultConfiguration().addVariable(tensor.vertex() + '_' + tensor.parameter());
		}
		return configuration;
	}

	private static float[] columnMajor(NetworkState.Tensor tensor, float[] values) {
		if (tensor.shape().length == 1) {
			return values;
		}
		int rows = tensor.shape()[0];
		int columns = tensor.shape()[1];
		float[] result = new float[values.length];
		for (int r = 0; r < rows; r++) {
			for (int c = 0; c < columns; c++) {
				result[c * rows + r] = values[r * columns + c];
			}
		}
		return result;
	}

	private static byte[] array(List<float[]> parts) {
		int length = parts.stream().mapToInt(p -> p.length).sum();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			long[] shape = {1, length, 1, FLOAT_ARRAY, 1, 'c'};
			writeBufferHeader(out, shape.length, "LONG");
			for (long value : shape) {
				out.writeLong(value);
			}
			writeBufferHeader(out, length, "FLOAT");
			for (float[] part : parts) {
				for (float value : part) {
					out.writeFloat(value);
				}
			}
		} catch (IOException e) {
			throw new UncheckedIOException("writing to memory", e);
		}
		return bytes.toByteArray();
	}

	private static void writeBufferHeader(DataOutputStream out, long length, String type) throws IOException {
		out.writeUTF("MIXED_DATA_TYPES");
		out.writeLong(length);
		out.writeUTF(type);
	}
}
