package org.headstart.nn.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Optimizer;
import org.headstart.nn.compiled.CompiledLayout.Block;
import org.headstart.nn.dl4j.GraphArchive;
import org.headstart.nn.dl4j.GraphSnapshot;
import org.headstart.nn.graph.KnownGraph;
import org.headstart.nn.kernels.Kernels;
import org.headstart.nn.kernels.Nonlinearity;
import org.headstart.nn.state.NetworkState;
import org.headstart.nn.training.Executor;
import org.headstart.nn.training.NetworkParameters;

/**
 * Runs a graph of known layers on {@code float[]}. ND4J is not touched before {@link #graph}.
 *
 * <p>Rows go through the whole graph in chunks of {@value #CHUNK}, so that a chunk's activations and gradients stay in the
 * first-level cache; only activations are kept for all rows. A row's outputs do not depend on which other rows are computed with
 * it, nor, in a recurrent network, on whether the steps before it came in the same call. Neither pass allocates after warm-up.
 */
public final class CompiledExecutor implements Executor {

	/** Rows a chunk; part of the definition, since gradients are summed chunk by chunk. */
	private static final int CHUNK = 64;

	private final ComputationGraphConfiguration configuration;
	private final Kernels kernels;
	private final KnownGraph graph;
	private final List<String> heads;
	private final CompiledLayout layout;
	private final NetworkParameters parameters;

	private final Rows input;
	private final List<Rows> inner = new ArrayList<>();
	private final List<OutputView> outputViews = new ArrayList<>();
	private final Operation[] operations;
	/** The operation of each block, all and those with something to train; arrays, since an iterator would be allocated. */
	private final Map<Block, Operation.Parameterized> operationOfBlock = new LinkedHashMap<>();
	private final Operation.Parameterized[] parameterized;
	private Operation.Parameterized[] trained = {};
	private final Operation.Lstm[] recurrent;
	private final int stateSize;
	/** The operations of the backward pass, in its order; depends on what is frozen. */
	private Operation[] backwardOperations = {};

	private float[] outputs = {};
	private float[] outputGradients = {};
	private int capacity;
	private int forwardRows;
	private int forwardSequences;
	private boolean gradientsAllocated;

	/** A part of the output block, and the rows that view it. */
	private record OutputView(Rows rows, int offset) {
	}

	/**
	 * Compiles a graph; all weights are zero.
	 *
	 * @param configuration what {@link #graph} builds
	 * @param graph         what is known of it
	 * @param headNames     a name for each of its outputs
	 * @param optimizer     how gradients become steps
	 * @param kernels       what computes
	 */
	public CompiledExecutor(ComputationGraphConfiguration configuration, KnownGraph graph, List<String> headNames,
			Optimizer optimizer, Kernels kernels) {
		this.configuration = configuration;
		this.graph = graph;
		this.kernels = kernels;
		heads = List.copyOf(headNames);
		layout = new CompiledLayout(graph);
		parameters = new NetworkParameters(layout, graph.wrappedAsFrozen()::contains, optimizer, kernels);
		input = new Rows(graph.inputSize());
		input.stride = graph.inputSize();
		operations = buildOperations();
		parameterized = operationOfBlock.values().toArray(Operation.Parameterized[]::new);
		recurrent = Arrays.stream(operations).filter(Operation.Lstm.class::isInstance).toArray(Operation.Lstm[]::new);
		stateSize = Arrays.stream(recurrent).mapToInt(Operation.Lstm::stateSize).sum();
		frozenChanged();
	}

	private Operation[] buildOperations() {
		List<Operation> built = new ArrayList<>();
		Map<Integer, Rows> rowsOf = new LinkedHashMap<>();
		rowsOf.put(KnownGraph.INPUT, input);
		for (int n = 0; n < graph.nodes().size(); n++) {
			KnownGraph.Node node = graph.nodes().get(n);
			List<Rows> inputs = node.inputs().stream().map(rowsOf::get).toList();
			if (layout.isGroupedHead(n)) {
				Block block = layout.block(node.name());
				if (!operationOfBlock.containsKey(block)) {
					Rows view = new Rows(block.out);
					outputViews.add(new OutputView(view, layout.groupOffset(node.inputs().get(0))));
					built.add(dense(block, Nonlinearity.IDENTITY, inputs.get(0), view));
				}
				continue;
			}
			if (node instanceof KnownGraph.Same) {
				rowsOf.put(n, inputs.get(0));
				continue;
			}
			Rows rows = new Rows(node.size());
			inner.add(rows);
			rowsOf.put(n, rows);
			built.add(switch (node) {
			case KnownGraph.Dense dense -> dense(layout.block(dense.name()), dense.function(), inputs.get(0), rows);
			case KnownGraph.Lstm lstm -> lstm(layout.block(lstm.name()), lstm.size(), inputs.get(0), rows);
			case KnownGraph.Same same -> throw new IllegalStateException(same.name());
			case KnownGraph.Activation a -> new Operation.Map(kernels, a.function(), 1, 0, inputs.get(0), rows);
			case KnownGraph.Affine a -> new Operation.Map(kernels, Nonlinearity.IDENTITY, a.factor(), a.shift(), inputs.get(0),
					rows);
			case KnownGraph.Merge m -> new Operation.Merge(inputs, rows);
			case KnownGraph.ElementWise e -> new Operation.ElementWise(e.operation(), inputs, rows);
			});
		}
		for (int h = 0; h < heads.size(); h++) {
			int node = graph.outputs().get(h);
			if (rowsOf.containsKey(node)) {
				Rows view = new Rows(layout.headSize(h));
				outputViews.add(new OutputView(view, layout.headOffset(h)));
				built.add(new Operation.Map(kernels, Nonlinearity.IDENTITY, 1, 0, rowsOf.get(node), view));
			}
		}
		return built.toArray(Operation[]::new);
	}

	private Operation dense(Block block, Nonlinearity function, Rows from, Rows to) {
		Kernels.DenseKernel kernel = kernels.dense(parameters.weights(), block.from, block.biases, block.in, block.out);
		Operation.Dense operation = new Operation.Dense(kernels, kernel, function, from, to, parameters.gradients());
		operationOfBlock.put(block, operation);
		return operation;
	}

	private Operation lstm(Block block, int units, Rows from, Rows to) {
		Kernels.DenseKernel fromInput = kernels.dense(parameters.weights(), block.from, block.biases, block.in, block.width);
		Kernels.DenseKernel fromHidden = kernels.dense(parameters.weights(), block.recurrent, -1, units, block.width);
		Operation.Lstm operation = new Operation.Lstm(kernels, fromInput, fromHidden, units, from, to, parameters.gradients());
		operationOfBlock.put(block, operation);
		return operation;
	}

	/** Works out what the backward pass has to do. */
	@Override
	public void frozenChanged() {
		operationOfBlock.forEach((block, operation) -> operation.trainable(block.trained(parameters)));
		trained = Arrays.stream(parameterized).filter(Operation.Parameterized::trainable)
				.toArray(Operation.Parameterized[]::new);
		input.gradientNeeded = false;
		for (Operation operation : operations) {
			operation.output().gradientNeeded = operation.inputs().stream().anyMatch(r -> r.gradientNeeded)
					|| operation instanceof Operation.Parameterized own && own.trainable();
		}
		Set<Rows> reached = new LinkedHashSet<>();
		outputViews.forEach(view -> reached.add(view.rows()));
		List<Operation> backward = new ArrayList<>();
		for (int i = operations.length - 1; i >= 0; i--) {
			Operation operation = operations[i];
			if (!operation.output().gradientNeeded || !reached.contains(operation.output())) {
				continue;
			}
			boolean[] accumulate = new boolean[operation.inputs().size()];
			for (int k = 0; k < accumulate.length; k++) {
				accumulate[k] = operation.inputs().get(k).gradientNeeded && !reached.add(operation.inputs().get(k));
			}
			operation.accumulate(accumulate);
			backward.add(operation);
		}
		backwardOperations = backward.toArray(Operation[]::new);
	}

	@Override
	public NetworkParameters parameters() {
		return parameters;
	}

	@Override
	public int inputSize() {
		return graph.inputSize();
	}

	@Override
	public List<String> heads() {
		return heads;
	}

	@Override
	public int headSize(int head) {
		return layout.headSize(head);
	}

	@Override
	public int headOffset(int head) {
		return layout.headOffset(head);
	}

	@Override
	public int outputStride() {
		return layout.outputStride();
	}

	@Override
	public int stateSize() {
		return stateSize;
	}

	@Override
	public void readStates(float[] states, int offset) {
		int at = offset;
		for (Operation.Lstm layer : recurrent) {
			layer.readStates(states, at, stateSize);
			at += layer.stateSize();
		}
	}

	@Override
	public void forward(float[] values, int offset, int steps, int sequences, float[] states, int stateOffset,
			boolean[] restarts) {
		int rows = Kernels.floats(steps, sequences);
		if (rows > capacity) {
			grow(rows);
		}
		input.values = values;
		input.offset = offset;
		int at = stateOffset;
		for (Operation.Lstm layer : recurrent) {
			layer.begin(steps, sequences, states, at, stateSize, restarts);
			at += layer.stateSize();
		}
		forwardRows = rows;
		forwardSequences = sequences;
		for (int row = 0; row < rows;) {
			int count = Math.min(chunk(row), rows - row);
			for (Operation operation : operations) {
				operation.forward(row, count);
			}
			row += count;
		}
	}

	/** @return how many rows the chunk that begins at this row has: whole steps, or a part of one step */
	private int chunk(int row) {
		if (recurrent.length == 0) {
			return CHUNK;
		}
		return forwardSequences <= CHUNK ? CHUNK / forwardSequences * forwardSequences
				: Math.min(CHUNK, forwardSequences - row % forwardSequences);
	}

	/** @return where the chunk begins that ends before this row */
	private int chunkBefore(int end) {
		if (forwardSequences <= CHUNK) {
			int chunk = CHUNK / forwardSequences * forwardSequences;
			return (end - 1) / chunk * chunk;
		}
		int inStep = (end - 1) % forwardSequences;
		return end - 1 - inStep % CHUNK;
	}

	private void grow(int rows) {
		capacity = rows;
		for (Rows each : inner) {
			each.values = new float[Kernels.floats(rows, each.stride)];
		}
		outputs = new float[Kernels.floats(rows, outputStride())];
		outputGradients = new float[outputs.length];
		for (OutputView view : outputViews) {
			view.rows().view(outputs, view.offset(), outputStride());
			view.rows().viewGradients(outputGradients, view.offset(), outputStride());
		}
	}

	@Override
	public float[] outputs() {
		return outputs;
	}

	@Override
	public float[] outputGradients() {
		return outputGradients;
	}

	@Override
	public boolean backward() {
		if (!gradientsAllocated) {
			// not before, since a network that only acts needs none
			inner.forEach(each -> each.gradients = new float[Kernels.floats(CHUNK, each.stride)]);
			gradientsAllocated = true;
		}
		if (recurrent.length > 0) {
			backwardThroughTime();
			return true;
		}
		for (int row = 0; row < forwardRows; row += CHUNK) {
			int count = Math.min(CHUNK, forwardRows - row);
			for (Operation operation : backwardOperations) {
				operation.backward(row, count, row == 0);
			}
		}
		return true;
	}

	/** Chunks from the last to the first. */
	private void backwardThroughTime() {
		for (Operation.Lstm layer : recurrent) {
			layer.beginBackward(CHUNK);
		}
		for (int end = forwardRows; end > 0;) {
			int row = chunkBefore(end);
			for (Operation operation : backwardOperations) {
				operation.backward(row, end - row, end == forwardRows);
			}
			end = row;
		}
	}

	@Override
	public void weightsChanged() {
		for (Operation.Parameterized operation : parameterized) {
			operation.weightsChanged();
		}
	}

	@Override
	public void trainedWeightsChanged() {
		for (Operation.Parameterized operation : trained) {
			operation.weightsChanged();
		}
	}

	@Override
	public Optional<Map<String, byte[]>> archive(NetworkState state) {
		return GraphArchive.entries(configuration, state);
	}

	@Override
	public ComputationGraph graph(NetworkState state) {
		return GraphSnapshot.of(configuration, state);
	}

	@Override
	public String name() {
		return "compiled (" + kernels.tier() + ')';
	}
}
