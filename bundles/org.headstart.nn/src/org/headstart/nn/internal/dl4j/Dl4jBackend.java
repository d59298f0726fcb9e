package org.headstart.nn.internal.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Input;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Stage;
import org.headstart.api.random.RandomStreams;
import org.headstart.lib.dl4j.Nd4jStartup;
import org.headstart.nn.internal.graph.KnownGraph;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.state.NetworkState;
import org.headstart.nn.internal.training.NetworkBackend;
import org.headstart.nn.internal.training.NetworkParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Runs any graph with DL4J. DL4J computes outputs and gradients; freezing, learning rate factors and the optimizer are
 * Headstart's, the same as in the compiled backend.
 *
 * <p>{@link #forward} runs the graph as for inference unless {@link #training} says otherwise: dropout does nothing, batch
 * normalisation uses its running statistics. When the graph has layers that behave differently in training, {@link #backward} after
 * such a forward runs it once more in training mode before it back-propagates. What those layers draw at random comes from ND4J's
 * generator, seeded anew for each forward in training mode. Unlike the compiled backend this one allocates in every call.
 */
public final class Dl4jBackend implements NetworkBackend {

	private final ComputationGraphConfiguration configuration;
	private final StatefulGraph graph;
	private final FlatLayout layout;
	private final String reason;
	private final List<Input> inputs;
	private final Optimizer optimizer;
	private final Kernels kernels;
	private final List<String> heads;
	private final int[] headSizes;
	private final int[] headOffsets;
	private final int outputStride;
	private final boolean trainingDiffers;
	private final long seed;
	private boolean training;
	/** Whether the last forward was as in training, so that a backward goes through what it drew. */
	private boolean trained;
	/** Forwards as in training since the last optimizer step. */
	private long drawn;

	/** The recurrent layers in the graph's order; with any of them, the graph reads sequences. */
	private final List<RecurrentState> recurrent = new ArrayList<>();
	private int stateSize;

	private final NetworkParameters parameters;

	/** Where the rows of each input lie. */
	private final InputRows[] inputRows;
	/** The inputs of the last forward. */
	private final INDArray[] arrays;
	private final float[][] inputGradients;
	private Map<String, INDArray> lastActivations = Map.of();
	private final Map<String, Dl4jStage> stages = new LinkedHashMap<>();
	/** Where the last forward began; null for the inputs. */
	private Dl4jStage begin;
	private final boolean outputsAreRead;
	/** What the inputs stand for. */
	private Runs runs = Runs.rows(0);
	private int forwardRows;
	private int mostRows;
	private float[] outputs = {};
	private float[] outputGradients = {};

	/** Rows of floats or of bytes. */
	private record InputRows(float[] floats, byte[] bytes, int offset, int stride) {

		void copy(int row, int size, float[] to, int at) {
			int from = offset + row * stride;
			if (floats != null) {
				System.arraycopy(floats, from, to, at, size);
				return;
			}
			for (int i = 0; i < size; i++) {
				to[at + i] = (bytes[from + i] & 0xFF) / 255f;
			}
		}
	}

	/** What one recurrent layer keeps from step to step: DL4J's names and sizes of it. */
	private record RecurrentState(RecurrentLayer layer, List<String> keys, List<Integer> sizes) {}

	/** A vertex as of the last forward, copied once it is asked for. */
	private final class Dl4jStage implements Stage {

		private final String vertex;
		/** Shape of its activations of one row. */
		private final long[] shape;
		private final int size;
		/** Whether what depends on it reads nothing else. */
		private final boolean cut;
		/** Of most rows that a forward had; null as long as nobody asks for them. */
		private float[] activations;
		private float[] gradients = {};
		/** Whether gradients were given since the last backward. */
		private boolean given;

		Dl4jStage(String vertex, INDArray rows) {
			this.vertex = vertex;
			shape = rows.shape();
			size = Math.toIntExact(rows.length() / rows.size(0));
			cut = graph.readsNothingElse(vertex);
		}

		@Override
		public String vertex() {
			return vertex;
		}

		@Override
		public int size() {
			return size;
		}

		@Override
		public int stride() {
			return size;
		}

		@Override
		public float[] activations() {
			if (activations == null) {
				activations = new float[mostRows * size];
				copy();
			}
			return activations;
		}

		void copy() {
			if (activations.length < mostRows * size) {
				activations = new float[mostRows * size];
			}
			float[] rows = lastActivations.get(vertex).dup('c').data().asFloat();
			System.arraycopy(rows, 0, activations, 0, Math.min(rows.length, activations.length));
		}

		@Override
		public float[] gradients() {
			if (gradients.length < mostRows * size) {
				gradients = Arrays.copyOf(gradients, mostRows * size);
			}
			given = true;
			return gradients;
		}

		INDArray array(float[] values, int rows) {
			long[] all = shape.clone();
			all[0] = rows;
			return Nd4j.create(Arrays.copyOf(values, rows * size), all, 'c');
		}
	}

	/**
	 * Initialises the graph as its configuration says.
	 *
	 * @param configuration the graph; not changed
	 * @param inputs        its inputs, in its order
	 * @param headNames     a name for each of its outputs
	 * @param optimizer     how gradients become steps
	 * @param kernels       what computes those steps
	 * @param reason        why DL4J runs this graph
	 * @param seed          of whatever DL4J initialises
	 */
	public Dl4jBackend(ComputationGraphConfiguration configuration, List<Input> inputs, List<String> headNames,
			Optimizer optimizer, Kernels kernels, String reason, long seed) {
		Nd4jStartup.ensure();
		this.configuration = configuration;
		this.inputs = List.copyOf(inputs);
		this.heads = List.copyOf(headNames);
		this.optimizer = optimizer;
		this.kernels = kernels;
		this.reason = reason;
		inputRows = new InputRows[inputs.size()];
		arrays = new INDArray[inputs.size()];
		inputGradients = new float[inputs.size()][];
		this.seed = seed;
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
			} else if (layer != null && KnownGraph.unwrapped(layer.conf().getLayer()) instanceof BaseRecurrentLayer) {
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
		parameters = new NetworkParameters(layout, vertex -> wrapped(layer(vertex)), optimizer, kernels);
		if (layout.length() > 0) {
			System.arraycopy(FlatLayout.read(graph.params()), 0, parameters.weights(), 0, layout.length());
		}
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
		if (!recurrent.isEmpty()) {
			inputs.stream().filter(input -> input.shape().size() > 1).findFirst().ifPresent(input -> {
				throw new IllegalArgumentException("input '" + input.name() + "' has shape " + input.shape()
						+ "; a network with memory reads vectors");
			});
		}
		outputsAreRead = graph.outputsAreRead();
		headSizes = new int[heads.size()];
		headOffsets = new int[heads.size()];
		outputStride = measureHeads();
	}

	private Layer layer(String vertex) {
		return graph.getLayer(vertex).conf().getLayer();
	}

	private static boolean wrapped(Layer layer) {
		return KnownGraph.unwrapped(layer) != layer;
	}

	/**
	 * Refuses what would be ignored without a word, since the optimizer is Headstart's.
	 *
	 * @return whether the layer behaves differently in training
	 */
	private static boolean requireSupported(Layer outer) {
		Layer layer = KnownGraph.unwrapped(outer);
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
		INDArray[] zeros = inputs.stream().map(input -> Nd4j.zeros(shape(input, 1))).toArray(INDArray[]::new);
		if (recurrent.isEmpty()) {
			lastActivations = graph.feedForward(zeros, false, true);
			rows = configuration.getNetworkOutputs().stream().map(lastActivations::get).toArray(INDArray[]::new);
		} else {
			Map<String, INDArray> activations = graph.feedForwardFromStates(zeros, false);
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

	/** @return DL4J's shape of that many rows; of one sequence of a step in a recurrent graph */
	private long[] shape(Input input, int rows) {
		int rank = input.shape().size();
		long[] shape = new long[1 + rank + (recurrent.isEmpty() ? 0 : 1)];
		shape[0] = rows;
		for (int d = 0; d < rank; d++) {
			shape[1 + d] = input.shape().get(d);
		}
		if (!recurrent.isEmpty()) {
			shape[1 + rank] = 1;
		}
		return shape;
	}

	@Override
	public NetworkParameters parameters() {
		return parameters;
	}

	@Override
	public List<Input> inputs() {
		return inputs;
	}

	@Override
	public void input(int input, float[] values, int offset, int stride) {
		inputRows[input] = new InputRows(values, null, offset, stride);
	}

	@Override
	public void input(int input, byte[] values, int offset, int stride) {
		inputRows[input] = new InputRows(null, values, offset, stride);
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
	public void training(boolean on) {
		training = on;
	}

	@Override
	public int stateSize() {
		return stateSize;
	}

	@Override
	public void readStates(float[] states, int offset) {
		int at = offset;
		for (RecurrentState memory : recurrent) {
			for (int k = 0; k < memory.keys().size(); k++) {
				float[] after = memory.layer().rnnGetTBPTTState().get(memory.keys().get(k)).dup('c').data().asFloat();
				int size = memory.sizes().get(k);
				for (int s = 0; s < runs.count(); s++) {
					System.arraycopy(after, s * size, states, at + s * stateSize, size);
				}
				at += size;
			}
		}
	}

	@Override
	public void forward(int steps, int sequences, float[] states, int stateOffset, boolean[] restarts) {
		int rows = steps * sequences;
		if (rows == 0) {
			throw new IllegalArgumentException("DL4J runs no network on 0 rows");
		}
		begin = null;
		boolean train = beginForward();
		if (recurrent.isEmpty()) {
			runs = Runs.rows(rows);
			for (int i = 0; i < arrays.length; i++) {
				int size = inputs.get(i).size();
				float[] copy = new float[rows * size];
				for (int row = 0; row < rows; row++) {
					inputRows[i].copy(row, size, copy, row * size);
				}
				arrays[i] = Nd4j.create(copy, shape(inputs.get(i), rows), 'c');
			}
			lastActivations = graph.feedForward(arrays, train, false);
		} else {
			runs = Runs.of(steps, sequences, states != null, restarts);
			for (int i = 0; i < arrays.length; i++) {
				int size = inputs.get(i).size();
				float[] copy = new float[runs.length() * runs.count() * size];
				for (int row = 0; row < rows; row++) {
					inputRows[i].copy(row, size, copy, runs.place(row) * size);
				}
				arrays[i] = Nd4j.create(copy, new long[] {runs.length(), runs.count(), size}, 'c').permute(1, 2, 0).dup('c');
			}
			setStates(states, stateOffset);
			lastActivations = graph.feedForwardFromStates(arrays, train);
		}
		readOutputs(rows);
	}

	/** @return whether the graph is to run in DL4J's training mode */
	private boolean beginForward() {
		trained = training || !trainingDiffers;
		if (training && trainingDiffers) {
			draw();
		}
		return trained;
	}

	private void draw() {
		Nd4j.getRandom().setSeed(new RandomStreams(seed).stream("forward/" + parameters.steps() + '/' + drawn++).nextLong());
	}

	private void readOutputs(int rows) {
		if (outputs.length < rows * outputStride) {
			outputs = new float[rows * outputStride];
			outputGradients = new float[rows * outputStride];
		}
		for (int h = 0; h < headSizes.length; h++) {
			float[] head = lastActivations.get(configuration.getNetworkOutputs().get(h)).dup('c').data().asFloat();
			for (int row = 0; row < rows; row++) {
				System.arraycopy(head, runs.place(row) * headSizes[h], outputs, row * outputStride + headOffsets[h], headSizes[h]);
			}
		}
		forwardRows = rows;
		mostRows = Math.max(mostRows, rows);
		for (Dl4jStage stage : stages.values()) {
			if (stage.activations != null) {
				stage.copy();
			}
		}
	}

	@Override
	public Stage stage(String vertex) {
		if (!recurrent.isEmpty()) {
			throw new IllegalArgumentException("DL4J runs this network, which has memory (" + name() + "); it can only be looked at"
					+ " inside when it is compiled");
		}
		List<String> names = lastActivations.keySet().stream().filter(name -> !configuration.getNetworkInputs().contains(name)
				&& !configuration.getNetworkOutputs().contains(name)).sorted().toList();
		if (!names.contains(vertex)) {
			throw new IllegalArgumentException("there is no vertex '" + vertex + "' to look at; there are " + names);
		}
		return stages.computeIfAbsent(vertex, name -> new Dl4jStage(name, lastActivations.get(name)));
	}

	@Override
	public void forwardFrom(Stage stage, int rows) {
		Dl4jStage from = (Dl4jStage) stage;
		if (stages.get(from.vertex) != from) {
			throw new IllegalArgumentException("'" + from.vertex + "' is a stage of another network");
		}
		int most = from.cut ? mostRows : forwardRows;
		if (rows > most || rows == 0) {
			throw new IllegalArgumentException("from '" + from.vertex + "' on there are " + most + " rows, not " + rows
					+ ": a forward of so many comes first");
		}
		Map<String, INDArray> activations = new HashMap<>(lastActivations);
		if (rows < forwardRows) {
			activations.replaceAll((name, array) -> array.get(NDArrayIndex.interval(0, rows)).dup('c'));
		}
		activations.put(from.vertex, from.array(from.activations(), rows));
		graph.feedForwardFrom(from.vertex, activations, beginForward());
		lastActivations = activations;
		begin = from;
		runs = Runs.rows(rows);
		readOutputs(rows);
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
				forward.put(memory.keys().get(k), Nd4j.create(begin, new long[] {runs.count(), size}, 'c'));
				backward.put(memory.keys().get(k), Nd4j.create(begin.clone(), new long[] {runs.count(), size}, 'c'));
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
	public boolean backward(boolean add) {
		Map<String, INDArray> given = given();
		INDArray gradient;
		if (recurrent.isEmpty() && begin == null && !outputsAreRead && given.size() == headSizes.length) {
			gradient = graph.backward(configuration.getNetworkOutputs().stream().map(given::get).toArray(INDArray[]::new));
		} else {
			graph.backward(given, begin == null ? null : begin.vertex, !recurrent.isEmpty());
			gradient = graph.getFlattenedGradients();
		}
		if (layout.length() > 0) {
			float[] gradients = FlatLayout.read(gradient);
			float[] to = parameters.gradients();
			for (int i = 0; i < gradients.length; i++) {
				to[i] = add ? to[i] + gradients[i] : gradients[i];
			}
		}
		return true;
	}

	@Override
	public void backwardToInputs() {
		if (begin != null) {
			throw new IllegalStateException("the last forward began at '" + begin.vertex + "', behind the inputs");
		}
		Map<String, INDArray> reached = graph.backward(given(), null, !recurrent.isEmpty());
		for (int i = 0; i < inputs.size(); i++) {
			int size = inputs.get(i).size();
			float[] gradients = new float[forwardRows * size];
			INDArray array = reached.get(inputs.get(i).name());
			if (array != null) {
				float[] rows = (recurrent.isEmpty() ? array : array.permute(2, 0, 1)).dup('c').data().asFloat();
				for (int row = 0; row < forwardRows; row++) {
					System.arraycopy(rows, runs.place(row) * size, gradients, row * size, size);
				}
			}
			inputGradients[i] = gradients;
		}
	}

	@Override
	public float[] inputGradients(int input) {
		return inputGradients[input];
	}

	@Override
	public int inputGradientStride(int input) {
		return inputs.get(input).size();
	}

	/** @return ∂loss/∂activations of the heads and of the stages that were given some; the forward is repeated where training differs */
	private Map<String, INDArray> given() {
		if (!trained) {
			draw();
			if (begin != null) {
				graph.feedForwardFrom(begin.vertex, new HashMap<>(lastActivations), true);
			} else if (recurrent.isEmpty()) {
				graph.feedForward(arrays, true, false);
			} else {
				for (RecurrentState memory : recurrent) {
					memory.layer().rnnSetTBPTTState(memory.layer().rnnGetPreviousState());
				}
				graph.feedForwardFromStates(arrays, true);
			}
		}
		int places = runs.count() * runs.length();
		Map<String, INDArray> given = new LinkedHashMap<>();
		for (int h = 0; h < headSizes.length; h++) {
			float[] head = new float[places * headSizes[h]];
			for (int row = 0; row < forwardRows; row++) {
				System.arraycopy(outputGradients, row * outputStride + headOffsets[h], head, runs.place(row) * headSizes[h],
						headSizes[h]);
			}
			given.put(configuration.getNetworkOutputs().get(h), Nd4j.create(head, new long[] {places, headSizes[h]}, 'c'));
		}
		for (Dl4jStage stage : stages.values()) {
			if (stage.given) {
				given.put(stage.vertex, stage.array(stage.gradients, forwardRows));
				Arrays.fill(stage.gradients, 0);
				stage.given = false;
			}
		}
		return given;
	}

	@Override
	public void weightsChanged() {
		if (layout.length() > 0) {
			FlatLayout.write(graph.params(), parameters.weights());
		}
	}

	/** What DL4J changes by itself, such as running means, has its change for a gradient. */
	@Override
	public void trainedWeightsChanged() {
		drawn = 0;
		for (FlatLayout.Tensor tensor : layout.changedByDl4j()) {
			if (!parameters.frozen(tensor.vertex())) {
				for (int i = tensor.from(); i < tensor.end(); i++) {
					parameters.weights()[i] -= parameters.gradients()[i];
				}
			}
		}
		weightsChanged();
	}

	@Override
	public void frozenChanged() {
		// DL4J computes all gradients in any case
	}

	@Override
	public NetworkBackend copy() {
		return new Dl4jBackend(configuration, inputs, heads, optimizer, kernels, reason, seed);
	}

	@Override
	public ComputationGraph graph(NetworkState state) {
		return GraphSnapshot.of(configuration, state);
	}

	@Override
	public Optional<Map<String, byte[]>> archive(NetworkState state) {
		return Optional.empty();
	}

	@Override
	public String name() {
		return "dl4j: " + reason;
	}

	/** @return whether the graph's layers of this vertex are initialised by DL4J's own rules rather than orthogonally */
	public boolean initialisedByDl4j(String vertex) {
		Layer inner = KnownGraph.unwrapped(layer(vertex));
		return !(inner.getClass() == org.deeplearning4j.nn.conf.layers.DenseLayer.class
				|| inner.getClass() == org.deeplearning4j.nn.conf.layers.LSTM.class
				|| inner.getClass() == org.deeplearning4j.nn.conf.layers.ConvolutionLayer.class);
	}
}
