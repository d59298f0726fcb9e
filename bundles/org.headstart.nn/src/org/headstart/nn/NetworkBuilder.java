package org.headstart.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Backbone.Features;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.lib.dl4j.Nd4jStartup;
import org.headstart.nn.internal.compiled.CompiledBackend;
import org.headstart.nn.internal.dl4j.Dl4jBackend;
import org.headstart.nn.internal.dl4j.GraphSnapshot;
import org.headstart.nn.internal.graph.HeadRoles;
import org.headstart.nn.internal.graph.KnownGraph;
import org.headstart.nn.internal.kernels.KernelTier;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.training.NetworkBackend;
import org.headstart.nn.internal.training.TrainableNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Builds networks: from a backbone and the heads that a learner wants, or from any DL4J graph.
 *
 * <p>Graphs of layers that the compiled backend knows (dense, activation and LSTM layers; merge, element-wise, scale, shift and
 * preprocessor vertices; ReLU, tanh, sigmoid, identity) are compiled, and then ND4J is not started before
 * {@link Network#graph()}. All other graphs run in DL4J. {@link Network#backend()} says which, and why.
 *
 * <p>A graph with a recurrent layer reads sequences [sequences, floats, steps] in DL4J's terms, and a
 * {@code PreprocessorVertex} stands wherever sequences become rows or rows sequences; its heads give rows.
 *
 * <p>Weights of dense, convolution and LSTM layers are initialised orthogonally, an LSTM's gate by gate, biases with the layer's
 * initial bias (0; the forget gate's its own), from a random stream of each vertex's own: a vertex gets the same weights whatever
 * else is in the graph. Layers of other kinds are initialised by DL4J, seeded from the same streams.
 *
 * <pre>{@code
 * Network network = NetworkBuilder.of(new Mlp(), settings, observation)
 *     .trunk(new Trunk("policy", List.of(Head.policy(4, 0.01))))
 *     .trunk(new Trunk("value", List.of(Head.value(1))))
 *     .optimizer(new Optimizer.Adam(0.9, 0.999, 1e-5))
 *     .build(streams.under("initialization"));
 * }</pre>
 *
 * <p>Not thread-safe; {@link #build} may be called many times, each gives a network of its own.
 */
public final class NetworkBuilder {

	/** The name of the input that backbones read. */
	public static final String INPUT = NetworkDescription.OBSERVATION;

	/** What a rectified layer needs to keep its signal's variance (He et al. 2015); customary for tanh in RL as well. */
	private static final double HIDDEN_GAIN = Math.sqrt(2);

	/** In the configuration only, for whoever trains the saved graph with DL4J: a step here has the rate it is given. */
	private static final double CONFIGURED_LEARNING_RATE = 1e-3;

	/** The graph for an optimizer: its updater is part of the configuration. */
	private interface Definition {
		ComputationGraphConfiguration configuration(NetworkBuilder builder);
	}

	private final Definition definition;
	private final List<Input> inputs;
	private final List<Trunk> trunks = new ArrayList<>();
	/** Of outputs, by vertex. */
	private final Map<String, Head.Role> roles = new HashMap<>();
	/** Null for a plain network. */
	private Architecture architecture;
	private final Map<String, Double> gains = new HashMap<>();
	/** Weights to begin with instead of an initialisation: vertex, parameter, values. */
	private Map<String, Map<String, float[]>> weights = Map.of();
	private Optimizer optimizer = new Optimizer.Adam(0.9, 0.999, 1e-8);
	private Kernels kernels;
	private String dl4jReason;

	private NetworkBuilder(Definition definition, List<Input> inputs) {
		this.definition = definition;
		this.inputs = inputs;
	}

	/**
	 * Networks of a backbone; add at least one trunk.
	 *
	 * @param <S>         its settings
	 * @param backbone    the backbone; each trunk gets a copy of it
	 * @param settings    its settings
	 * @param observation what it reads
	 * @return a builder
	 */
	public static <S extends Record> NetworkBuilder of(Backbone<S> backbone, S settings, BoxSpace observation) {
		return of(NetworkDescription.ONLY, backbone, settings, Optional.of(ObservationPart.numbers(INPUT, observation)), List.of());
	}

	/**
	 * A network that a learner described.
	 *
	 * @param <S>      the backbone's settings
	 * @param backbone the backbone that its copies are of
	 * @param settings the backbone's settings
	 * @param network  the description
	 * @return a builder
	 */
	public static <S extends Record> NetworkBuilder of(Backbone<S> backbone, S settings, NetworkDescription network) {
		return of(network.name(), backbone, settings, network.observation(), network.others()).trunks(network.trunks())
				.optimizer(network.optimizer());
	}

	private static <S extends Record> NetworkBuilder of(String name, Backbone<S> backbone, S settings,
			Optional<ObservationPart> observation, List<Input> others) {
		return new NetworkBuilder(builder -> builder.described(backbone, settings,
				new NetworkDescription(name, observation, others, builder.trunks, builder.optimizer)),
				NetworkDescription.inputs(observation, others));
	}

	/**
	 * Builds all networks that a learner described.
	 *
	 * @param <S>            the backbone's settings
	 * @param backbone       the backbone that their copies are of
	 * @param settings       the backbone's settings
	 * @param networks       the descriptions
	 * @param architecture   how they become graphs; empty for plain networks
	 * @param initialization where the weights come from; a network that is not the {@value NetworkDescription#ONLY} one has streams below it
	 * @return the networks by name, in the same order
	 * @throws IllegalArgumentException when two have one name, and as {@link #build}
	 */
	public static <S extends Record> Map<String, Network> build(Backbone<S> backbone, S settings, List<NetworkDescription> networks,
			Optional<Architecture> architecture, RandomStreams initialization) {
		Map<String, Network> built = new LinkedHashMap<>();
		for (NetworkDescription network : networks) {
			RandomStreams own = network.name().equals(NetworkDescription.ONLY) ? initialization : initialization.under(network.name());
			NetworkBuilder builder = of(backbone, settings, network);
			architecture.ifPresent(builder::architecture);
			if (built.put(network.name(), builder.build(own)) != null) {
				throw new IllegalArgumentException("two networks are called '" + network.name() + '\'');
			}
		}
		return built;
	}

	/**
	 * Networks of any DL4J graph with one input and dense rows as outputs; an output called {@code head/NAME} is head NAME.
	 *
	 * @param graph     the graph
	 * @param inputSize floats in a row of its input
	 * @return a builder
	 */
	public static NetworkBuilder of(ComputationGraphConfiguration graph, int inputSize) {
		if (graph.getNetworkInputs().size() != 1) {
			throw new IllegalArgumentException("the graph has the inputs " + graph.getNetworkInputs() + ": say what each of them is");
		}
		return of(graph, List.of(Input.vector(graph.getNetworkInputs().get(0), inputSize)));
	}

	/**
	 * Networks of any DL4J graph with dense rows as outputs; an output called {@code head/NAME} is head NAME.
	 *
	 * @param graph  the graph
	 * @param inputs its inputs, in its order and by its names
	 * @return a builder
	 */
	public static NetworkBuilder of(ComputationGraphConfiguration graph, List<Input> inputs) {
		List<String> names = inputs.stream().map(Input::name).toList();
		if (!names.equals(graph.getNetworkInputs())) {
			throw new IllegalArgumentException("the graph's inputs are " + graph.getNetworkInputs() + ", not " + names);
		}
		return new NetworkBuilder(builder -> graph.clone(), List.copyOf(inputs));
	}

	/**
	 * Networks of the graph in a folder that {@link NetworkCheckpoint#write} wrote, without its weights.
	 *
	 * @param folder the folder
	 * @param inputs the graph's inputs, in its order and by its names
	 * @return a builder
	 * @throws IOException when the folder cannot be read, or holds no network
	 */
	public static NetworkBuilder of(Path folder, List<Input> inputs) throws IOException {
		return of(NetworkCheckpoint.configuration(folder), inputs);
	}

	/**
	 * Networks that begin with the weights of a DL4J graph, for example the result of {@code TransferLearning}. The optimizer
	 * begins anew.
	 *
	 * @param graph     the graph; later changes to it do not matter
	 * @param inputSize floats in a row of its input
	 * @return a builder
	 */
	public static NetworkBuilder of(ComputationGraph graph, int inputSize) {
		NetworkBuilder builder = of(graph.getConfiguration(), inputSize);
		builder.weights = GraphSnapshot.weights(graph);
		return builder;
	}

	/**
	 * Adds a copy of the backbone with heads on it.
	 *
	 * @param trunk the trunk
	 * @return this
	 */
	public NetworkBuilder trunk(Trunk trunk) {
		trunks.add(trunk);
		return this;
	}

	/**
	 * Adds several trunks.
	 *
	 * @param more the trunks, in order
	 * @return this
	 */
	public NetworkBuilder trunks(List<Trunk> more) {
		trunks.addAll(more);
		return this;
	}

	/**
	 * Builds the graph of a described network otherwise than plain.
	 *
	 * @param choice the architecture
	 * @return this
	 */
	public NetworkBuilder architecture(Architecture choice) {
		architecture = choice;
		return this;
	}

	/**
	 * Chooses the optimizer; Adam with the paper's defaults unless said otherwise.
	 *
	 * @param choice the optimizer
	 * @return this
	 */
	public NetworkBuilder optimizer(Optimizer choice) {
		optimizer = choice;
		return this;
	}

	/**
	 * Sets the gain of a vertex's orthogonal initialisation; √2 unless said otherwise, 1 for LSTM layers, and for heads what the
	 * {@link Head} says. An LSTM's recurrent weights have the gain 1 in any case.
	 *
	 * @param vertex the vertex's name
	 * @param gain   its gain
	 * @return this
	 */
	public NetworkBuilder gain(String vertex, double gain) {
		gains.put(vertex, gain);
		return this;
	}

	/**
	 * Says what a head of a DL4J graph is for; auxiliary unless said otherwise.
	 *
	 * @param head the head's name
	 * @param role its role
	 * @return this
	 */
	public NetworkBuilder role(String head, Head.Role role) {
		roles.put(Head.PART + head, role);
		return this;
	}

	/**
	 * Lets DL4J run the network even if it could be compiled, for comparison.
	 *
	 * @return this
	 */
	public NetworkBuilder withoutCompiling() {
		dl4jReason = "asked for";
		return this;
	}

	/**
	 * For tests and benchmarks: computes with these kernels instead of the fastest.
	 *
	 * @param choice the kernels
	 * @return this
	 */
	public NetworkBuilder kernels(Kernels choice) {
		kernels = choice;
		return this;
	}

	/** @return the graph's definition; does not start ND4J */
	public ComputationGraphConfiguration configuration() {
		return definition.configuration(this);
	}

	private <S extends Record> ComputationGraphConfiguration described(Backbone<S> backbone, S settings,
			NetworkDescription network) {
		// no seed() here: in DL4J that starts ND4J to seed its global generator
		GraphBuilder graph = new NeuralNetConfiguration.Builder().miniBatch(false).updater(updater()).graphBuilder()
				.addInputs(inputs.stream().map(Input::name).toList());
		if (architecture == null) {
			addPlain(graph, backbone, settings, network);
		} else {
			addArchitecture(graph, backbone, settings, network);
		}
		List<String> outputs = new ArrayList<>();
		for (Trunk trunk : trunks) {
			for (Head head : trunk.heads()) {
				gains.put(head.vertex(), head.gain());
				roles.put(head.vertex(), head.role());
				outputs.add(head.vertex());
			}
		}
		graph.setOutputs(outputs.toArray(String[]::new));
		ComputationGraphConfiguration configuration = graph.build();
		fixSeed(configuration);
		return configuration;
	}

	private <S extends Record> void addArchitecture(GraphBuilder graph, Backbone<S> backbone, S settings, NetworkDescription network) {
		Features input = new Features(inputs.get(0).name(), inputs.get(0).size());
		architecture.build(graph, network, new Architecture.BackboneLayers(input,
				network.read().map(observation -> backbone.stages(observation, settings)).orElse(List.of())));
		for (Trunk trunk : trunks) {
			for (Head head : trunk.heads()) {
				if (!graph.getVertices().containsKey(head.vertex())) {
					throw new IllegalArgumentException("the architecture " + architecture.getClass().getName() + " added no vertex '"
							+ head.vertex() + "', which network '" + network.name() + "' needs; there are "
							+ graph.getVertices().keySet());
				}
			}
		}
	}

	private <S extends Record> void addPlain(GraphBuilder graph, Backbone<S> backbone, S settings, NetworkDescription network) {
		network.read().ifPresent(observation -> backbone.check(observation, settings));
		Map<String, Features> readable = new HashMap<>();
		inputs.forEach(input -> readable.put(input.name(), new Features(input.name(), input.size())));
		boolean sequences = network.read().isPresent() && trunks.stream().anyMatch(trunk -> trunk.layers().isPresent())
				&& recurrent(backbone, settings, network.read().get());
		for (Trunk trunk : trunks) {
			Set<String> before = new HashSet<>(graph.getVertices().keySet());
			Features features = trunk.layers().isEmpty()
					? backbone.build(graph, trunk.prefix(), INPUT, network.read().orElseThrow(), settings)
					: trunk.layers().get().build(graph, trunk.prefix(), read(graph, trunk, readable, sequences));
			for (String vertex : graph.getVertices().keySet()) {
				if (!before.contains(vertex) && !vertex.startsWith(trunk.prefix())) {
					throw new IllegalArgumentException((trunk.layers().isEmpty() ? "backbone " + backbone.getClass().getName()
							: "the layers of trunk '" + trunk.name() + '\'') + " added a vertex '" + vertex
							+ "'; its vertices' names must begin with '" + trunk.prefix() + '\'');
				}
			}
			readable.put(trunk.name(), features);
			for (Head head : trunk.heads()) {
				Architecture.addHead(graph, head, features);
			}
		}
	}

	/** Whether a copy of the backbone makes all inputs sequences. */
	private static <S extends Record> boolean recurrent(Backbone<S> backbone, S settings, BoxSpace observation) {
		GraphBuilder alone = new NeuralNetConfiguration.Builder().graphBuilder().addInputs(INPUT);
		alone.setOutputs(backbone.build(alone, "backbone/alone/", INPUT, observation, settings).vertex());
		return alone.getVertices().values().stream().anyMatch(KnownGraph::isRecurrent);
	}

	/** What own layers read: rows, side by side if there are several. */
	private Features read(GraphBuilder graph, Trunk trunk, Map<String, Features> readable, boolean sequences) {
		List<String> vertices = new ArrayList<>();
		int size = 0;
		for (String name : trunk.reads()) {
			Features one = readable.get(name);
			String vertex = one.vertex();
			if (sequences && inputs.stream().anyMatch(input -> input.name().equals(name))) {
				vertex = trunk.prefix() + name + "-rows";
				graph.addVertex(vertex, new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), name);
			}
			vertices.add(vertex);
			size += one.size();
		}
		if (vertices.size() == 1) {
			return new Features(vertices.get(0), size);
		}
		graph.addVertex(trunk.prefix() + "inputs", new MergeVertex(), vertices.toArray(String[]::new));
		return new Features(trunk.prefix() + "inputs", size);
	}

	/** DL4J's default seed is the time of day, which would make every saved graph another file. */
	private static void fixSeed(ComputationGraphConfiguration configuration) {
		configuration.getDefaultConfiguration().setSeed(0);
		for (GraphVertex vertex : configuration.getVertices().values()) {
			if (vertex instanceof LayerVertex layer) {
				layer.getLayerConf().setSeed(0);
			}
		}
	}

	private IUpdater updater() {
		return switch (optimizer) {
			case Optimizer.Adam adam -> new Adam(CONFIGURED_LEARNING_RATE, adam.beta1(), adam.beta2(), adam.epsilon());
			case Optimizer.Sgd descent -> new Sgd(CONFIGURED_LEARNING_RATE);
		};
	}

	/** @return what the graph's vertices lead to */
	HeadRoles headRoles() {
		ComputationGraphConfiguration configuration = configuration();
		return new HeadRoles(configuration, roles);
	}

	/**
	 * Builds and initialises a network.
	 *
	 * @param initialization where the weights come from: a stream for each vertex
	 * @return the network
	 * @throws IllegalArgumentException when the graph does not fit together, does not fit into the memory, or has what Headstart's optimizers would ignore
	 */
	public Network build(RandomStreams initialization) {
		ComputationGraphConfiguration configuration = configuration();
		// before anything is allocated: a sum of sizes may be more than an int holds
		NetworkSize.of(configuration).refusal(Runtime.getRuntime().maxMemory(), "this process").ifPresent(refusal -> {
			throw new IllegalArgumentException(refusal);
		});
		List<String> heads = configuration.getNetworkOutputs().stream()
				.map(output -> output.startsWith(Head.PART) ? output.substring(Head.PART.length()) : output).toList();
		NetworkBackend backend = backend(configuration, heads, kernels != null ? kernels : KernelTier.fastest(), initialization);
		Network network = new TrainableNetwork(backend, new HeadRoles(configuration, roles));
		for (String vertex : network.parameterVertices()) {
			Map<String, float[]> given = weights.get(vertex);
			if (given != null) {
				given.forEach((parameter, values) -> network.setParameter(vertex, parameter, values));
			} else if (!(backend instanceof Dl4jBackend dl4j && dl4j.initialisedByDl4j(vertex))) {
				initialize(network, vertex, layer(configuration, vertex), initialization);
			}
		}
		return network;
	}

	private NetworkBackend backend(ComputationGraphConfiguration configuration, List<String> heads, Kernels chosen,
			RandomStreams initialization) {
		String reason = dl4jReason;
		if (reason == null) {
			try {
				return new CompiledBackend(configuration, KnownGraph.of(configuration, inputs), heads, optimizer, chosen);
			} catch (KnownGraph.UnknownVertexException e) {
				reason = e.getMessage();
			}
		}
		Nd4jStartup.ensure();
		return new Dl4jBackend(configuration, inputs, heads, optimizer, chosen, reason,
				initialization.stream("dl4j").nextLong());
	}

	private void initialize(Network network, String vertex, Layer layer, RandomStreams initialization) {
		for (String parameter : network.parameters(vertex)) {
			int[] shape = network.parameterShape(vertex, parameter);
			int length = 1;
			for (int size : shape) {
				length *= size;
			}
			float[] values;
			if (parameter.equals("b")) {
				values = new float[length];
				Arrays.fill(values, bias(layer));
				if (layer instanceof LSTM lstm) {
					Arrays.fill(values, length / 4, length / 2, (float) lstm.getForgetGateBiasInit());
				}
			} else if (layer instanceof LSTM) {
				double gain = parameter.equals("RW") ? 1 : gains.getOrDefault(vertex, 1.0);
				values = gates(shape[0], shape[1] / 4, gain, initialization.stream(vertex + '/' + parameter));
			} else if (parameter.equals("W")) {
				// a filter's weights [out, in, height, width] are one vector for each out
				values = OrthogonalInitialization.matrix(shape[0], length / shape[0], gains.getOrDefault(vertex, HIDDEN_GAIN),
						initialization.stream(vertex + '/' + parameter));
			} else {
				throw new IllegalStateException("no initialisation of " + vertex + ' ' + parameter);
			}
			network.setParameter(vertex, parameter, values);
		}
	}

	/** Four matrices side by side. */
	private static float[] gates(int rows, int units, double gain, RandomStream random) {
		float[] values = new float[rows * 4 * units];
		for (int gate = 0; gate < 4; gate++) {
			float[] matrix = OrthogonalInitialization.matrix(rows, units, gain, random);
			for (int row = 0; row < rows; row++) {
				System.arraycopy(matrix, row * units, values, (row * 4 + gate) * units, units);
			}
		}
		return values;
	}

	private static float bias(Layer layer) {
		return layer instanceof BaseLayer base ? (float) base.getBiasInit() : 0;
	}

	private static Layer layer(ComputationGraphConfiguration configuration, String vertex) {
		return KnownGraph.unwrapped(((LayerVertex) configuration.getVertices().get(vertex)).getLayerConf().getLayer());
	}
}
