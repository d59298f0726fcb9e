package org.headstart.nn.kernels;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Network;
import org.headstart.nn.NetworkState;
import org.headstart.api.network.Optimizer;
import org.headstart.nn.dl4j.GraphArchive;
import org.headstart.nn.dl4j.GraphSnapshot;

/**
 * Runs a graph of known layers on {@code float[]}. ND4J is not touched before {@link #graph()}.
 *
 * <p>All weights lie in one flat array, block after block: a matrix [in][padded out], then its biases. The heads on one
 * vertex are one block. Rows go through the whole graph in chunks of {@value #CHUNK}, so that a chunk's activations and
 * gradients stay in the first-level cache; only activations are kept for all rows. A row's outputs do not depend on which
 * other rows are computed with it.
 */
public final class CompiledNetwork implements Network {

	/** Rows a chunk; part of the definition, since gradients are summed chunk by chunk. */
	private static final int CHUNK = 64;

	private final ComputationGraphConfiguration configuration;
	private final Optimizer optimizer;
	private final Kernels kernels;
	private final KnownGraph graph;

	private final List<String> heads = new ArrayList<>();
	private final int[] headSizes;
	private final int[] headOffsets;
	private int outputStride;

	private final float[] weights;
	private final float[] gradients;
	private final float[] firstMoments;
	private final float[] secondMoments;
	private final List<Block> blocks = new ArrayList<>();
	/** The blocks with something to train; an array, since a list's iterator would be allocated in every step. */
	private Operation.Dense[] trainedBlocks = {};
	private final Map<String, VertexParameters> vertices = new LinkedHashMap<>();

	private final Rows input;
	private final List<Rows> inner = new ArrayList<>();
	private final List<OutputView> outputViews = new ArrayList<>();
	private final Operation[] operations;
	/** The operations of the backward pass, in its order; depends on what is frozen. */
	private Operation[] backwardOperations = {};

	private float[] outputs = {};
	private float[] outputGradients = {};
	private int capacity;
	private int forwardRows = -1;
	private boolean gradientsAllocated;
	/** Whether the gradients are somebody else's: a backward pass does not reach all of them. */
	private boolean gradientsReplaced;

	private long steps;
	private final float[] normLanes = new float[Kernels.NORM_LANES];
	/** The optimizer's work. */
	private Range[] trained = {};
	/** What the gradients' norm is taken of. */
	private Range[] measured = {};

	/** A range of the flat arrays with one learning rate factor. */
	private record Range(int from, int to, float factor) {
	}

	/** What to use as a vertex's factor. */
	private interface ToFloat {
		float apply(VertexParameters vertex);
	}

	/** The columns of one vertex in a block. */
	private record Columns(VertexParameters vertex, int from) {
	}

	/** A matrix and its biases, of one vertex or of several heads side by side. */
	private static final class Block {

		final int in;
		final int width;
		final int matrixOffset;
		final int biasOffset;
		final boolean bias;
		final List<Columns> columns = new ArrayList<>();
		Operation.Dense operation;

		Block(int in, int out, int offset, boolean bias) {
			this.in = in;
			width = Kernels.padded(out);
			matrixOffset = offset;
			biasOffset = offset + in * width;
			this.bias = bias;
		}

		int end() {
			return biasOffset + width;
		}
	}

	/** Where a vertex's parameters are and how they are trained. */
	private static final class VertexParameters {

		final String name;
		final Block block;
		final int column;
		final int out;
		/** Frozen by a wrapper in the configuration: {@code freeze} cannot release it. */
		final boolean alwaysFrozen;
		boolean frozen;
		float factor = 1;

		VertexParameters(String name, Block block, int column, int out, boolean alwaysFrozen) {
			this.name = name;
			this.block = block;
			this.column = column;
			this.out = out;
			this.alwaysFrozen = alwaysFrozen;
			frozen = alwaysFrozen;
		}

		List<String> parameters() {
			return block.bias ? List.of("W", "b") : List.of("W");
		}

		int rows(String parameter) {
			return switch (parameter) {
			case "W" -> block.in;
			case "b" -> {
				if (!block.bias) {
					throw new IllegalArgumentException("vertex '" + name + "' has no biases");
				}
				yield 1;
			}
			default -> throw new IllegalArgumentException(
					"vertex '" + name + "' has no parameter '" + parameter + "'; it has " + parameters());
			};
		}

		int offset(String parameter) {
			return (parameter.equals("W") ? block.matrixOffset : block.biasOffset) + column;
		}

		float[] read(float[] from, String parameter) {
			int rows = rows(parameter);
			float[] values = new float[rows * out];
			for (int r = 0; r < rows; r++) {
				System.arraycopy(from, offset(parameter) + r * block.width, values, r * out, out);
			}
			return values;
		}

		void write(float[] to, String parameter, float[] values) {
			int rows = rows(parameter);
			if (values.length != rows * out) {
				throw new IllegalArgumentException("parameter '" + parameter + "' of vertex '" + name + "' has " + rows + " x "
						+ out + " floats, not " + values.length);
			}
			for (int r = 0; r < rows; r++) {
				System.arraycopy(values, r * out, to, offset(parameter) + r * block.width, out);
			}
		}
	}

	/** A part of the output block, and the rows that view it. */
	private record OutputView(Rows rows, int offset) {
	}

	/**
	 * Compiles a graph; all weights are zero.
	 *
	 * @param configuration what {@link #graph()} builds
	 * @param graph         what is known of it
	 * @param headNames     a name for each of its outputs
	 * @param optimizer     how gradients become steps
	 * @param kernels       what computes
	 */
	public CompiledNetwork(ComputationGraphConfiguration configuration, KnownGraph graph, List<String> headNames,
			Optimizer optimizer, Kernels kernels) {
		this.configuration = configuration;
		this.graph = graph;
		this.optimizer = optimizer;
		this.kernels = kernels;
		heads.addAll(headNames);
		headSizes = new int[heads.size()];
		headOffsets = new int[heads.size()];
		input = new Rows(graph.inputSize());
		input.stride = graph.inputSize();

		Map<Integer, List<Integer>> headGroups = groupHeads();
		layOutHeads(headGroups);
		layOutBlocks(headGroups);
		int length = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end();
		weights = new float[length];
		gradients = new float[length];
		boolean adam = optimizer instanceof Optimizer.Adam;
		firstMoments = new float[adam ? length : 0];
		secondMoments = new float[adam ? length : 0];
		operations = buildOperations(headGroups);
		planTraining();
	}

	/**
	 * Heads that nothing else reads and that are dense without activation, by the node they stand on: each group becomes
	 * one block that writes straight into the output block.
	 *
	 * @return output indices by node
	 */
	private Map<Integer, List<Integer>> groupHeads() {
		Map<Integer, Integer> readers = graph.readers();
		Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
		Set<Integer> seen = new LinkedHashSet<>();
		for (int h = 0; h < graph.outputs().size(); h++) {
			int node = graph.outputs().get(h);
			if (graph.nodes().get(node) instanceof KnownGraph.Dense dense && dense.function() == Nonlinearity.IDENTITY
					&& !readers.containsKey(node) && seen.add(node)) {
				List<Integer> group = groups.computeIfAbsent(dense.inputs().get(0), n -> new ArrayList<>());
				if (group.isEmpty() || head(group.get(0)).bias() == dense.bias()) {
					group.add(h);
				}
			}
		}
		return groups;
	}

	private KnownGraph.Dense head(int output) {
		return (KnownGraph.Dense) graph.nodes().get(graph.outputs().get(output));
	}

	private void layOutHeads(Map<Integer, List<Integer>> groups) {
		boolean[] placed = new boolean[heads.size()];
		for (List<Integer> group : groups.values()) {
			int offset = outputStride;
			for (int h : group) {
				headSizes[h] = head(h).size();
				headOffsets[h] = offset;
				offset += headSizes[h];
				placed[h] = true;
			}
			outputStride = Kernels.padded(offset);
		}
		for (int h = 0; h < placed.length; h++) {
			if (!placed[h]) {
				headSizes[h] = graph.nodes().get(graph.outputs().get(h)).size();
				headOffsets[h] = outputStride;
				outputStride += Kernels.padded(headSizes[h]);
			}
		}
	}

	private void layOutBlocks(Map<Integer, List<Integer>> groups) {
		Map<Integer, Block> blockOfGroup = new LinkedHashMap<>();
		int end = 0;
		for (int n = 0; n < graph.nodes().size(); n++) {
			if (!(graph.nodes().get(n) instanceof KnownGraph.Dense dense)) {
				continue;
			}
			int feature = dense.inputs().get(0);
			int column = 0;
			Block block = null;
			if (inGroup(groups, n)) {
				List<Integer> group = groups.get(feature);
				block = blockOfGroup.get(feature);
				if (block == null) {
					int out = group.stream().mapToInt(h -> headSizes[h]).sum();
					block = new Block(dense.in(), out, end, dense.bias());
					blockOfGroup.put(feature, block);
					blocks.add(block);
					end = block.end();
				}
				for (int h : group) {
					if (graph.outputs().get(h) == n) {
						column = headOffsets[h] - headOffsets[group.get(0)];
					}
				}
			} else {
				block = new Block(dense.in(), dense.size(), end, dense.bias());
				blocks.add(block);
				end = block.end();
			}
			VertexParameters parameters = new VertexParameters(dense.name(), block, column, dense.size(), dense.frozen());
			block.columns.add(new Columns(parameters, column));
			vertices.put(dense.name(), parameters);
		}
	}

	private boolean inGroup(Map<Integer, List<Integer>> groups, int node) {
		return groups.values().stream().flatMap(List::stream).anyMatch(h -> graph.outputs().get(h) == node);
	}

	private Operation[] buildOperations(Map<Integer, List<Integer>> groups) {
		List<Operation> built = new ArrayList<>();
		Map<Integer, Rows> rowsOf = new LinkedHashMap<>();
		rowsOf.put(KnownGraph.INPUT, input);
		for (int n = 0; n < graph.nodes().size(); n++) {
			KnownGraph.Node node = graph.nodes().get(n);
			List<Rows> inputs = node.inputs().stream().map(rowsOf::get).toList();
			if (inGroup(groups, n)) {
				Block block = vertices.get(node.name()).block;
				if (block.operation == null) {
					List<Integer> group = groups.get(node.inputs().get(0));
					int out = group.stream().mapToInt(h -> headSizes[h]).sum();
					Rows view = new Rows(out);
					outputViews.add(new OutputView(view, headOffsets[group.get(0)]));
					built.add(dense(block, out, Nonlinearity.IDENTITY, inputs.get(0), view));
				}
				continue;
			}
			Rows rows = new Rows(node.size());
			inner.add(rows);
			rowsOf.put(n, rows);
			built.add(switch (node) {
			case KnownGraph.Dense dense ->
				dense(vertices.get(dense.name()).block, dense.size(), dense.function(), inputs.get(0), rows);
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
				Rows view = new Rows(headSizes[h]);
				outputViews.add(new OutputView(view, headOffsets[h]));
				built.add(new Operation.Map(kernels, Nonlinearity.IDENTITY, 1, 0, rowsOf.get(node), view));
			}
		}
		return built.toArray(Operation[]::new);
	}

	private Operation.Dense dense(Block block, int out, Nonlinearity function, Rows from, Rows to) {
		Kernels.DenseKernel kernel = kernels.dense(weights, block.matrixOffset, block.biasOffset, block.in, out);
		block.operation = new Operation.Dense(kernels, kernel, function, from, to, gradients);
		return block.operation;
	}

	/** Works out, after a change of what is frozen or of a factor, what the backward pass and the optimizer have to do. */
	private void planTraining() {
		for (Block block : blocks) {
			block.operation.trainable = block.columns.stream().anyMatch(c -> !c.vertex().frozen);
		}
		trainedBlocks = blocks.stream().map(b -> b.operation).filter(o -> o.trainable).toArray(Operation.Dense[]::new);
		input.gradientNeeded = false;
		for (Operation operation : operations) {
			operation.output().gradientNeeded = operation.inputs().stream().anyMatch(r -> r.gradientNeeded)
					|| operation instanceof Operation.Dense dense && dense.trainable;
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
		planOptimizer();
		forwardRows = -1;
		// what is frozen, or leads to no output, must not keep gradients of an earlier plan
		Arrays.fill(gradients, 0);
		gradientsReplaced = false;
	}

	private void planOptimizer() {
		trained = ranges(vertex -> vertex.factor).toArray(Range[]::new);
		// apart from the factors, since a norm must not depend on how its sum is cut into ranges for them
		measured = ranges(vertex -> 1f).toArray(Range[]::new);
	}

	/** @return the fewest ranges that hold all that is not frozen, each with one factor */
	private List<Range> ranges(ToFloat factorOf) {
		List<Range> ranges = new ArrayList<>();
		for (Block block : blocks) {
			VertexParameters first = block.columns.get(0).vertex();
			boolean uniform = block.columns.stream().map(Columns::vertex)
					.allMatch(v -> v.frozen == first.frozen && factorOf.apply(v) == factorOf.apply(first));
			int end = block.bias ? block.end() : block.biasOffset;
			if (uniform) {
				addRange(ranges, first, block.matrixOffset, end, factorOf);
				continue;
			}
			for (int row = block.matrixOffset; row < end; row += block.width) {
				for (Columns columns : block.columns) {
					int from = row + columns.from();
					addRange(ranges, columns.vertex(), from, from + columns.vertex().out, factorOf);
				}
			}
		}
		return ranges;
	}

	private static void addRange(List<Range> ranges, VertexParameters vertex, int from, int to, ToFloat factorOf) {
		if (vertex.frozen) {
			return;
		}
		Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
		if (last != null && last.to() == from && last.factor() == factorOf.apply(vertex)) {
			ranges.set(ranges.size() - 1, new Range(last.from(), to, last.factor()));
		} else {
			ranges.add(new Range(from, to, factorOf.apply(vertex)));
		}
	}

	@Override
	public int inputSize() {
		return graph.inputSize();
	}

	@Override
	public List<String> heads() {
		return List.copyOf(heads);
	}

	@Override
	public int headSize(int head) {
		return headSizes[head];
	}

	@Override
	public int headOffset(int head) {
		return headOffsets[head];
	}

	@Override
	public int outputStride() {
		return outputStride;
	}

	@Override
	public void forward(float[] values, int offset, int rows) {
		if (rows > capacity) {
			grow(rows);
		}
		input.values = values;
		input.offset = offset;
		for (int row = 0; row < rows; row += CHUNK) {
			int count = Math.min(CHUNK, rows - row);
			for (Operation operation : operations) {
				operation.forward(row, count);
			}
		}
		forwardRows = rows;
	}

	private void grow(int rows) {
		capacity = rows;
		for (Rows each : inner) {
			each.values = new float[rows * each.stride];
		}
		outputs = new float[rows * outputStride];
		outputGradients = new float[rows * outputStride];
		for (OutputView view : outputViews) {
			view.rows().view(outputs, view.offset(), outputStride);
			view.rows().viewGradients(outputGradients, view.offset(), outputStride);
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
	public void backward(int rows) {
		if (rows != forwardRows) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + rows + " rows after a forward of " + forwardRows);
		}
		if (!gradientsAllocated) {
			// not before, since a network that only acts needs none
			inner.forEach(each -> each.gradients = new float[CHUNK * each.stride]);
			gradientsAllocated = true;
		}
		if (rows == 0 || gradientsReplaced) {
			Arrays.fill(gradients, 0);
			gradientsReplaced = false;
		}
		for (int row = 0; row < rows; row += CHUNK) {
			int count = Math.min(CHUNK, rows - row);
			for (Operation operation : backwardOperations) {
				operation.backward(row, count, row == 0);
			}
		}
	}

	@Override
	public double gradientSquaredNorm() {
		double sum = 0;
		for (Range range : measured) {
			sum += kernels.squaredNorm(gradients, range.from(), range.to(), normLanes);
		}
		return sum;
	}

	@Override
	public void update(float gradientScale, float learningRate) {
		steps++;
		switch (optimizer) {
		case Optimizer.Adam adam -> {
			double alpha = AdamStep.rate(adam, steps) * learningRate;
			for (Range range : trained) {
				kernels.adam(weights, gradients, firstMoments, secondMoments, range.from(), range.to(), gradientScale,
						(float) (alpha * range.factor()), (float) adam.beta1(), (float) adam.beta2(), (float) adam.epsilon());
			}
		}
		case Optimizer.Sgd descent -> {
			for (Range range : trained) {
				kernels.gradientDescent(weights, gradients, range.from(), range.to(), gradientScale,
						learningRate * range.factor());
			}
		}
		}
		for (Operation.Dense block : trainedBlocks) {
			block.weightsChanged();
		}
	}

	@Override
	public void freeze(Predicate<String> chosen) {
		vertices.values().forEach(v -> v.frozen = v.alwaysFrozen || chosen.test(v.name));
		planTraining();
	}

	@Override
	public void setLearningRateFactor(Predicate<String> chosen, float factor) {
		if (!(factor >= 0)) {
			throw new IllegalArgumentException("a learning rate factor must be at least 0, is " + factor);
		}
		vertices.values().stream().filter(v -> chosen.test(v.name)).forEach(v -> v.factor = factor);
		planOptimizer();
	}

	@Override
	public void resetOptimizer() {
		steps = 0;
		Arrays.fill(firstMoments, 0);
		Arrays.fill(secondMoments, 0);
	}

	@Override
	public List<String> parameterVertices() {
		return List.copyOf(vertices.keySet());
	}

	@Override
	public Set<String> frozenVertices() {
		Set<String> frozen = new LinkedHashSet<>();
		vertices.values().stream().filter(v -> v.frozen).forEach(v -> frozen.add(v.name));
		return frozen;
	}

	private VertexParameters vertex(String name) {
		VertexParameters vertex = vertices.get(name);
		if (vertex == null) {
			throw new IllegalArgumentException("no vertex '" + name + "' with parameters; there are " + vertices.keySet());
		}
		return vertex;
	}

	@Override
	public float[] parameter(String vertex, String parameter) {
		return vertex(vertex).read(weights, parameter);
	}

	/**
	 * The gradients of one parameter tensor from the last {@link #backward}.
	 *
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter {@code "W"} or {@code "b"}
	 * @return a copy, row-major
	 */
	public float[] gradient(String vertex, String parameter) {
		return vertex(vertex).read(gradients, parameter);
	}

	@Override
	public void setParameter(String vertex, String parameter, float[] values) {
		VertexParameters parameters = vertex(vertex);
		parameters.write(weights, parameter, values);
		parameters.block.operation.weightsChanged();
	}

	@Override
	public List<String> parameters(String vertex) {
		return vertex(vertex).parameters();
	}

	@Override
	public int[] parameterShape(String vertex, String parameter) {
		int rows = vertex(vertex).rows(parameter);
		int out = vertex(vertex).out;
		return parameter.equals("W") ? new int[] { rows, out } : new int[] { out };
	}

	@Override
	public int parameterVectorSize() {
		return weights.length;
	}

	private void requireVector(float[] vector) {
		if (vector.length != weights.length) {
			throw new IllegalArgumentException(
					"a parameter vector of this network has " + weights.length + " floats, not " + vector.length);
		}
	}

	@Override
	public void copyParameters(float[] to) {
		requireVector(to);
		System.arraycopy(weights, 0, to, 0, weights.length);
	}

	@Override
	public void setParameters(float[] from) {
		requireVector(from);
		System.arraycopy(from, 0, weights, 0, weights.length);
		weightsChanged();
	}

	@Override
	public void copyGradients(float[] to) {
		requireVector(to);
		Arrays.fill(to, 0);
		for (Range range : measured) {
			System.arraycopy(gradients, range.from(), to, range.from(), range.to() - range.from());
		}
	}

	@Override
	public void setGradients(float[] from) {
		requireVector(from);
		System.arraycopy(from, 0, gradients, 0, gradients.length);
		gradientsReplaced = true;
	}

	private void weightsChanged() {
		for (int b = 0; b < blocks.size(); b++) {
			blocks.get(b).operation.weightsChanged();
		}
	}

	private NetworkState state() {
		List<NetworkState.Vertex> states = new ArrayList<>();
		List<NetworkState.Tensor> tensors = new ArrayList<>();
		boolean adam = optimizer instanceof Optimizer.Adam;
		for (VertexParameters vertex : vertices.values()) {
			states.add(new NetworkState.Vertex(vertex.name, vertex.frozen, vertex.factor));
			for (String parameter : vertex.parameters()) {
				List<float[]> moments = adam
						? List.of(vertex.read(firstMoments, parameter), vertex.read(secondMoments, parameter))
						: List.of();
				tensors.add(new NetworkState.Tensor(vertex.name, parameter, parameterShape(vertex.name, parameter),
						vertex.read(weights, parameter), moments));
			}
		}
		return new NetworkState(steps, states, tensors);
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		state().write(out);
	}

	@Override
	public void readState(DataInput in) throws IOException {
		NetworkState state = NetworkState.read(in);
		state.requireSameTensors(state());
		for (NetworkState.Tensor tensor : state.tensors()) {
			VertexParameters vertex = vertex(tensor.vertex());
			vertex.write(weights, tensor.parameter(), tensor.values());
			if (optimizer instanceof Optimizer.Adam) {
				vertex.write(firstMoments, tensor.parameter(), tensor.moments().get(0));
				vertex.write(secondMoments, tensor.parameter(), tensor.moments().get(1));
			}
		}
		for (NetworkState.Vertex vertex : state.vertices()) {
			vertex(vertex.name()).frozen = vertex.frozen();
			vertex(vertex.name()).factor = vertex.learningRateFactor();
		}
		steps = state.optimizerSteps();
		weightsChanged();
		planTraining();
	}

	/** @return the entries of the graph's DL4J archive, where they can be written without ND4J */
	public Optional<Map<String, byte[]>> archive() {
		return GraphArchive.entries(configuration, state());
	}

	@Override
	public ComputationGraph graph() {
		return GraphSnapshot.of(configuration, state());
	}

	@Override
	public String executor() {
		return "compiled (" + kernels.tier() + ')';
	}
}
