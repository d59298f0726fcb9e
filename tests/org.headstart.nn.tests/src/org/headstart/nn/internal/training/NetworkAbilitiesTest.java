package org.headstart.nn.internal.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.headstart.api.network.Input;
import org.headstart.api.network.Network;
import org.headstart.api.network.Stage;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.Samples;
import org.headstart.nn.internal.kernels.PlainKernels;
import org.headstart.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Several inputs, several losses, gradients of inputs, stages, copies: in each backend, and held against each other and against finite
 * differences.
 */
class NetworkAbilitiesTest {

	private static final int ROWS = 70;
	private static final Predicate<String> ALL = vertex -> true;
	private static final List<Input> STATE_AND_ACTION = List.of(Input.vector("state", 5), Input.vector("action", 2));

	/** Q(s, a): a trunk on the state, the action beside its features, two heads of which one is not linear. */
	private static ComputationGraphConfiguration critic() {
		return graph("state", "action").addLayer("features", dense(5, 9, Activation.TANH), "state")
				.addVertex("both", new MergeVertex(), "features", "action")
				.addLayer("mixed", dense(11, 7, Activation.TANH), "both").addLayer("other", dense(5, 7, Activation.SIGMOID), "state")
				.addVertex("product", new ElementWiseVertex(ElementWiseVertex.Op.Product), "mixed", "other")
				.addLayer("head/q", dense(7, 1, Activation.IDENTITY), "product")
				.addLayer("head/bounded", dense(7, 3, Activation.TANH), "mixed").setOutputs("head/q", "head/bounded").build();
	}

	private static GraphBuilder graph(String... inputs) {
		return new NeuralNetConfiguration.Builder().miniBatch(false).updater(new Adam(1e-3)).graphBuilder().addInputs(inputs);
	}

	private static DenseLayer dense(int in, int out, Activation activation) {
		return new DenseLayer.Builder().nIn(in).nOut(out).activation(activation).build();
	}

	/** The same network in each backend. */
	static Stream<TrainableNetwork> critics() {
		return Stream.of(builder(), builder().kernels(new PlainKernels()), builder().withoutCompiling())
				.map(each -> (TrainableNetwork) each.build(new RandomStreams(3)));
	}

	private static NetworkBuilder builder() {
		return NetworkBuilder.of(critic(), STATE_AND_ACTION);
	}

	private static float[] draw(long seed, int length) {
		RandomStream random = new RandomStream(seed);
		float[] values = new float[length];
		for (int i = 0; i < length; i++) {
			values[i] = (float) random.nextGaussian();
		}
		return values;
	}

	private static void fill(Network network, long seed, int rows) {
		RandomStream random = new RandomStream(seed);
		for (int h = 0; h < network.heads().size(); h++) {
			for (int r = 0; r < rows; r++) {
				for (int j = 0; j < network.headSize(h); j++) {
					network.outputGradients()[r * network.outputStride() + network.headOffset(h) + j] = (float) random.nextGaussian();
				}
			}
		}
	}

	/** Σ gradients · outputs, the loss whose gradients {@link #fill} gives. */
	private static double loss(Network network, long seed, int rows) {
		RandomStream random = new RandomStream(seed);
		double sum = 0;
		for (int h = 0; h < network.heads().size(); h++) {
			for (int r = 0; r < rows; r++) {
				for (int j = 0; j < network.headSize(h); j++) {
					sum += random.nextGaussian() * network.outputs()[r * network.outputStride() + network.headOffset(h) + j];
				}
			}
		}
		return sum;
	}

	/** A head's rows side by side, whatever the backend's stride. */
	private static float[] outputs(Network network, int rows) {
		int size = 0;
		for (int h = 0; h < network.heads().size(); h++) {
			size += network.headSize(h);
		}
		float[] all = new float[rows * size];
		int at = 0;
		for (int r = 0; r < rows; r++) {
			for (int h = 0; h < network.heads().size(); h++) {
				System.arraycopy(network.outputs(), r * network.outputStride() + network.headOffset(h), all, at, network.headSize(h));
				at += network.headSize(h);
			}
		}
		return all;
	}

	private static float[] gradients(TrainableNetwork network) {
		float[] all = {};
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				float[] gradient = network.gradient(vertex, parameter);
				all = Arrays.copyOf(all, all.length + gradient.length);
				System.arraycopy(gradient, 0, all, all.length - gradient.length, gradient.length);
			}
		}
		return all;
	}

	private static float[] sum(float[] a, float[] b) {
		float[] sum = new float[a.length];
		for (int i = 0; i < sum.length; i++) {
			sum[i] = a[i] + b[i];
		}
		return sum;
	}

	@Test
	void inputsAreNamedAndReadWhereTheyLie() {
		// state and action are parts of longer rows
		float[] rows = draw(1, ROWS * 10);
		float[] states = new float[ROWS * 5];
		float[] actions = new float[ROWS * 2];
		for (int r = 0; r < ROWS; r++) {
			System.arraycopy(rows, r * 10 + 1, states, r * 5, 5);
			System.arraycopy(rows, r * 10 + 7, actions, r * 2, 2);
		}
		float[] expected = null;
		for (TrainableNetwork network : critics().toList()) {
			assertEquals(STATE_AND_ACTION, network.inputs());
			assertEquals(5, network.inputSize());
			network.input(0, rows, 1, 10);
			network.input(1, rows, 7, 10);
			network.forward(ROWS);
			float[] here = outputs(network, ROWS);
			network.input(1, actions, 0, 2);
			network.forward(states, 0, ROWS);
			assertArrayEquals(here, outputs(network, ROWS), network.backend());
			expected = expected == null ? here : expected;
			assertArrayEquals(expected, here, 1e-5f, network.backend());
		}
	}

	@ParameterizedTest
	@MethodSource("critics")
	void anInputWithoutRowsIsSaid(TrainableNetwork network) {
		String message = assertThrows(IllegalStateException.class, () -> network.forward(new float[5], 0, 1)).getMessage();
		assertEquals("input 'action' has no rows: call input(1, …) before the forward", message);
		message = assertThrows(IllegalArgumentException.class, () -> network.input(1, new byte[2], 0, 2)).getMessage();
		assertEquals("input 'action' is of floats, not of bytes", message);
	}

	@ParameterizedTest
	@MethodSource("critics")
	void gradientsOfSeveralLossesAdd(TrainableNetwork network) {
		network.input(1, draw(2, ROWS * 2), 0, 2);
		float[] first = backward(network, 1, 4, ROWS);
		float[] second = backward(network, 5, 6, 33);
		network.forward(draw(1, ROWS * 5), 0, ROWS);
		fill(network, 4, ROWS);
		network.backward(ROWS);
		network.forward(draw(5, 33 * 5), 0, 33);
		fill(network, 6, 33);
		network.accumulate(33);
		assertArrayEquals(sum(first, second), gradients(network), 1e-4f);
		network.zeroGradients();
		assertEquals(0, network.gradientSquaredNorm());
		network.accumulate(33);
		assertArrayEquals(second, gradients(network), 1e-6f);
		network.backward(33);
		assertArrayEquals(second, gradients(network), 1e-6f);
	}

	private static float[] backward(TrainableNetwork network, long input, long errors, int rows) {
		network.forward(draw(input, rows * 5), 0, rows);
		fill(network, errors, rows);
		network.backward(rows);
		return gradients(network);
	}

	@ParameterizedTest
	@MethodSource("critics")
	void gradientsOfInputsAreFiniteDifferences(TrainableNetwork network) {
		float[] states = draw(1, ROWS * 5);
		float[] actions = draw(2, ROWS * 2);
		network.input(1, actions, 0, 2);
		float[] ofParameters = backward(network, 1, 4, ROWS);
		network.forward(states, 0, ROWS);
		fill(network, 4, ROWS);
		network.backwardToInputs(ROWS);
		assertArrayEquals(ofParameters, gradients(network), "the parameters' gradients stay");
		for (int input = 0; input < 2; input++) {
			float[] values = input == 0 ? states : actions;
			int size = input == 0 ? 5 : 2;
			float[] gradients = network.inputGradients(input).clone();
			int stride = network.inputGradientStride(input);
			for (int i = 0; i < values.length; i += 7) {
				float value = values[i];
				values[i] = value + 5e-3f;
				network.forward(states, 0, ROWS);
				double above = loss(network, 4, ROWS);
				values[i] = value - 5e-3f;
				network.forward(states, 0, ROWS);
				double below = loss(network, 4, ROWS);
				values[i] = value;
				assertEquals((above - below) / 1e-2, gradients[i / size * stride + i % size], 1e-2, "input " + input + " element " + i);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("critics")
	void aStageIsReadReplacedAndForwardedFrom(TrainableNetwork network) {
		network.input(1, draw(2, ROWS * 2), 0, 2);
		network.forward(draw(1, ROWS * 5), 0, ROWS);
		Stage features = network.stage("features");
		assertEquals("features", features.vertex());
		assertEquals(9, features.size());
		float[] outputs = outputs(network, ROWS);
		// tanh(x·W + b) by hand
		float[] weights = network.parameter("features", "W");
		double x = 0;
		for (int i = 0; i < 5; i++) {
			x += draw(1, ROWS * 5)[3 * 5 + i] * weights[i * 9 + 4];
		}
		assertEquals(Math.tanh(x), features.activations()[3 * features.stride() + 4], 1e-5);

		network.forwardFrom(features, ROWS);
		assertArrayEquals(outputs, outputs(network, ROWS), "nothing was changed");
		features.activations()[2 * features.stride()] += 0.5f;
		network.forwardFrom(features, ROWS);
		float[] perturbed = outputs(network, ROWS);
		for (int i = 0; i < outputs.length; i++) {
			assertEquals(i / 4 != 2, outputs[i] == perturbed[i], "only row 2 is another: " + i);
		}
		assertThrows(IllegalArgumentException.class, () -> network.forwardFrom(features, ROWS + 1));
		String message = assertThrows(IllegalArgumentException.class, () -> network.stage("none")).getMessage();
		assertTrue(message.contains("'none'") && message.contains("features") && message.contains("mixed"), message);
	}

	@ParameterizedTest
	@MethodSource("critics")
	void aBackwardAfterAForwardFromAStageEndsThere(TrainableNetwork network) {
		network.input(1, draw(2, ROWS * 2), 0, 2);
		backward(network, 1, 4, ROWS);
		float[] mixed = network.gradient("mixed", "W");
		Stage features = network.stage("features");
		network.forwardFrom(features, ROWS);
		fill(network, 4, ROWS);
		network.backward(ROWS);
		assertArrayEquals(mixed, network.gradient("mixed", "W"), 1e-6f);
		assertArrayEquals(new float[45], network.gradient("features", "W"));
		assertArrayEquals(new float[35], network.gradient("other", "W"), "'other' does not depend on the stage");
		assertThrows(IllegalStateException.class, () -> network.backwardToInputs(ROWS));
	}

	/** A loss on the features themselves: Σ c · features, beside one on the heads. */
	@ParameterizedTest
	@MethodSource("critics")
	void aStageIsGivenGradients(TrainableNetwork network) {
		float[] given = draw(9, ROWS * 9);
		network.input(1, draw(2, ROWS * 2), 0, 2);
		float[] ofHeads = backward(network, 1, 4, ROWS);
		Stage features = network.stage("features");
		give(features, given);
		network.backward(ROWS);
		float[] both = gradients(network);
		network.backward(ROWS);
		assertArrayEquals(ofHeads, gradients(network), 1e-5f, "they count once");
		float[] weights = network.parameter("features", "W");
		float[] states = draw(1, ROWS * 5);
		int at = 2 * 9 + 3;
		double[] losses = new double[2];
		for (int side = 0; side < 2; side++) {
			float[] moved = weights.clone();
			moved[at] += side == 0 ? 5e-3f : -5e-3f;
			network.setParameter("features", "W", moved);
			network.forward(states, 0, ROWS);
			losses[side] = loss(network, 4, ROWS);
			for (int r = 0; r < ROWS; r++) {
				for (int j = 0; j < 9; j++) {
					losses[side] += given[r * 9 + j] * features.activations()[r * features.stride() + j];
				}
			}
		}
		network.setParameter("features", "W", weights);
		assertEquals((losses[0] - losses[1]) / 1e-2, both[at], 2e-2);
	}

	private static void give(Stage stage, float[] given) {
		for (int r = 0; r < ROWS; r++) {
			System.arraycopy(given, r * 9, stage.gradients(), r * stage.stride(), 9);
		}
	}

	@ParameterizedTest
	@MethodSource("critics")
	void aCopyIsANetworkOfItsOwnAndFollows(TrainableNetwork network) {
		network.freeze("other"::equals);
		Network target = network.copy();
		assertNotSame(network, target);
		assertEquals(network.frozenVertices(), target.frozenVertices());
		assertEquals(network.backend(), target.backend());
		float[] before = network.parameter("mixed", "W");
		network.input(1, draw(2, ROWS * 2), 0, 2);
		for (int step = 0; step < 3; step++) {
			backward(network, step, 4, ROWS);
			network.update(1, 1e-2f);
		}
		float[] after = network.parameter("mixed", "W");
		assertArrayEquals(before, target.parameter("mixed", "W"));
		target.moveTowards(network, 0.25f, ALL);
		for (int i = 0; i < before.length; i++) {
			assertEquals(0.75f * before[i] + 0.25f * after[i], target.parameter("mixed", "W")[i], 1e-6f);
		}
		target.moveTowards(network, 1, "features"::equals);
		assertArrayEquals(network.parameter("features", "W"), target.parameter("features", "W"));
		target.moveTowards(network, 1, ALL);
		float[] states = draw(8, ROWS * 5);
		network.forward(states, 0, ROWS);
		target.input(1, draw(2, ROWS * 2), 0, 2);
		target.forward(states, 0, ROWS);
		assertArrayEquals(outputs(network, ROWS), outputs(target, ROWS));
		assertThrows(IllegalArgumentException.class, () -> target.moveTowards(network, 1.5f, ALL));
		Network stranger = Samples.policyAndValue().build(new RandomStreams(1));
		assertThrows(IllegalArgumentException.class, () -> target.moveTowards(stranger, 1, ALL));
	}

	@Test
	void backendsAgree() {
		List<TrainableNetwork> networks = critics().toList();
		for (TrainableNetwork network : networks) {
			network.input(1, draw(2, ROWS * 2), 0, 2);
			backward(network, 1, 4, ROWS);
			give(network.stage("features"), draw(9, ROWS * 9));
			network.accumulate(ROWS);
			network.backwardToInputs(ROWS);
		}
		for (int i = 1; i < networks.size(); i++) {
			float tolerance = i == 1 ? 0 : 2e-4f;
			assertArrayEquals(gradients(networks.get(0)), gradients(networks.get(i)), tolerance, networks.get(i).backend());
			for (int input = 0; input < 2; input++) {
				for (int r = 0; r < ROWS; r++) {
					for (int j = 0; j < STATE_AND_ACTION.get(input).size(); j++) {
						assertEquals(networks.get(0).inputGradients(input)[r * networks.get(0).inputGradientStride(input) + j],
								networks.get(i).inputGradients(input)[r * networks.get(i).inputGradientStride(input) + j], 1e-4f);
					}
				}
			}
		}
	}

	/** DL4J's own backward pass would forget what comes from the reader of an output. */
	@Test
	void anOutputThatIsReadHasBothGradients() {
		ComputationGraphConfiguration read = graph("state").addLayer("head/a", dense(5, 4, Activation.TANH), "state")
				.addLayer("head/b", dense(4, 2, Activation.IDENTITY), "head/a").setOutputs("head/a", "head/b").build();
		TrainableNetwork compiled = (TrainableNetwork) NetworkBuilder.of(read, 5).build(new RandomStreams(3));
		TrainableNetwork dl4j = (TrainableNetwork) NetworkBuilder.of(read, 5).withoutCompiling().build(new RandomStreams(3));
		assertArrayEquals(backward(compiled, 1, 4, ROWS), backward(dl4j, 1, 4, ROWS), 1e-4f);
	}

	@Test
	void memoryHasGradientsOfInputsToo() {
		ComputationGraphConfiguration recurrent = graph("state")
				.addLayer("memory", new LSTM.Builder().nIn(5).nOut(6).activation(Activation.TANH).build(), "state")
				.addLayer("head/x", dense(6, 2, Activation.IDENTITY), new RnnToFeedForwardPreProcessor(), "memory").setOutputs("head/x")
				.build();
		int steps = 4;
		int sequences = 3;
		boolean[] restarts = new boolean[12];
		restarts[7] = true;
		float[][] gradients = new float[2][];
		for (int i = 0; i < 2; i++) {
			NetworkBuilder builder = NetworkBuilder.of(recurrent, 5);
			Network network = (i == 0 ? builder : builder.withoutCompiling()).build(new RandomStreams(3));
			network.forwardSequences(draw(1, 60), 0, steps, sequences, draw(2, sequences * network.stateSize()), restarts);
			fill(network, 4, 12);
			network.backwardToInputs(12);
			gradients[i] = new float[60];
			for (int r = 0; r < 12; r++) {
				System.arraycopy(network.inputGradients(0), r * network.inputGradientStride(0), gradients[i], r * 5, 5);
			}
			assertThrows(UnsupportedOperationException.class, () -> network.forwardFrom(null, 12));
		}
		assertArrayEquals(gradients[0], gradients[1], 1e-5f);
	}

	@Test
	void bytesAreReadAsTheyAre() {
		byte[] bytes = {(byte) 0, (byte) 255, (byte) 128, 51, 7, (byte) 200};
		List<Input> inputs = List.of(new Input("code", List.of(3), true));
		ComputationGraphConfiguration flat = graph("code").addLayer("head/x", dense(3, 2, Activation.TANH), "code")
				.setOutputs("head/x").build();
		for (boolean compiled : new boolean[] {true, false}) {
			NetworkBuilder builder = NetworkBuilder.of(flat, inputs);
			Network network = (compiled ? builder : builder.withoutCompiling()).build(new RandomStreams(1));
			assertEquals(compiled, network.backend().startsWith("compiled"), network.backend());
			network.input(0, bytes, 0, 3);
			network.forward(2);
			float[] weights = network.parameter("head/x", "W");
			assertEquals(Math.tanh(weights[2] + 128 / 255.0 * weights[4]), network.outputs()[0], 1e-6);
			fill(network, 4, 2);
			network.backward(2);
			assertTrue(network.gradientSquaredNorm() > 0);
		}
	}

	/** 2 channels of 4 × 4 pixels, one of which is lit. */
	@Test
	void bytesAreAnImageForAConvolution() {
		List<Input> inputs = List.of(new Input("image", List.of(2, 4, 4), true), Input.vector("state", 1));
		ComputationGraphConfiguration graph = graph("image", "state")
				.addLayer("filters", new ConvolutionLayer.Builder(3, 3).nIn(2).nOut(3).activation(Activation.IDENTITY).build(), "image")
				.addLayer("flat", dense(12, 4, Activation.IDENTITY), new CnnToFeedForwardPreProcessor(2, 2, 3), "filters")
				.addVertex("both", new MergeVertex(), "flat", "state").addLayer("head/x", dense(5, 1, Activation.IDENTITY), "both")
				.setOutputs("head/x").build();
		Network network = NetworkBuilder.of(graph, inputs).build(new RandomStreams(1));
		assertEquals("dl4j: input 'image' has shape [2, 4, 4]", network.backend());
		byte[] image = new byte[32];
		// channel 1, row 2, column 3: seen by outputs (0, 1) at filter place (2, 2) and (1, 1) at (1, 2)
		image[16 + 2 * 4 + 3] = (byte) 255;
		network.input(0, image, 0, 32);
		network.input(1, new float[] {0}, 0, 1);
		network.forward(1);
		float[] filters = network.parameter("filters", "W");
		float[] seen = network.stage("filters").activations();
		for (int filter = 0; filter < 3; filter++) {
			int from = filter * 18 + 9;
			assertArrayEquals(new float[] {0, filters[from + 8], 0, filters[from + 5]},
					Arrays.copyOfRange(seen, filter * 4, filter * 4 + 4), 1e-6f);
		}
		network.outputGradients()[0] = 1;
		network.backwardToInputs(1);
		assertEquals(32, network.inputGradientStride(0));
		assertEquals(network.parameter("head/x", "W")[4], network.inputGradients(1)[0], 1e-6f);
	}

	/** y = Σ wᵢ mᵢ xᵢ with mᵢ of 0 or 2. */
	private static TrainableNetwork dropping(long seed) {
		ComputationGraphConfiguration graph = graph("state").addLayer("head/y",
				new DenseLayer.Builder().nIn(40).nOut(1).activation(Activation.IDENTITY).hasBias(false).dropOut(0.5).build(), "state")
				.setOutputs("head/y").build();
		return (TrainableNetwork) NetworkBuilder.of(graph, 40).build(new RandomStreams(seed));
	}

	@Test
	void dropoutDrawsInTrainingOnly() {
		TrainableNetwork network = dropping(1);
		float[] x = draw(1, 40);
		float[] w = network.parameter("head/y", "W");
		double acting = 0;
		for (int i = 0; i < 40; i++) {
			acting += w[i] * x[i];
		}
		network.forward(x, 0, 1);
		assertEquals(acting, network.outputs()[0], 1e-5);
		network.training(true);
		float[] outputs = new float[3];
		for (int draw = 0; draw < 3; draw++) {
			network.forward(x, 0, 1);
			outputs[draw] = network.outputs()[0];
			network.outputGradients()[0] = 1;
			network.backward(1);
			// ∂y/∂w is what was drawn for the forward that was seen
			float[] gradient = network.gradient("head/y", "W");
			double sum = 0;
			for (int i = 0; i < 40; i++) {
				assertTrue(gradient[i] == 0 || Math.abs(gradient[i] - 2 * x[i]) < 1e-5, "mask " + gradient[i] / x[i]);
				sum += w[i] * gradient[i];
			}
			assertEquals(sum, outputs[draw], 1e-5);
		}
		assertTrue(outputs[0] != outputs[1] && outputs[1] != outputs[2], "each forward draws anew");
		network.training(false);
		network.forward(x, 0, 1);
		assertEquals(acting, network.outputs()[0], 1e-5);
	}

	@Test
	void whatIsDrawnIsTheSameAfterTheSameSteps() throws IOException {
		TrainableNetwork network = dropping(1);
		float[] x = draw(1, 40);
		step(network, x);
		TrainableNetwork resumed = dropping(1);
		resumed.readState(new DataInputStream(new ByteArrayInputStream(Samples.state(network))));
		step(network, x);
		step(resumed, x);
		assertArrayEquals(Samples.state(network), Samples.state(resumed));
		TrainableNetwork other = dropping(2);
		other.setParameter("head/y", "W", dropping(1).parameter("head/y", "W"));
		step(other, x);
		TrainableNetwork same = dropping(1);
		step(same, x);
		assertTrue(!Arrays.equals(other.parameter("head/y", "W"), same.parameter("head/y", "W")), "the initialisation's streams decide");
	}

	private static void step(Network network, float[] x) {
		network.training(true);
		network.forward(x, 0, 1);
		network.outputGradients()[0] = 1;
		network.backward(1);
		network.update(1, 0.1f);
		network.training(false);
	}

	@Test
	void nothingIsAllocatedAfterWarmUp() {
		Network network = builder().build(new RandomStreams(3));
		Network target = network.copy();
		Stage features = network.stage("features");
		float[] states = draw(1, ROWS * 5);
		float[] actions = draw(2, ROWS * 2);
		Allocation.assertNone("windows of 100 rounds", () -> run(network, target, features, states, actions, 100));
	}

	private static void run(Network network, Network target, Stage features, float[] states, float[] actions, int rounds) {
		for (int i = 0; i < rounds; i++) {
			network.input(0, states, 0, 5);
			network.input(1, actions, 0, 2);
			network.forward(ROWS);
			network.outputGradients()[0] = 0.1f;
			features.gradients()[3] = 0.1f;
			network.backward(ROWS);
			network.forwardFrom(features, ROWS);
			network.accumulate(ROWS);
			network.forward(states, 0, ROWS);
			network.backwardToInputs(ROWS);
			network.update(network.inputGradients(1)[0] > 10 ? 0 : 1, 1e-4f);
			target.moveTowards(network, 0.01f, ALL);
		}
	}
}
