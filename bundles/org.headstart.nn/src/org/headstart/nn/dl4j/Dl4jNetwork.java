package org.headstart.nn.dl4j;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Network;
import org.headstart.lib.dl4j.Nd4jStartup;
import org.headstart.nn.NetworkState;
import org.headstart.api.network.Optimizer;
import org.headstart.nn.kernels.AdamStep;
import org.headstart.nn.kernels.Kernels;
import org.headstart.nn.kernels.KnownGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Runs any graph with DL4J. DL4J computes outputs and gradients; freezing, learning rate factors and the optimizer are
 * Headstart's, the same as in the compiled executor.
 *
 * <p>{@link #forward} runs the graph as for inference: dropout does nothing, batch normalisation uses its running
 * statistics. When the graph has layers that behave differently in training, {@link #backward} runs it once more in
 * training mode before it back-propagates; what those layers draw at random comes from ND4J's generator, seeded by the
 * number of steps, so it is the same in a resumed run. Unlike the compiled executor this one allocates in every call.
 */
public final class Dl4jNetwork implements Network {

	private final ComputationGraphConfiguration configuration;
	private final StatefulGraph graph;
	private final FlatLayout layout;
	private final Optimizer optimizer;
	private final Kernels kernels;
	private final String reason;
	private final int inputSize;
	private final List<String> heads;
	private final int[] headSizes;
	private final int[] headOffsets;
	private final int outputStride;
	private final boolean trainingDiffers;

	/** The recurrent layers in the graph's order; with any of them, the graph reads sequences. */
	private final List<RecurrentState> recurrent = new ArrayList<>();
	private int stateSize;

	/** In DL4J's order, as all flat arrays here. */
	private final float[] weights;
	private float[] gradients;
	private final float[] firstMoments;
	private final float[] secondMoments;
	private final Map<String, VertexState> vertices = new LinkedHashMap<>();
	private long steps;
	private List<Range> ranges = List.of();
	/** Parameters that DL4J changes by itself, such as running means: it gives their change as a gradient. */
	private List<Range> ownRanges = List.of();

	private INDArray input;
	/** What the input stands for. */
	private Runs runs = Runs.rows(0);
	private int forwardRows = -1;
	private int forwardSequences;
	private float[] outputs = {};
	private float[] outputGradients = {};
	private final float[] normLanes = new float[Kernels.NORM_LANES];

	private static final class VertexState {
		final boolean alwaysFrozen;
		boolean frozen;
		float factor = 1;

		VertexState(boolean alwaysFrozen) {
			this.alwaysFrozen = alwaysFrozen;
			frozen = alwaysFrozen;
		}
	}

	private record Range(int from, int to, float factor) {
	}

	/** What one recurrent layer keeps from step to step: DL4J's names and sizes of it. */
	private record RecurrentState(RecurrentLayer layer, List<String> keys, List<Integer> sizes) {
	}

	/** A graph that can run from other states than zero, and be back-propagated through afterwards. */
	private static final class StatefulGraph extends ComputationGraph {

		private static final long serialVersionUID = 1;

		StatefulGraph(ComputationGraphConfiguration configuration) {
			super(configuration);
		}

		Map<String, INDArray> feedForwardFromStates(INDArray sequences, boolean training) {
			INDArray[] all = { sequences };
			setInputs(all);
			return ffToLayerActivationsDetached(training, FwdPassType.RNN_ACTIVATE_WITH_STORED_STATE, true, vertices.length - 1,
					null, all, null, null, false);
		}
	}

	/**
	 * Sequences, cut where they restart: runs that DL4J computes side by side, all made as long as the longest. What is behind a
	 * run's end is ignored and has no gradient.
	 *
	 * @param count  how many runs
	 * @param length steps of the longest
	 * @param run    the run of each row
	 * @param step   the step in its run of each row
	 * @param first  whose state each run begins with: a sequence, or −1 for zero
	 */
	private record Runs(int count, int length, int[] run, int[] step, int[] first) {

		/** Every row is a run. */
		static Runs rows(int rows) {
			return of(1, rows, false, null);
		}

		static Runs of(int steps, int sequences, boolean states, boolean[] restarts) {
			int[] run = new int[steps * sequences];
			int[] step = new int[steps * sequences];
			int[] first = new int[steps * sequences];
			int count = 0;
			int length = steps * sequences == 0 ? 0 : 1;
			for (int s = 0; s < sequences; s++) {
				for (int t = 0; t < steps; t++) {
					int row = t * sequences + s;
					boolean restart = restarts != null && restarts[row];
					if (t == 0 || restart) {
						first[count] = t == 0 && states && !restart ? s : -1;
						run[row] = count++;
					} else {
						run[row] = run[row - sequences];
						step[row] = step[row - sequences] + 1;
						length = Math.max(length, step[row] + 1);
					}
				}
			}
			return new Runs(count, length, run, step, first);
		}

		/** @return where a row of Headstart's is among DL4J's rows */
		int place(int row) {
			return step[row] * count + run[row];
		}
	}

	/**
	 * Initialises the graph as its configuration says.
	 *
	 * @param configuration the graph; not changed
	 * @param inputSize     floats in a row of its one input
	 * @param headNames     a name for each of its outputs
	 * @param optimizer     how gradients become steps
	 * @param kernels       what computes those steps
	 * @param reason        why DL4J runs this graph
	 * @param seed          of whatever DL4J initialises
	 */
	public Dl4jNetwork(ComputationGraphConfiguration configuration, int inputSize, List<String> headNames,
			Optimizer optimizer, Kernels kernels, String reason, long seed) {
		Nd4jStartup.ensure();
		this.configuration = configuration;
		this.inputSize = inputSize;
		this.heads = List.copyOf(headNames);
		this.optimizer = optimizer;
		this.kernels = kernels;
		this.reason = reason;
		if (configuration.getNetworkInputs().size() != 1) {
			throw new IllegalArgumentException(
					"a network has one input, this graph has " + configuration.getNetworkInputs());
		}
		Nd4j.getRandom().setSeed(seed);
		graph = new StatefulGraph(configuration.clone());
		graph.init();
		for (String name : KnownGraph.computationOrder(configuration)) {
			org.deeplearning4j.nn.api.Layer layer = graph.getLayer(name);
			if (layer instanceof RecurrentLayer memory) {
				if (((LayerVertex) configuration.getVertices().get(name)).getPreProcessor() != null) {
					throw new IllegalArgumentException("vertex '" + name + "' has a preprocessor of its own, past which DL4J gives a"
							+ " recurrent layer its state; put a PreprocessorVertex before it, or none where the graph's input is"
							+ " read, which is sequences in a recurrent graph");
				}
				recurrent.add(new RecurrentState(memory, new ArrayList<>(), new ArrayList<>()));
			} else if (layer != null && unwrapped(layer.conf().getLayer()) instanceof BaseRecurrentLayer) {
				throw new IllegalArgumentException("vertex '" + name + "' wraps a recurrent layer, whose state DL4J does not give"
						+ " then; take the wrapper away, and freeze the network's vertex instead");
			}
		}
		if (!recurrent.isEmpty()) {
			// DL4J back-propagates from other states than zero only so; longer than any sequence, hence complete
			graph.getConfiguration().setBackpropType(BackpropType.TruncatedBPTT);
			graph.getConfiguration().setTbpttFwdLength(Integer.MAX_VALUE);
			graph.getConfiguration().setTbpttBackLength(Integer.MAX_VALUE);
		}
		layout = FlatLayout.of(graph);
		weights = layout.length() == 0 ? new float[0] : FlatLayout.read(graph.params());
		gradients = new float[weights.length];
		boolean adam = optimizer instanceof Optimizer.Adam;
		firstMoments = new float[adam ? weights.length : 0];
		secondMoments = new float[adam ? weights.length : 0];
		boolean differs = false;
		for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
			differs |= requireSupported(layer.conf().getLayer());
		}
		trainingDiffers = differs;
		if (trainingDiffers) {
			// such layers keep what they drew or measured in a workspace that is closed before external errors come
			graph.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
		}
		if (!recurrent.isEmpty()) {
			// a change between sequences of one step and rows leaves its gradient in another workspace than DL4J demands; a backward
			// pass goes by the mode of inference
			graph.getConfiguration().setTrainingWorkspaceMode(WorkspaceMode.NONE);
			graph.getConfiguration().setInferenceWorkspaceMode(WorkspaceMode.NONE);
		}
		for (FlatLayout.Tensor tensor : layout.tensors()) {
			vertices.computeIfAbsent(tensor.vertex(), name -> new VertexState(wrapped(layer(name))));
		}
		headSizes = new int[heads.size()];
		headOffsets = new int[heads.size()];
		outputStride = measureHeads();
		planOptimizer();
	}

	private Layer layer(String vertex) {
		return graph.getLayer(vertex).conf().getLayer();
	}

	private static boolean wrapped(Layer layer) {
		return layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
	}

	private static Layer unwrapped(Layer layer) {
		return layer instanceof FrozenLayer wrapper ? wrapper.getLayer()
				: layer instanceof FrozenLayerWithBackprop wrapper ? wrapper.getUnderlying() : layer;
	}

	/**
	 * Refuses what would be ignored without a word, since the optimizer is Headstart's.
	 *
	 * @return whether the layer behaves differently in training
	 */
	private static boolean requireSupported(Layer outer) {
		Layer layer = unwrapped(outer);
		String name = "vertex '" + outer.getLayerName() + "' ";
		if (layer instanceof org.deeplearning4j.nn.conf.layers.BaseLayer base) {
			if (!empty(base.getRegularization()) || !empty(base.getRegularizationBias())) {
				throw new IllegalArgumentException(name + "has regularisation, which Headstart's optimizers do not apply");
			}
			if (base.getGradientNormalization() != null && base.getGradientNormalization() != GradientNormalization.None) {
				throw new IllegalArgumentException(
						name + "has gradient normalisation; Headstart's learners clip the gradient's norm themselves");
			}
			if (base.getWeightNoise() != null) {
				return true;
			}
		}
		if (!empty(layer.getConstraints())) {
			throw new IllegalArgumentException(name + "has constraints, which Headstart's optimizers do not apply");
		}
		return layer.getIDropout() != null || layer instanceof BatchNormalization;
	}

	private static boolean empty(List<?> list) {
		return list == null || list.isEmpty();
	}

	/** Finds the heads' and the states' sizes by running one row of zeros. */
	private int measureHeads() {
		int offset = 0;
		INDArray[] rows;
		if (recurrent.isEmpty()) {
			rows = graph.output(false, Nd4j.zeros(1, inputSize));
		} else {
			Map<String, INDArray> activations = graph.feedForwardFromStates(Nd4j.zeros(1, inputSize, 1), false);
			rows = configuration.getNetworkOutputs().stream().map(activations::get).toArray(INDArray[]::new);
			for (RecurrentState memory : recurrent) {
				// by name: the output (prevAct), then the cell (prevMem)
				new TreeMap<>(memory.layer().rnnGetTBPTTState()).forEach((key, value) -> {
					memory.keys().add(key);
					memory.sizes().add(Math.toIntExact(value.length()));
					stateSize += Math.toIntExact(value.length());
				});
			}
		}
		for (int h = 0; h < rows.length; h++) {
			if (rows[h].rank() != 2) {
				throw new IllegalArgumentException("output '" + configuration.getNetworkOutputs().get(h)
						+ "' has shape " + Arrays.toString(rows[h].shape()) + "; a head gives one row of floats for each row of input");
			}
			headSizes[h] = Math.toIntExact(rows[h].size(1));
			headOffsets[h] = offset;
			offset += headSizes[h];
		}
		return offset;
	}

	private void planOptimizer() {
		List<Range> trained = new ArrayList<>();
		List<Range> own = new ArrayList<>();
		for (FlatLayout.Tensor tensor : layout.tensors()) {
			VertexState vertex = vertices.get(tensor.vertex());
			if (vertex.frozen) {
				continue;
			}
			int from = Arrays.stream(tensor.places()).min().orElseThrow();
			Range range = new Range(from, from + tensor.places().length, vertex.factor);
			boolean noOp = layer(tensor.vertex()).getUpdaterByParam(tensor.parameter()) instanceof NoOp;
			(noOp ? own : trained).add(range);
		}
		ranges = List.copyOf(trained);
		ownRanges = List.copyOf(own);
	}

	@Override
	public int inputSize() {
		return inputSize;
	}

	@Override
	public List<String> heads() {
		return heads;
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
		for (RecurrentState memory : recurrent) {
			for (int k = 0; k < memory.keys().size(); k++) {
				float[] after = memory.layer().rnnGetTBPTTState().get(memory.keys().get(k)).dup('c').data().asFloat();
				int size = memory.sizes().get(k);
				for (int s = 0; s < rows; s++) {
					System.arraycopy(after, s * size, state, at + s * stateSize, size);
				}
				at += size;
			}
		}
	}

	@Override
	public void forwardSequences(float[] values, int offset, int steps, int sequences, float[] states, boolean[] restarts) {
		run(values, offset, steps, sequences, states, 0, restarts);
	}

	private void run(float[] values, int offset, int steps, int sequences, float[] states, int stateOffset, boolean[] restarts) {
		int rows = steps * sequences;
		forwardRows = -1;
		if (rows == 0) {
			throw new IllegalArgumentException("DL4J runs no network on 0 rows");
		}
		Map<String, INDArray> activations;
		if (recurrent.isEmpty()) {
			runs = Runs.rows(rows);
			float[] copy = Arrays.copyOfRange(values, offset, offset + rows * inputSize);
			input = Nd4j.create(copy, new long[] { rows, inputSize }, 'c');
			activations = graph.feedForward(new INDArray[] { input }, !trainingDiffers, false);
		} else {
			runs = Runs.of(steps, sequences, states != null, restarts);
			float[] copy = new float[runs.length() * runs.count() * inputSize];
			for (int row = 0; row < rows; row++) {
				System.arraycopy(values, offset + row * inputSize, copy, runs.place(row) * inputSize, inputSize);
			}
			input = Nd4j.create(copy, new long[] { runs.length(), runs.count(), inputSize }, 'c').permute(1, 2, 0).dup('c');
			setStates(states, stateOffset);
			activations = graph.feedForwardFromStates(input, !trainingDiffers);
		}
		if (outputs.length < rows * outputStride) {
			outputs = new float[rows * outputStride];
			outputGradients = new float[rows * outputStride];
		}
		for (int h = 0; h < headSizes.length; h++) {
			float[] head = activations.get(configuration.getNetworkOutputs().get(h)).dup('c').data().asFloat();
			for (int row = 0; row < rows; row++) {
				System.arraycopy(head, runs.place(row) * headSizes[h], outputs, row * outputStride + headOffsets[h], headSizes[h]);
			}
		}
		forwardRows = rows;
		forwardSequences = sequences;
	}

	/** Gives every layer the states that the runs begin with, for the forward and for the backward pass. */
	private void setStates(float[] states, int stateOffset) {
		int at = stateOffset;
		for (RecurrentState memory : recurrent) {
			Map<String, INDArray> forward = new HashMap<>();
			Map<String, INDArray> backward = new HashMap<>();
			for (int k = 0; k < memory.keys().size(); k++) {
				int size = memory.sizes().get(k);
				float[] begin = new float[runs.count() * size];
				for (int run = 0; run < runs.count(); run++) {
					if (runs.first()[run] >= 0) {
						System.arraycopy(states, at + runs.first()[run] * stateSize, begin, run * size, size);
					}
				}
				forward.put(memory.keys().get(k), Nd4j.create(begin, new long[] { runs.count(), size }, 'c'));
				backward.put(memory.keys().get(k), Nd4j.create(begin.clone(), new long[] { runs.count(), size }, 'c'));
				at += size;
			}
			memory.layer().rnnSetTBPTTState(forward);
			memory.layer().rnnSetPreviousState(backward);
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
		if (rows != forwardRows || !recurrent.isEmpty() && rows != forwardSequences) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + rows + " rows after a forward of " + forwardRows
							+ (forwardRows == forwardSequences ? "" : " rows in " + forwardSequences + " sequences"));
		}
		backward();
	}

	@Override
	public void backwardSequences(int steps, int sequences) {
		if (steps * sequences != forwardRows || !recurrent.isEmpty() && sequences != forwardSequences) {
			throw new IllegalStateException(forwardRows < 0 ? "backward without a forward before it"
					: "backward of " + steps + " steps of " + sequences + " sequences after a forward of " + forwardRows
							+ " rows in " + forwardSequences + " sequences");
		}
		backward();
	}

	private void backward() {
		if (trainingDiffers) {
			Nd4j.getRandom().setSeed(steps);
			if (recurrent.isEmpty()) {
				graph.feedForward(new INDArray[] { input }, true, false);
			} else {
				for (RecurrentState memory : recurrent) {
					memory.layer().rnnSetTBPTTState(memory.layer().rnnGetPreviousState());
				}
				graph.feedForwardFromStates(input, true);
			}
		}
		int places = runs.count() * runs.length();
		INDArray[] errors = new INDArray[headSizes.length];
		for (int h = 0; h < errors.length; h++) {
			float[] head = new float[places * headSizes[h]];
			for (int row = 0; row < forwardRows; row++) {
				System.arraycopy(outputGradients, row * outputStride + headOffsets[h], head, runs.place(row) * headSizes[h],
						headSizes[h]);
			}
			errors[h] = Nd4j.create(head, new long[] { places, headSizes[h] }, 'c');
		}
		Gradient gradient = graph.backpropGradient(errors);
		if (layout.length() > 0) {
			gradients = FlatLayout.read(gradient.gradient());
		}
		// DL4J gives its inputs back after a backward pass
		forwardRows = -1;
	}

	@Override
	public double gradientSquaredNorm() {
		double sum = 0;
		for (Range range : ranges) {
			sum += kernels.squaredNorm(gradients, range.from(), range.to(), normLanes);
		}
		return sum;
	}

	@Override
	public void update(float gradientScale, float learningRate) {
		steps++;
		for (Range range : ranges) {
			switch (optimizer) {
			case Optimizer.Adam adam -> kernels.adam(weights, gradients, firstMoments, secondMoments, range.from(), range.to(),
					gradientScale, (float) (AdamStep.rate(adam, steps) * learningRate * range.factor()), (float) adam.beta1(),
					(float) adam.beta2(), (float) adam.epsilon());
			case Optimizer.Sgd descent ->
				kernels.gradientDescent(weights, gradients, range.from(), range.to(), gradientScale, learningRate * range.factor());
			}
		}
		for (Range range : ownRanges) {
			kernels.gradientDescent(weights, gradients, range.from(), range.to(), 1, 1);
		}
		weightsChanged();
	}

	private void weightsChanged() {
		if (weights.length > 0) {
			FlatLayout.write(graph.params(), weights);
		}
	}

	@Override
	public void freeze(Predicate<String> chosen) {
		vertices.forEach((name, vertex) -> vertex.frozen = vertex.alwaysFrozen || chosen.test(name));
		planOptimizer();
	}

	@Override
	public void setLearningRateFactor(Predicate<String> chosen, float factor) {
		if (!(factor >= 0)) {
			throw new IllegalArgumentException("a learning rate factor must be at least 0, is " + factor);
		}
		vertices.forEach((name, vertex) -> {
			if (chosen.test(name)) {
				vertex.factor = factor;
			}
		});
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
		vertices.forEach((name, vertex) -> {
			if (vertex.frozen) {
				frozen.add(name);
			}
		});
		return frozen;
	}

	private FlatLayout.Tensor tensor(String vertex, String parameter) {
		return layout.tensors().stream().filter(t -> t.vertex().equals(vertex) && t.parameter().equals(parameter)).findFirst()
				.orElseThrow(() -> new IllegalArgumentException("no parameter '" + parameter + "' of a vertex '" + vertex
						+ "'; there are " + layout.tensors().stream().map(t -> t.vertex() + ' ' + t.parameter()).toList()));
	}

	@Override
	public float[] parameter(String vertex, String parameter) {
		return tensor(vertex, parameter).read(weights);
	}

	@Override
	public void setParameter(String vertex, String parameter, float[] values) {
		tensor(vertex, parameter).write(weights, values);
		weightsChanged();
	}

	@Override
	public List<String> parameters(String vertex) {
		List<String> names = layout.tensors().stream().filter(t -> t.vertex().equals(vertex)).map(FlatLayout.Tensor::parameter)
				.toList();
		if (names.isEmpty()) {
			throw new IllegalArgumentException("no vertex '" + vertex + "' with parameters; there are " + vertices.keySet());
		}
		return names;
	}

	@Override
	public int[] parameterShape(String vertex, String parameter) {
		return tensor(vertex, parameter).shape().clone();
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

	/** What DL4J changes by itself has no gradient: zero is copied there, and {@link #setGradients} leaves its change alone. */
	@Override
	public void copyGradients(float[] to) {
		requireVector(to);
		Arrays.fill(to, 0);
		for (Range range : ranges) {
			System.arraycopy(gradients, range.from(), to, range.from(), range.to() - range.from());
		}
	}

	@Override
	public void setGradients(float[] from) {
		requireVector(from);
		for (Range range : ranges) {
			System.arraycopy(from, range.from(), gradients, range.from(), range.to() - range.from());
		}
	}

	private NetworkState state() {
		List<NetworkState.Vertex> states = new ArrayList<>();
		vertices.forEach((name, v) -> states.add(new NetworkState.Vertex(name, v.frozen, v.factor)));
		List<NetworkState.Tensor> tensors = new ArrayList<>();
		for (FlatLayout.Tensor tensor : layout.tensors()) {
			List<float[]> moments = optimizer instanceof Optimizer.Adam
					? List.of(tensor.read(firstMoments), tensor.read(secondMoments))
					: List.of();
			tensors.add(new NetworkState.Tensor(tensor.vertex(), tensor.parameter(), tensor.shape().clone(), tensor.read(weights),
					moments));
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
			FlatLayout.Tensor place = tensor(tensor.vertex(), tensor.parameter());
			place.write(weights, tensor.values());
			if (optimizer instanceof Optimizer.Adam) {
				place.write(firstMoments, tensor.moments().get(0));
				place.write(secondMoments, tensor.moments().get(1));
			}
		}
		for (NetworkState.Vertex vertex : state.vertices()) {
			vertices.get(vertex.name()).frozen = vertex.frozen();
			vertices.get(vertex.name()).factor = vertex.learningRateFactor();
		}
		steps = state.optimizerSteps();
		weightsChanged();
		planOptimizer();
	}

	@Override
	public ComputationGraph graph() {
		return GraphSnapshot.of(configuration, state());
	}

	@Override
	public String executor() {
		return "dl4j: " + reason;
	}

	/** @return whether the graph's layers of this vertex are initialised by DL4J's own rules rather than orthogonally */
	public boolean initialisedByDl4j(String vertex) {
		Layer inner = unwrapped(layer(vertex));
		return !(inner.getClass() == org.deeplearning4j.nn.conf.layers.DenseLayer.class
				|| inner.getClass() == org.deeplearning4j.nn.conf.layers.LSTM.class
				|| inner.getClass() == org.deeplearning4j.nn.conf.layers.ConvolutionLayer.class);
	}
}
