package org.headstart.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/** What the builder makes of trunks and graphs. */
class NetworkBuilderTest {

	@Test
	void namesShapesAndOrder() {
		Network network = Samples.policyAndValue().build(new RandomStreams(1));
		assertEquals(List.of("policy", "value"), network.heads());
		assertEquals(List.of("backbone/policy/hidden-1", "backbone/policy/hidden-2", "head/policy", "backbone/value/hidden-1",
				"backbone/value/hidden-2", "head/value"), network.parameterVertices());
		assertEquals(Samples.INPUTS, network.inputSize());
		assertEquals(4, network.headSize(0));
		assertEquals(1, network.headSize(1));
		assertEquals(List.of("W", "b"), network.parameters("head/value"));
		assertArrayEquals(new int[] {32, 4}, network.parameterShape("head/policy", "W"));
		assertArrayEquals(new int[] {4}, network.parameterShape("head/policy", "b"));
	}

	@Test
	void initialisationIsOrthogonalWithTheGivenGains() {
		Network network = Samples.policyAndValue().build(new RandomStreams(1));
		requireOrthogonalRows(network.parameter("backbone/policy/hidden-1", "W"), 6, 32, 2);
		requireOrthogonalRows(network.parameter("backbone/policy/hidden-2", "W"), 32, 32, 2);
		float[] head = network.parameter("head/policy", "W");
		float[] transposed = new float[head.length];
		for (int i = 0; i < 32; i++) {
			for (int j = 0; j < 4; j++) {
				transposed[j * 32 + i] = head[i * 4 + j];
			}
		}
		requireOrthogonalRows(transposed, 4, 32, 1e-4);
		assertArrayEquals(new float[32], network.parameter("backbone/policy/hidden-1", "b"));
	}

	private static void requireOrthogonalRows(float[] matrix, int rows, int columns, double squaredLength) {
		for (int a = 0; a < rows; a++) {
			for (int b = 0; b < rows; b++) {
				double dot = 0;
				for (int j = 0; j < columns; j++) {
					dot += matrix[a * columns + j] * (double) matrix[b * columns + j];
				}
				assertEquals(a == b ? squaredLength : 0, dot, 1e-6 * squaredLength);
			}
		}
	}

	@Test
	void aVertexIsInitialisedAlikeWhateverElseIsInTheGraph() {
		Network both = Samples.policyAndValue().build(new RandomStreams(7));
		Network alone = NetworkBuilder.of(new Samples.TwoLayers(), new NoSettings(), BoxSpace.uniform(6, -1, 1))
				.trunk(Samples.VALUE).build(new RandomStreams(7));
		Network other = Samples.policyAndValue().build(new RandomStreams(8));
		assertArrayEquals(both.parameter("head/value", "W"), alone.parameter("head/value", "W"));
		assertFalse(java.util.Arrays.equals(both.parameter("head/value", "W"), other.parameter("head/value", "W")));
	}

	@Test
	void bothBackendsAreInitialisedAlike() {
		Network compiled = Samples.policyAndValue().build(new RandomStreams(7));
		Network dl4j = Samples.policyAndValue().withoutCompiling().build(new RandomStreams(7));
		assertArrayEquals(Samples.state(compiled), Samples.state(dl4j));
	}

	@Test
	void headsOfOneTrunkShareOneBlock() {
		Network network = NetworkBuilder.of(new Samples.TwoLayers(), new NoSettings(), BoxSpace.uniform(6, -1, 1))
				.trunk(new Trunk("shared", List.of(Head.policy(5, 0.01), Head.value(1))))
				.build(new RandomStreams(1));
		assertEquals(16, network.outputStride());
		assertEquals(0, network.headOffset(0));
		assertEquals(5, network.headOffset(1));
	}

	@Test
	void faultsAreNamed() {
		NetworkBuilder none = NetworkBuilder.of(new Samples.TwoLayers(), new NoSettings(), BoxSpace.uniform(6, -1, 1));
		assertMessage("network 'network' needs at least one trunk with a head", () -> none.build(new RandomStreams(1)));
		assertMessage("two trunks or inputs of network 'network' are called 'policy'",
				() -> Samples.policyAndValue().trunk(new Trunk("policy", List.of(new Head("x", Head.Role.AUXILIARY, 1, 1))))
						.configuration());
		assertMessage("two heads of network 'network' are called 'value'",
				() -> Samples.policyAndValue().trunk(new Trunk("third", List.of(Head.value(1)))).configuration());
		Backbone<NoSettings> wrong = (graph, prefix, input, observation, settings) -> {
			graph.addLayer("hidden", new DenseLayer.Builder().nIn(6).nOut(3).build(), input);
			return new Backbone.Features("hidden", 3);
		};
		assertMessage("added a vertex 'hidden'; its vertices' names must begin with 'backbone/policy/'",
				() -> NetworkBuilder.of(wrong, new NoSettings(), BoxSpace.uniform(6, -1, 1)).trunk(Samples.POLICY).configuration());
		assertMessage("set nIn(6)", () -> {
			ComputationGraphConfiguration graph = start().addLayer("head/a", dense(5, 2), "observation").setOutputs("head/a").build();
			NetworkBuilder.of(graph, 6).build(new RandomStreams(1));
		});
		assertMessage("vertex 'head/a' has regularisation", () -> {
			ComputationGraphConfiguration graph = start().addLayer("head/a",
					new DenseLayer.Builder().nIn(6).nOut(2).activation(Activation.IDENTITY).l2(0.1).build(), "observation")
					.setOutputs("head/a").build();
			NetworkBuilder.of(graph, 6).build(new RandomStreams(1));
		});
		assertMessage("vertex 'memory' has a preprocessor of its own", () -> {
			ComputationGraphConfiguration graph = start()
					.addLayer("memory", new LSTM.Builder().nIn(6).nOut(8).build(), new FeedForwardToRnnPreProcessor(), "observation")
					.addLayer("head/x", dense(8, 2), new RnnToFeedForwardPreProcessor(), "memory").setOutputs("head/x").build();
			NetworkBuilder.of(graph, 6).build(new RandomStreams(1));
		});
	}

	private static void assertMessage(String part, org.junit.jupiter.api.function.Executable executable) {
		String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
		assertTrue(message.contains(part), message);
	}

	private static GraphBuilder start() {
		return new NeuralNetConfiguration.Builder().miniBatch(false).graphBuilder().addInputs("observation");
	}

	private static DenseLayer dense(int in, int out) {
		return new DenseLayer.Builder().nIn(in).nOut(out).activation(Activation.IDENTITY).build();
	}

	static Stream<Arguments> unknownLayers() {
		GraphBuilder dropout = start().addLayer("a", dense(12, 8), "observation").addLayer("drop", new DropoutLayer(0.5), "a")
				.addLayer("head/x", dense(8, 2), "drop");
		GraphBuilder normalization = start().addLayer("a", dense(12, 8), "observation")
				.addLayer("norm", new BatchNormalization.Builder().nIn(8).nOut(8).build(), "a").addLayer("head/x", dense(8, 2), "norm");
		GraphBuilder lstm = start()
				.addLayer("memory", new LSTM.Builder().nIn(12).nOut(8).activation(Activation.TANH)
						.gateActivationFunction(Activation.HARDSIGMOID).build(), "observation")
				.addLayer("head/x", dense(8, 2), new RnnToFeedForwardPreProcessor(), "memory");
		GraphBuilder convolution = start()
				.addLayer("filters", new ConvolutionLayer.Builder(2, 2).nIn(1).nOut(3).activation(Activation.RELU).build(),
						new FeedForwardToCnnPreProcessor(3, 4, 1), "observation")
				.addLayer("head/x", dense(3 * 2 * 3, 2), new CnnToFeedForwardPreProcessor(2, 3, 3), "filters");
		return Stream.of(Arguments.of(dropout, "dl4j: vertex 'drop' has dropout"),
				Arguments.of(normalization, "dl4j: vertex 'norm' has layer BatchNormalization"),
				Arguments.of(lstm, "dl4j: vertex 'memory' has activation hardsigmoid"),
				Arguments.of(convolution, "dl4j: vertex 'filters' has preprocessor FeedForwardToCnnPreProcessor"));
	}

	@ParameterizedTest
	@MethodSource("unknownLayers")
	void dl4jRunsWhatIsNotKnownAndSaysWhy(GraphBuilder graph, String backend) throws Exception {
		ComputationGraphConfiguration configuration = graph.setOutputs("head/x").build();
		Network network = NetworkBuilder.of(configuration, 12).optimizer(Samples.ADAM).build(new RandomStreams(3));
		assertEquals(backend, network.backend());
		byte[] start = Samples.state(network);
		Samples.train(network, new RandomStream(1), 5, 8);
		byte[] half = Samples.state(network);
		Samples.train(network, new RandomStream(2), 5, 8);
		byte[] end = Samples.state(network);
		assertFalse(java.util.Arrays.equals(start, half));

		Network again = NetworkBuilder.of(configuration, 12).optimizer(Samples.ADAM).build(new RandomStreams(3));
		assertArrayEquals(start, Samples.state(again));
		again.readState(new java.io.DataInputStream(new java.io.ByteArrayInputStream(half)));
		Samples.train(again, new RandomStream(2), 5, 8);
		assertArrayEquals(end, Samples.state(again));
	}

	@Test
	void weightsOfAGraphAreTaken() {
		Network network = Samples.policyAndValue().build(new RandomStreams(1));
		Samples.train(network, new RandomStream(1), 3, 8);
		Network copy = NetworkBuilder.of(network.graph(), Samples.INPUTS).optimizer(new Optimizer.Sgd()).build(new RandomStreams(2));
		for (String vertex : network.parameterVertices()) {
			assertArrayEquals(network.parameter(vertex, "W"), copy.parameter(vertex, "W"));
			assertArrayEquals(network.parameter(vertex, "b"), copy.parameter(vertex, "b"));
		}
	}
}
