package org.headstart.nn.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.network.Optimizer;
import org.headstart.lib.dl4j.Nd4jStartup;
import org.headstart.nn.graph.KnownGraph;
import org.headstart.nn.kernels.Kernels;
import org.headstart.nn.state.NetworkState;
import org.headstart.nn.training.Executor;
import org.headstart.nn.training.NetworkParameters;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs any graph with DL4J. DL4J computes outputs and gradients; freezing, learning rate factors and the optimizer are
 * Headstart's, the same as in the compiled executor.
 *
 * <p>{@link #forward} runs the graph as for inference: dropout does nothing, batch normalisation uses its running
 * statistics. When the graph has layers that behave differently in training, {@link #backward} runs it once more in
 * training mode before it back-propagates; what those layers draw at random comes from ND4J's generator, seeded by the
 * number of steps, so it is the same in a resumed run. Unlike the compiled executor this one allocates in every call.
 */
public final class Dl4jExecutor implements Executor {

	private final ComputationGraphConfiguration configuration;
	private final StatefulGraph graph;
	private final FlatLayout layout;
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

	private final NetworkParameters parameters;

	private INDArray input;
	/** What the input stands for. */
	private Runs runs = Runs.rows(0);
	private int forwardRows;
	private float[] outputs = {};
	private float[] outputGradients = {};

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
	public Dl4jExecutor(ComputationGraphConfiguration configuration, int inputSize, List<String> headNames,
			Optimizer optimizer, Kernels kernels, String reason, long seed) {
		Nd4jStartup.ensure();
		this.configuration = configuration;
		this.inputSize = inputSize;
		this.heads = List.copyOf(headNames);
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

	@Override
	public NetworkParameters parameters() {
		return parameters;
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
	public void forward(float[] values, int offset, int steps, int sequences, float[] states, int stateOffset,
			boolean[] restarts) {
		int rows = steps * sequences;
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

	/** {@inheritDoc} DL4J gives its inputs back after a backward pass. */
	@Override
	public boolean backward() {
		if (trainingDiffers) {
			Nd4j.getRandom().setSeed(parameters.steps());
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
			System.arraycopy(FlatLayout.read(gradient.gradient()), 0, parameters.gradients(), 0, layout.length());
		}
		return false;
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
