package org.headstart.nn.internal.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.nn.internal.graph.KnownGraph;
import org.headstart.nn.internal.training.ParameterLayout;
import org.headstart.nn.internal.training.ParameterTensor;
import org.headstart.nn.optimizer.ParameterRange;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Where DL4J keeps every parameter in its one flat array. Layers have their own orders there (dense: W column by column,
 * then b); the places are read off the views that DL4J itself has.
 *
 * @param tensors every tensor, in Headstart's order: by vertex as the graph is computed
 * @param length  floats in the flat array
 */
record FlatLayout(List<Tensor> tensors, int length) implements ParameterLayout {

	/**
	 * One tensor.
	 *
	 * @param vertex    its vertex
	 * @param parameter its name there
	 * @param shape     its shape
	 * @param places    where each element, in row-major order, is in the flat array; together they are a range of it
	 * @param ownChange whether DL4J changes it by itself, such as running means, and not an optimizer
	 */
	record Tensor(String vertex, String parameter, int[] shape, int[] places, boolean ownChange) implements ParameterTensor {

		@Override
		public float[] read(float[] flat) {
			float[] values = new float[places.length];
			for (int i = 0; i < places.length; i++) {
				values[i] = flat[places[i]];
			}
			return values;
		}

		@Override
		public void write(float[] flat, float[] values) {
			for (int i = 0; i < places.length; i++) {
				flat[places[i]] = values[i];
			}
		}

		/** @return the first element in the flat array */
		int from() {
			return Arrays.stream(places).min().orElseThrow();
		}

		/** @return the end in the flat array, exclusive */
		int end() {
			return from() + places.length;
		}
	}

	/** {@inheritDoc} One for each tensor; statistics are those that DL4J changes by itself. */
	@Override
	public List<ParameterRange> ranges(Treatment treatment) {
		return tensors.stream().filter(t -> (treatment.statistics() || !t.ownChange()) && !treatment.frozen(t.vertex()))
				.map(t -> new ParameterRange(t.from(), t.end(), treatment.factor(t.vertex()))).toList();
	}

	/** @return the tensors that DL4J changes by itself; it gives their change as a gradient */
	List<Tensor> changedByDl4j() {
		return tensors.stream().filter(Tensor::ownChange).toList();
	}

	static FlatLayout of(ComputationGraph graph) {
		List<Tensor> tensors = new ArrayList<>();
		INDArray flat = graph.params();
		for (String name : KnownGraph.computationOrder(graph.getConfiguration())) {
			Layer layer = graph.getLayer(name);
			if (layer == null || layer.numParams() == 0) {
				continue;
			}
			for (Map.Entry<String, INDArray> entry : layer.paramTable().entrySet()) {
				boolean ownChange = layer.conf().getLayer().getUpdaterByParam(entry.getKey()) instanceof NoOp;
				tensors.add(tensor(name, entry.getKey(), entry.getValue(), flat, ownChange));
			}
		}
		return new FlatLayout(List.copyOf(tensors), flat == null ? 0 : Math.toIntExact(flat.length()));
	}

	private static Tensor tensor(String vertex, String parameter, INDArray view, INDArray flat, boolean ownChange) {
		int rank = view.rank();
		int[] shape = new int[rank];
		for (int d = 0; d < rank; d++) {
			shape[d] = Math.toIntExact(view.size(d));
		}
		int[] places = new int[Math.toIntExact(view.length())];
		int[] index = new int[rank];
		long start = view.offset() - flat.offset();
		for (int i = 0; i < places.length; i++) {
			long place = start;
			for (int d = 0; d < rank; d++) {
				// DL4J gives dimensions of size 1 strides that mean nothing
				place += shape[d] == 1 ? 0 : (long) index[d] * view.stride(d);
			}
			places[i] = Math.toIntExact(place);
			for (int d = rank - 1; d >= 0 && ++index[d] == shape[d]; d--) {
				index[d] = 0;
			}
		}
		return new Tensor(vertex, parameter, shape, places, ownChange);
	}

	/** @return the graph's parameters, copied */
	static float[] read(INDArray flat) {
		return flat.dup('c').data().asFloat();
	}

	/** Copies values into a flat array of the graph. */
	static void write(INDArray flat, float[] values) {
		flat.assign(Nd4j.create(values, new long[] {1, values.length}, 'c').reshape(flat.shape()));
	}
}
