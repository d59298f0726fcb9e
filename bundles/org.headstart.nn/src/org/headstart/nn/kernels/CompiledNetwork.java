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
 * other rows are computed with it, nor, in a recurrent network, on whether the steps before it came in the same call.
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
	private Operation.Parameterized[] trainedBlocks = {};
	private final Map<String, VertexParameters> vertices = new LinkedHashMap<>();

	private final Rows input;
	private final List<Rows> inner = new ArrayList<>();
	private final List<OutputView> outputViews = new ArrayList<>();
	private final Operation[] operations;
	private final Operation.Lstm[] recurrent;
	private final int stateSize;
	/** The operations of the backward pass, in its order; depends on what is frozen. */
	private Operation[] backwardOperations = {};

	private float[] outputs = {};
	private float[] outputGradients = {};
	private int capacity;
	private int forwardRows = -1;
	private int forwardSequences;
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

	/** Parameters that lie together: of one vertex, or of several heads side by side. */
	private static final class Block {

		final int width;
		final int from;
		final int end;
		/** Where what is trained ends: a block without biases has room for them all the same. */
		final int trainedEnd;
		final List<Columns> columns = new ArrayList<>();
		Operation.Parameterized operation;

		Block(int width, int from, int trainedEnd, int end) {
			this.width = width;
			this.from = from;
			this.trainedEnd = trainedEnd;
			this.end = end;
		}
	}

	/**
	 * Where a tensor is in the flat arrays: rows of parts, each part's columns side by side. A dense vertex has one part, a
	 * layer with long short-term memory one for each gate.
	 */
	private record Place(String parameter, int offset, int rows, int stride, int parts, int partStride, int columns) {

		int length() {
			return rows * parts * columns;
		}

		float[] read(float[] from) {
			float[] values = new float[length()];
			for (int r = 0; r < rows; r++) {
				for (int p = 0; p < parts; p++) {
					System.arraycopy(from, offset + r * stride + p * partStride, values, (r * parts + p) * columns, columns);
				}
			}
			return values;
		}

		void write(float[] to, float[] values) {
			for (int r = 0; r < rows; r++) {
				for (int p = 0; p < parts; p++) {
					System.arraycopy(values, (r * parts + p) * columns, to, offset + r * stride + p * partStride, columns);
				}
			}
		}
	}

	/** Where a vertex's parameters are and how they are trained. */
	private static final class VertexParameters {

		final String name;
		final Block block;
		/** Columns of a head in a block of several. */
		final int out;
		final List<Place> places;
		/** Frozen by a wrapper in the configuration: {@code freeze} cannot release it. */
		final boolean alwaysFrozen;
		boolean frozen;
		float factor = 1;

		VertexParameters(String name, Block block, int out, List<Place> places, boolean alwaysFrozen) {
			this.name = name;
			this.block = block;
			this.out = out;
			this.places = places;
			this.alwaysFrozen = alwaysFrozen;
			frozen = alwaysFrozen;
		}

		List<String> parameters() {
			return places.stream().map(Place::parameter).toList();
		}

		Place place(String parameter) {
			for (Place place : places) {
				if (place.parameter().equals(parameter)) {
					return place;
				}
			}
			throw new IllegalArgumentException(
					"vertex '" + name + "' has no parameter '" + parameter + "'; it has " + parameters());
		}

		void write(float[] to, String parameter, float[] values) {
			Place place = place(parameter);
			if (values.length != place.length()) {
				throw new IllegalArgumentException("parameter '" + parameter + "' of vertex '" + name + "' has " + place.rows()
						+ " x " + place.parts() * place.columns() + " floats, not " + values.length);
			}
			place.write(to, values);
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
		int length = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end;
		weights = new float[length];
		gradients = new float[length];
		boolean adam = optimizer instanceof Optimizer.Adam;
		firstMoments = new float[adam ? length : 0];
		secondMoments = new float[adam ? length : 0];
		operations = buildOperations(headGroups);
		recurrent = Arrays.stream(operations).filter(Operation.Lstm.class::isInstance).toArray(Operation.Lstm[]::new);
		stateSize = Arrays.stream(recurrent).mapToInt(Operation.Lstm::stateSize).sum();
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
		for (int n = 0; n < graph.nodes().size(); n++) {
			if (graph.nodes().get(n) instanceof KnownGraph.Lstm lstm) {
				layOut(lstm);
			}
			if (!(graph.nodes().get(n) instanceof KnownGraph.Dense dense)) {
				continue;
			}
			int feature = dense.inputs().get(0);
			int column = 0;
			Block block;
			if (inGroup(groups, n)) {
				List<Integer> group = groups.get(feature);
				block = blockOfGroup.get(feature);
				if (block == null) {
					block = denseBlock(dense, group.stream().mapToInt(h -> headSizes[h]).sum());
					blockOfGroup.put(feature, block);
				}
				for (int h : group) {
					if (graph.outputs().get(h) == n) {
						column = headOffsets[h] - headOffsets[group.get(0)];
					}
				}
			} else {
				block = denseBlock(dense, dense.size());
			}
			List<Place> places = new ArrayList<>();
			places.add(new Place("W", block.from + column, dense.in(), block.width, 1, 0, dense.size()));
			if (dense.bias()) {
				places.add(new Place("b", biasOffset(block, dense.in()) + column, 1, block.width, 1, 0, dense.size()));
			}
			add(new VertexParameters(dense.name(), block, dense.size(), places, dense.frozen()), column);
		}
	}

	/** A matrix [in][padded out], then its biases. */
	private Block denseBlock(KnownGraph.Dense dense, int out) {
		int width = Kernels.padded(out);
		int from = nextOffset();
		// one row more for the biases, and what stands before: padding may make an array too long that the parameters are not
		int end = Rows.floats(1, from + (dense.in() + 1L) * width);
		Block block = new Block(width, from, dense.bias() ? end : end - width, end);
		blocks.add(block);
		return block;
	}

	private static int biasOffset(Block block, int in) {
		return block.from + in * block.width;
	}

	/** The matrix from the input [in][4 gates, padded], its biases, and the matrix from the layer's own output. */
	private void layOut(KnownGraph.Lstm lstm) {
		int units = lstm.size();
		int gate = Kernels.padded(units);
		int width = 4 * gate;
		int from = nextOffset();
		int end = Rows.floats(1, from + (lstm.in() + 1L + units) * width);
		int recurrentWeights = end - units * width;
		int biases = recurrentWeights - width;
		Block block = new Block(width, from, end, end);
		blocks.add(block);
		add(new VertexParameters(lstm.name(), block, width, List.of(new Place("W", from, lstm.in(), width, 4, gate, units),
				new Place("RW", recurrentWeights, units, width, 4, gate, units), new Place("b", biases, 1, width, 4, gate, units)),
				lstm.frozen()), 0);
	}

	private int nextOffset() {
		return blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).end;
	}

	private void add(VertexParameters parameters, int column) {
		parameters.block.columns.add(new Columns(parameters, column));
		vertices.put(parameters.name, parameters);
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
					int in = ((KnownGraph.Dense) node).in();
					built.add(dense(block, in, out, Nonlinearity.IDENTITY, inputs.get(0), view));
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
			case KnownGraph.Dense dense ->
				dense(vertices.get(dense.name()).block, dense.in(), dense.size(), dense.function(), inputs.get(0), rows);
			case KnownGraph.Lstm lstm -> lstm(lstm, inputs.get(0), rows);
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
				Rows view = new Rows(headSizes[h]);
				outputViews.add(new OutputView(view, headOffsets[h]));
				built.add(new Operation.Map(kernels, Nonlinearity.IDENTITY, 1, 0, rowsOf.get(node), view));
			}
		}
		return built.toArray(Operation[]::new);
	}

	private Operation dense(Block block, int in, int out, Nonlinearity function, Rows from, Rows to) {
		Kernels.DenseKernel kernel = kernels.dense(weights, block.from, biasOffset(block, in), in, out);
		block.operation = new Operation.Dense(kernels, kernel, function, from, to, gradients);
		return block.operation;
	}

	private Operation lstm(KnownGraph.Lstm lstm, Rows from, Rows to) {
		VertexParameters parameters = vertices.get(lstm.name());
		Block block = parameters.block;
		Kernels.DenseKernel input = kernels.dense(weights, block.from, biasOffset(block, lstm.in()), lstm.in(), block.width);
		Kernels.DenseKernel hidden = kernels.dense(weights, parameters.place("RW").offset(), -1, lstm.size(), block.width);
		Operation.Lstm operation = new Operation.Lstm(kernels, input, hidden, lstm.size(), from, to, gradients);
		block.operation = operation;
		return operation;
	}

	/** Works out, after a change of what is frozen or of a factor, what the backward pass and the optimizer have to do. */
	private void planTraining() {
		for (Block block : blocks) {
			block.operation.trainable(block.columns.stream().anyMatch(c -> !c.vertex().frozen));
		}
		trainedBlocks = blocks.stream().map(b -> b.operation).filter(Operation.Parameterized::trainable)
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
			if (uniform) {
				addRange(ranges, first, block.from, block.trainedEnd, factorOf);
				continue;
			}
			for (int row = block.from; row < block.trainedEnd; row += block.width) {
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
		run(values, offset, 1, rows, null, 0, null);
	}

	@Override
	public int stateSize() {
		return stateSize;
	}

	@Override
	public void step(float[] values, int offset, float[] state, int stateOffset, int rows) {
		run(values, offset, 1, rows, state, stateOffset, null);
		int at = stateOffset;
		for (Operation.Lstm layer : recurrent) {
			layer.readStates(state, at, stateSize);
			at += layer.stateSize();
		}
	}

	@Override
	public void forwardSequences(float[] values, int offset, int steps, int sequences, float[] states, boolean[] restarts) {
		run(values, offset, steps, sequences, states, 0, restarts);
	}

	private void run(float[] values, int offset, int steps, int sequences, float[] states, int stateOffset, boolean[] restarts) {
		int rows = Rows.floats(steps, sequences);
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
			each.values = new float[Rows.floats(rows, each.stride)];
		}
		outputs = new float[Rows.floats(rows, outputStride)];
		outputGradients = new float[outputs.length];
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
		if (rows != forwardRows || recurrent.length > 0 && rows != forwardSequences) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + rows + " rows after a forward of " + forwardRows
							+ (forwardRows == forwardSequences ? "" : " rows in " + forwardSequences + " sequences"));
		}
		backward();
	}

	@Override
	public void backwardSequences(int steps, int sequences) {
		if (steps * sequences != forwardRows || recurrent.length > 0 && sequences != forwardSequences) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + steps + " steps of " + sequences + " sequences after a forward of " + forwardRows
							+ " rows in " + forwardSequences + " sequences");
		}
		backward();
	}

	private void backward() {
		if (!gradientsAllocated) {
			// not before, since a network that only acts needs none
			inner.forEach(each -> each.gradients = new float[Rows.floats(CHUNK, each.stride)]);
			gradientsAllocated = true;
		}
		if (forwardRows == 0 || gradientsReplaced) {
			Arrays.fill(gradients, 0);
			gradientsReplaced = false;
		}
		if (recurrent.length > 0) {
			backwardThroughTime();
			return;
		}
		for (int row = 0; row < forwardRows; row += CHUNK) {
			int count = Math.min(CHUNK, forwardRows - row);
			for (Operation operation : backwardOperations) {
				operation.backward(row, count, row == 0);
			}
		}
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
		for (Operation.Parameterized block : trainedBlocks) {
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
		return vertex(vertex).place(parameter).read(weights);
	}

	/**
	 * The gradients of one parameter tensor from the last {@link #backward}.
	 *
	 * @param vertex    a name of {@link #parameterVertices()}
	 * @param parameter a name of {@link #parameters}
	 * @return a copy, row-major
	 */
	public float[] gradient(String vertex, String parameter) {
		return vertex(vertex).place(parameter).read(gradients);
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
		Place place = vertex(vertex).place(parameter);
		int columns = place.parts() * place.columns();
		return parameter.equals("b") ? new int[] { columns } : new int[] { place.rows(), columns };
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
			for (Place place : vertex.places) {
				List<float[]> moments = adam ? List.of(place.read(firstMoments), place.read(secondMoments)) : List.of();
				tensors.add(new NetworkState.Tensor(vertex.name, place.parameter(), parameterShape(vertex.name, place.parameter()),
						place.read(weights), moments));
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
