package org.headstart.nn.internal.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Input;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Stage;
import org.headstart.nn.internal.compiled.CompiledLayout.Block;
import org.headstart.nn.internal.dl4j.GraphArchive;
import org.headstart.nn.internal.dl4j.GraphSnapshot;
import org.headstart.nn.internal.graph.KnownGraph;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.kernels.Nonlinearity;
import org.headstart.nn.internal.state.NetworkState;
import org.headstart.nn.internal.training.NetworkBackend;
import org.headstart.nn.internal.training.NetworkParameters;

/**
 * Runs a graph of known layers on {@code float[]}. ND4J is not touched before {@link #graph}.
 *
 * <p>Rows go through the whole graph in chunks of {@value #CHUNK}, so that a chunk's activations and gradients stay in the
 * first-level cache; only activations are kept for all rows. A row's outputs do not depend on which other rows are computed with
 * it, nor, in a recurrent network, on whether the steps before it came in the same call. Neither pass allocates after warm-up.
 */
public final class CompiledBackend implements NetworkBackend {

	/** Rows a chunk; part of the definition, since gradients are summed chunk by chunk. */
	private static final int CHUNK = 64;

	private final ComputationGraphConfiguration configuration;
	private final Kernels kernels;
	private final KnownGraph graph;
	private final List<String> heads;
	private final Optimizer optimizer;
	private final CompiledLayout layout;
	private final NetworkParameters parameters;

	private final Rows[] inputs;
	/** Parallel to the inputs; null for those of floats. */
	private final Operation.Bytes[] byteInputs;
	private final List<Rows> inner = new ArrayList<>();
	/** The rows of each vertex that can be a stage. */
	private final Map<String, Rows> rowsOfVertex = new LinkedHashMap<>();
	private final List<OutputView> outputViews = new ArrayList<>();
	private final Operation[] operations;
	/** The operation of each block, all and those with something to train; arrays, since an iterator would be allocated. */
	private final Map<Block, Operation.Parameterized> operationOfBlock = new LinkedHashMap<>();
	private final Operation.Parameterized[] parameterized;
	private Operation.Parameterized[] trained = {};
	private final Operation.Lstm[] recurrent;
	private final int stateSize;
	private final Map<String, CompiledStage> stages = new LinkedHashMap<>();
	/** Stages that are given gradients. */
	private CompiledStage[] given = {};
	/** The backward pass to the parameters; depends on what is frozen. */
	private Operation.Task[] toParameters = {};
	/** The one to the inputs; null as long as nobody asked for it. */
	private Operation.Task[] toInputs;
	/** Where the last forward began; null for the inputs. */
	private CompiledStage begin;

	private float[] outputs = {};
	private float[] outputGradients = {};
	private int capacity;
	private int forwardRows;
	private int forwardSequences;
	private boolean gradientsAllocated;

	/** A part of the output block, and the rows that view it. */
	private record OutputView(Rows rows, int offset) {}

	private final class CompiledStage implements Stage {

		private final String vertex;
		private final Rows rows;
		/** What depends on it. */
		private final Operation[] operations;
		/** Whether that reads nothing else. */
		private final boolean cut;
		private Operation.Task[] toParameters;
		/** Null as long as nobody gives any. */
		private float[] gradients;

		CompiledStage(String vertex, Rows rows) {
			this.vertex = vertex;
			this.rows = rows;
			Set<Rows> depending = new LinkedHashSet<>(Set.of(rows));
			List<Operation> after = new ArrayList<>();
			for (Operation operation : CompiledBackend.this.operations) {
				if (operation.inputs().stream().anyMatch(depending::contains)) {
					depending.add(operation.output());
					after.add(operation);
				}
			}
			operations = after.toArray(Operation[]::new);
			cut = after.stream().allMatch(operation -> depending.containsAll(operation.inputs()));
		}

		@Override
		public String vertex() {
			return vertex;
		}

		@Override
		public int size() {
			return rows.size;
		}

		@Override
		public int stride() {
			return rows.stride;
		}

		@Override
		public float[] activations() {
			return rows.values;
		}

		@Override
		public float[] gradients() {
			if (gradients == null) {
				growGradients();
				given = Arrays.copyOf(given, given.length + 1);
				given[given.length - 1] = this;
				planBackward();
			}
			return gradients;
		}

		void growGradients() {
			gradients = new float[Kernels.floats(capacity, rows.width)];
			rows.viewGradients(gradients, 0, rows.width);
		}
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
	public CompiledBackend(ComputationGraphConfiguration configuration, KnownGraph graph, List<String> headNames,
			Optimizer optimizer, Kernels kernels) {
		this.configuration = configuration;
		this.graph = graph;
		this.kernels = kernels;
		heads = List.copyOf(headNames);
		this.optimizer = optimizer;
		layout = new CompiledLayout(graph);
		parameters = new NetworkParameters(layout, graph.wrappedAsFrozen()::contains, optimizer, kernels);
		inputs = graph.inputs().stream().map(input -> new Rows(input.size())).toArray(Rows[]::new);
		byteInputs = new Operation.Bytes[inputs.length];
		operations = buildOperations();
		parameterized = operationOfBlock.values().toArray(Operation.Parameterized[]::new);
		recurrent = Arrays.stream(operations).filter(Operation.Lstm.class::isInstance).toArray(Operation.Lstm[]::new);
		stateSize = Arrays.stream(recurrent).mapToInt(Operation.Lstm::stateSize).sum();
		frozenChanged();
	}

	private Operation[] buildOperations() {
		List<Operation> built = new ArrayList<>();
		Map<Integer, Rows> rowsOf = new LinkedHashMap<>();
		for (int i = 0; i < inputs.length; i++) {
			rowsOf.put(KnownGraph.input(i), inputs[i]);
			if (graph.inputs().get(i).bytes()) {
				byteInputs[i] = new Operation.Bytes(inputs[i]);
				inner.add(inputs[i]);
				built.add(byteInputs[i]);
			}
		}
		for (int n = 0; n < graph.nodes().size(); n++) {
			KnownGraph.Node node = graph.nodes().get(n);
			List<Rows> from = node.inputs().stream().map(rowsOf::get).toList();
			if (layout.isGroupedHead(n)) {
				Block block = layout.block(node.name());
				if (!operationOfBlock.containsKey(block)) {
					Rows view = new Rows(block.out);
					outputViews.add(new OutputView(view, layout.groupOffset(node.inputs().get(0))));
					built.add(dense(block, Nonlinearity.IDENTITY, from.get(0), view));
				}
				continue;
			}
			if (node instanceof KnownGraph.Same) {
				rowsOf.put(n, from.get(0));
				continue;
			}
			Rows rows = new Rows(node.size());
			inner.add(rows);
			rowsOf.put(n, rows);
			rowsOfVertex.put(node.name(), rows);
			built.add(switch (node) {
				case KnownGraph.Dense dense -> dense(layout.block(dense.name()), dense.function(), from.get(0), rows);
				case KnownGraph.Lstm lstm -> lstm(layout.block(lstm.name()), lstm.size(), from.get(0), rows);
				case KnownGraph.Same same -> throw new IllegalStateException(same.name());
				case KnownGraph.Activation a -> new Operation.Map(kernels, a.function(), 1, 0, from.get(0), rows);
				case KnownGraph.Affine a -> new Operation.Map(kernels, Nonlinearity.IDENTITY, a.factor(), a.shift(), from.get(0),
						rows);
				case KnownGraph.Merge m -> new Operation.Merge(from, rows);
				case KnownGraph.ElementWise e -> new Operation.ElementWise(e.operation(), from, rows);
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

	@Override
	public void frozenChanged() {
		trained = operationOfBlock.entrySet().stream().filter(each -> each.getKey().trained(parameters)).map(Map.Entry::getValue)
				.toArray(Operation.Parameterized[]::new);
		planBackward();
	}

	/** Works out what the backward passes have to do. */
	private void planBackward() {
		toParameters = plan(List.of(), Set.of(trained), operations);
		if (toInputs != null) {
			planToInputs();
		}
		stages.values().forEach(stage -> stage.toParameters = null);
	}

	private void planToInputs() {
		toInputs = plan(List.of(inputs), Set.of(), operations);
	}

	/**
	 * A backward pass from the heads and the stages that are given gradients.
	 *
	 * @param targets    rows whose gradients are asked for
	 * @param parameters operations whose parameters' gradients are asked for
	 * @param within     the operations that it goes through, in their order
	 * @return its tasks, in their order
	 */
	private Operation.Task[] plan(List<Rows> targets, Set<? extends Operation> parameters, Operation[] within) {
		Set<Rows> needed = new HashSet<>(targets);
		for (Operation operation : within) {
			if (parameters.contains(operation) || operation.inputs().stream().anyMatch(needed::contains)) {
				needed.add(operation.output());
			}
		}
		Set<Rows> reached = new HashSet<>();
		outputViews.forEach(view -> reached.add(view.rows()));
		for (CompiledStage stage : given) {
			reached.add(stage.rows);
		}
		List<Operation.Task> tasks = new ArrayList<>();
		for (int i = within.length - 1; i >= 0; i--) {
			Operation operation = within[i];
			if (!needed.contains(operation.output()) || !reached.contains(operation.output())) {
				continue;
			}
			boolean[] ask = new boolean[operation.inputs().size()];
			boolean[] accumulate = new boolean[ask.length];
			for (int k = 0; k < ask.length; k++) {
				ask[k] = needed.contains(operation.inputs().get(k));
				accumulate[k] = ask[k] && !reached.add(operation.inputs().get(k));
			}
			tasks.add(new Operation.Task(operation, parameters.contains(operation), ask, accumulate));
		}
		return tasks.toArray(Operation.Task[]::new);
	}

	@Override
	public NetworkParameters parameters() {
		return parameters;
	}

	@Override
	public List<Input> inputs() {
		return graph.inputs();
	}

	@Override
	public void input(int input, float[] values, int offset, int stride) {
		inputs[input].view(values, offset, stride);
	}

	@Override
	public void input(int input, byte[] values, int offset, int stride) {
		byteInputs[input].read(values, offset, stride);
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
	public void training(boolean on) {
		// none of the known layers differs
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
	public void forward(int steps, int sequences, float[] states, int stateOffset, boolean[] restarts) {
		int rows = Kernels.floats(steps, sequences);
		if (rows > capacity) {
			grow(rows);
		}
		begin = null;
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
		if (toInputs != null) {
			growInputGradients();
		}
		for (CompiledStage stage : given) {
			stage.growGradients();
		}
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

	private void growInputGradients() {
		for (Rows input : inputs) {
			input.viewGradients(new float[Kernels.floats(capacity, input.width)], 0, input.width);
		}
	}

	@Override
	public Stage stage(String vertex) {
		CompiledStage stage = stages.get(vertex);
		if (stage == null) {
			Rows rows = rowsOfVertex.get(vertex);
			if (rows == null) {
				throw new IllegalArgumentException("there is no vertex '" + vertex + "' to look at; there are " + rowsOfVertex.keySet());
			}
			stage = new CompiledStage(vertex, rows);
			stages.put(vertex, stage);
		}
		return stage;
	}

	@Override
	public void forwardFrom(Stage stage, int rows) {
		CompiledStage from = (CompiledStage) stage;
		if (stages.get(from.vertex) != from) {
			throw new IllegalArgumentException("'" + from.vertex + "' is a stage of another network");
		}
		if (rows > (from.cut ? capacity : forwardRows)) {
			throw new IllegalArgumentException("from '" + from.vertex + "' on there are " + (from.cut ? capacity : forwardRows)
					+ " rows, not " + rows + ": a forward of so many comes first");
		}
		begin = from;
		forwardRows = rows;
		for (int row = 0; row < rows; row += CHUNK) {
			int count = Math.min(CHUNK, rows - row);
			for (Operation operation : from.operations) {
				operation.forward(row, count);
			}
		}
	}

	@Override
	public boolean backward(boolean add) {
		if (begin == null) {
			backward(toParameters, add);
		} else {
			if (begin.toParameters == null) {
				begin.toParameters = plan(List.of(), Set.of(trained), begin.operations);
			}
			backward(begin.toParameters, add);
		}
		return true;
	}

	@Override
	public void backwardToInputs() {
		if (begin != null) {
			throw new IllegalStateException("the last forward began at '" + begin.vertex + "', behind the inputs");
		}
		if (toInputs == null) {
			planToInputs();
			growInputGradients();
		}
		backward(toInputs, true);
	}

	@Override
	public float[] inputGradients(int input) {
		return inputs[input].gradients;
	}

	@Override
	public int inputGradientStride(int input) {
		return inputs[input].gradientStride();
	}

	private void backward(Operation.Task[] tasks, boolean add) {
		if (!gradientsAllocated) {
			// not before, since a network that only acts needs none
			for (Rows each : inner) {
				each.reserveGradients(CHUNK);
			}
			gradientsAllocated = true;
		}
		if (recurrent.length > 0) {
			backwardThroughTime(tasks, add);
		} else {
			for (int row = 0; row < forwardRows; row += CHUNK) {
				int count = Math.min(CHUNK, forwardRows - row);
				for (Operation.Task task : tasks) {
					task.operation().backward(task, row, count, row == 0 && !add);
				}
			}
		}
		for (CompiledStage stage : given) {
			Arrays.fill(stage.gradients, 0, forwardRows * stage.rows.width, 0);
		}
	}

	/** Chunks from the last to the first. */
	private void backwardThroughTime(Operation.Task[] tasks, boolean add) {
		for (Operation.Lstm layer : recurrent) {
			layer.beginBackward(CHUNK);
		}
		for (int end = forwardRows; end > 0;) {
			int row = chunkBefore(end);
			for (Operation.Task task : tasks) {
				task.operation().backward(task, row, end - row, end == forwardRows && !add);
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
	public NetworkBackend copy() {
		return new CompiledBackend(configuration, graph, heads, optimizer, kernels);
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
