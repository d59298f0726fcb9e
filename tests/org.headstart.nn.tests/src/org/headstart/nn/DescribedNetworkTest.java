package org.headstart.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.environment.ObservationPart;
import org.headstart.api.network.Head;
import org.headstart.api.network.Head.Role;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.api.strategy.WarmStartRule;
import org.headstart.api.strategy.WarmStartRule.Action;
import org.headstart.nn.internal.state.NetworkState;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

/** Networks as learners describe them: inputs beside the observation, layers of their own, roles, several networks. */
class DescribedNetworkTest {

	private static final BoxSpace OBSERVATION = BoxSpace.uniform(Samples.INPUTS, -1, 1);
	private static final Layers MIXED = new Layers.Dense(List.of(7, 3), Activation.TANH);
	private static final Trunk FEATURES = new Trunk("features", List.of());
	private static final Trunk JUDGEMENT = new Trunk("judgement", MIXED, List.of("features", "action"),
			List.of(new Head("q", Role.VALUE, 1, 1)));

	private static NetworkDescription critic(Trunk... trunks) {
		return new NetworkDescription("critic", Optional.of(ObservationPart.numbers("numbers", OBSERVATION)),
				List.of(Input.vector("action", 2)), List.of(trunks), new Optimizer.Adam(0.9, 0.999, 1e-8));
	}

	private static NetworkBuilder builder(NetworkDescription description) {
		return NetworkBuilder.of(new Samples.TwoLayers(), new NoSettings(), description);
	}

	@Test
	void anActionIsJudgedInAnObservation() {
		Network critic = builder(critic(FEATURES, JUDGEMENT)).build(new RandomStreams(1));
		assertTrue(critic.backend().startsWith("compiled"), critic.backend());
		assertEquals(List.of(Input.vector("observation", Samples.INPUTS), Input.vector("action", 2)), critic.inputs());
		assertEquals(List.of("q"), critic.heads());
		assertEquals(List.of("backbone/features/hidden-1", "backbone/features/hidden-2", "trunk/judgement/dense-1",
				"trunk/judgement/dense-2", "head/q"), critic.parameterVertices());
		assertArrayEquals(new int[] {34, 7}, critic.parameterShape("trunk/judgement/dense-1", "W"));
		float[] action = {0.3f, -0.2f};
		critic.input(1, action, 0, 2);
		critic.forward(new float[Samples.INPUTS], 0, 1);
		float before = critic.outputs()[0];
		action[0] = 1;
		critic.forward(new float[Samples.INPUTS], 0, 1);
		assertFalse(before == critic.outputs()[0], "the action counts");
	}

	@Test
	void itsSizeIsThatOfWhatIsBuilt() {
		NetworkDescription critic = critic(FEATURES, JUDGEMENT);
		double counted = NetworkSize.of(new Samples.TwoLayers(), new NoSettings(), critic).parameters();
		assertEquals(counted, NetworkSize.of(builder(critic).configuration()).parameters());
		Backbone<NoSettings> known = new Backbone<>() {
			@Override
			public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
				throw new AssertionError("not built to be counted");
			}

			@Override
			public Optional<Extent> extent(BoxSpace observation, NoSettings settings) {
				return Optional.of(Extent.of(observation).dense(List.of(32, 32)));
			}
		};
		assertEquals(counted, NetworkSize.of(known, new NoSettings(), critic).parameters());
	}

	@Test
	void whatAHeadIsForIsKnownOfAllThatLeadsToItAlone() {
		Network separate = builder(NetworkDescription.of(OBSERVATION, List.of(Samples.POLICY, Samples.VALUE), new Optimizer.Sgd()))
				.build(new RandomStreams(1));
		assertEquals(Set.of("backbone/value/hidden-1", "backbone/value/hidden-2", "head/value"), separate.verticesLeadingTo(Role.VALUE));
		assertEquals(Set.of(), separate.verticesLeadingTo(Role.AUXILIARY));
		Network shared = builder(NetworkDescription.of(OBSERVATION, List.of(new Trunk("shared", List.of(Head.policy(2, 1), Head.value(1)))),
				new Optimizer.Sgd())).build(new RandomStreams(1));
		assertEquals(Set.of("head/value"), shared.verticesLeadingTo(Role.VALUE));
		assertEquals(Set.of("head/value"), shared.copy().verticesLeadingTo(Role.VALUE));
	}

	/** The compiled backend takes rows for rows; in DL4J the action is a sequence as all inputs of such a graph are. */
	@Test
	void memoryAndRowsGoTogether() {
		Backbone<NoSettings> memory = (graph, prefix, input, observation, settings) -> {
			graph.addLayer(prefix + "memory", new LSTM.Builder().nIn(observation.size()).nOut(4).activation(Activation.TANH).build(),
					input);
			graph.addVertex(prefix + "rows", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), prefix + "memory");
			return new Backbone.Features(prefix + "rows", 4);
		};
		float[][] outputs = new float[2][];
		for (int i = 0; i < 2; i++) {
			NetworkBuilder builder = NetworkBuilder.of(memory, new NoSettings(), critic(FEATURES, JUDGEMENT));
			Network network = (i == 0 ? builder : builder.withoutCompiling()).build(new RandomStreams(1));
			assertEquals(i == 0, network.backend().startsWith("compiled"), network.backend());
			network.input(1, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 0, 2);
			float[] observations = new float[4 * Samples.INPUTS];
			for (int k = 0; k < observations.length; k++) {
				observations[k] = 0.1f * k;
			}
			network.forwardSequences(observations, 0, 2, 2, new float[2 * network.stateSize()], null);
			outputs[i] = new float[4];
			for (int row = 0; row < 4; row++) {
				outputs[i][row] = network.outputs()[row * network.outputStride()];
			}
		}
		assertArrayEquals(outputs[0], outputs[1], 1e-5f);
	}

	@Test
	void severalNetworksHaveWeightsOfTheirOwn() {
		NetworkDescription only = NetworkDescription.of(OBSERVATION, List.of(Samples.POLICY), new Optimizer.Sgd());
		NetworkDescription other = new NetworkDescription("other", only.observation(), List.of(), only.trunks(), only.optimizer());
		Map<String, Network> networks = NetworkBuilder.build(new Samples.TwoLayers(), new NoSettings(), List.of(only, other),
				Optional.empty(), new RandomStreams(1));
		assertEquals(List.of("network", "other"), List.copyOf(networks.keySet()));
		assertArrayEquals(builder(only).build(new RandomStreams(1)).parameter("head/policy", "W"),
				networks.get("network").parameter("head/policy", "W"), "the only one and one beside others begin alike");
		assertFalse(
				Arrays.equals(networks.get("network").parameter("head/policy", "W"), networks.get("other").parameter("head/policy", "W")));
		assertThrows(IllegalArgumentException.class, () -> NetworkBuilder.build(new Samples.TwoLayers(), new NoSettings(),
				List.of(only, only), Optional.empty(), new RandomStreams(1)));
	}

	/** A column's weights come from a plain network; what is loaded, frozen and reset goes by role and by network. */
	@Test
	void warmStartsRename() {
		Network source = builder(NetworkDescription.of(OBSERVATION, List.of(Samples.POLICY, Samples.VALUE), new Optimizer.Sgd()))
				.build(new RandomStreams(1));
		Trunk column = new Trunk("column", List.of(Head.policy(4, 1), Head.value(1)));
		Network target = builder(NetworkDescription.of(OBSERVATION, List.of(column), new Optimizer.Sgd())).build(new RandomStreams(2));
		float[] fresh = target.parameter("head/value", "W");
		WarmStartReport report = WarmStart.apply("actor", NetworkState.of(source), target,
				List.of(new WarmStartRule("", Action.RESET).in("critic"), new WarmStartRule("head/", Action.RESET).leadingTo(Role.VALUE),
						new WarmStartRule("backbone/column/", Action.LOAD_AND_FREEZE).from("backbone/policy/"),
						new WarmStartRule("", Action.LOAD)));
		assertArrayEquals(source.parameter("backbone/policy/hidden-2", "W"), target.parameter("backbone/column/hidden-2", "W"));
		assertEquals(Set.of("backbone/column/hidden-1", "backbone/column/hidden-2"), target.frozenVertices());
		assertArrayEquals(fresh, target.parameter("head/value", "W"));
		assertTrue(report.lines().contains("backbone/column/hidden-2 W [32, 32]: loaded, frozen (from backbone/policy/hidden-2)"),
				report.lines()::toString);
		assertTrue(report.lines().contains("backbone/value/hidden-1 b [32]: unused (in the source, not taken)"), report.lines()::toString);
		String message = assertThrows(IllegalArgumentException.class, () -> WarmStart.apply(NetworkState.of(source), target,
				List.of(new WarmStartRule("", Action.LOAD).from("none/")))).getMessage();
		assertTrue(message.contains("from none/head/policy: the source has no such tensor"), message);
	}

	/** The backbone sees the image from 0 to 1; the network reads its bytes. */
	@Test
	void anImageOfBytesIsWhatABackboneReads() {
		Backbone<NoSettings> filters = new Backbone<>() {

			@Override
			public void check(BoxSpace observation, NoSettings settings) {
				assertEquals(BoxSpace.image(2, 4, 5, 0, 1), observation);
			}

			@Override
			public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
				graph.addLayer(prefix + "filters", new ConvolutionLayer.Builder(3, 3).nIn(2).nOut(3).activation(Activation.TANH).build(),
						input);
				graph.addVertex(prefix + "flat", new PreprocessorVertex(new CnnToFeedForwardPreProcessor(2, 3, 3)), prefix + "filters");
				return new Features(prefix + "flat", 18);
			}
		};
		ObservationPart image = ObservationPart.image("screen", 2, 4, 5);
		Network bytes = NetworkBuilder.of(filters, new NoSettings(), NetworkDescription.of(image, List.of(Samples.VALUE),
				new Optimizer.Sgd())).build(new RandomStreams(1));
		assertEquals(List.of(new Input("observation", List.of(2, 4, 5), true)), bytes.inputs());
		Network floats = NetworkBuilder.of(filters, new NoSettings(), NetworkDescription.of(BoxSpace.image(2, 4, 5, 0, 1),
				List.of(Samples.VALUE), new Optimizer.Sgd())).build(new RandomStreams(1));
		byte[] pixels = new byte[80];
		float[] scaled = new float[80];
		for (int i = 0; i < 80; i++) {
			pixels[i] = (byte) (7 * i);
			scaled[i] = (7 * i & 0xFF) / 255f;
		}
		bytes.input(0, pixels, 0, 40);
		bytes.forward(2);
		floats.forward(scaled, 0, 2);
		assertArrayEquals(Arrays.copyOf(floats.outputs(), 2), Arrays.copyOf(bytes.outputs(), 2));
		assertTrue(bytes.outputs()[0] != bytes.outputs()[1]);
	}

	@Test
	void faultsAreNamed() {
		assertMessage("trunk 'judgement' of network 'critic' reads 'features', which is neither an input nor a trunk before it; there are"
				+ " [action, observation]", () -> critic(JUDGEMENT, FEATURES));
		assertMessage("two trunks or inputs of network 'critic' are called 'action'", () -> critic(new Trunk("action", List.of())));
		assertMessage("network 'critic' needs at least one trunk with a head", () -> critic(FEATURES));
		assertMessage("trunk 'x' reads nothing", () -> new Trunk("x", MIXED, List.of(), List.of()));
		assertMessage("a network's name is made of lower-case words with hyphens, not 'My net'",
				() -> new NetworkDescription("My net", Optional.of(ObservationPart.numbers("numbers", OBSERVATION)), List.of(),
						List.of(Samples.POLICY), new Optimizer.Sgd()));
		assertMessage("is a copy of the backbone, but the network has no observation",
				() -> new NetworkDescription("x", Optional.empty(), List.of(), List.of(Samples.POLICY), new Optimizer.Sgd()));
		Layers wrong = (graph, prefix, below) -> MIXED.build(graph, "mine/", below);
		assertMessage("the layers of trunk 'x' added a vertex 'mine/dense-1'; its vertices' names must begin with 'trunk/x/'",
				() -> builder(critic(new Trunk("x", wrong, List.of("action"), List.of(Head.value(1))))).configuration());
	}

	private static void assertMessage(String part, Runnable action) {
		String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
		assertTrue(message.contains(part), message);
	}
}
