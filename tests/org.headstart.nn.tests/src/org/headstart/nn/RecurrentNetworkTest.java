package org.headstart.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.NoSettings;
import org.headstart.nn.internal.kernels.KernelTier;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.kernels.PlainKernels;
import org.headstart.nn.internal.training.TrainableNetwork;
import org.headstart.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks with long short-term memory, in both tiers and against DL4J. */
class RecurrentNetworkTest {

	private static final int INPUTS = 5;

	/**
	 * A layer of memory on the input, or two between dense layers; DL4J's graph language either way.
	 *
	 * @param units  units of the memory
	 * @param hidden width of a dense layer before it; 0 for none
	 * @param layers how many layers of memory
	 */
	private record Remembering(int units, int hidden, int layers) implements Backbone<NoSettings> {
		@Override
		public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, NoSettings settings) {
			String below = input;
			int size = observation.size();
			if (hidden > 0) {
				graph.addVertex(prefix + "rows", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), input);
				graph.addLayer(prefix + "hidden", new DenseLayer.Builder().nIn(size).nOut(hidden).activation(Activation.TANH).build(),
						prefix + "rows");
				graph.addVertex(prefix + "sequences", new PreprocessorVertex(new FeedForwardToRnnPreProcessor()), prefix + "hidden");
				below = prefix + "sequences";
				size = hidden;
			}
			for (int layer = 1; layer <= layers; layer++) {
				graph.addLayer(prefix + "lstm-" + layer,
						new LSTM.Builder().nIn(size).nOut(units).activation(Activation.TANH).build(), below);
				below = prefix + "lstm-" + layer;
				size = units;
			}
			graph.addVertex(prefix + "features", new PreprocessorVertex(new RnnToFeedForwardPreProcessor()), below);
			return new Features(prefix + "features", units);
		}
	}

	/** A shape of networks and of sequences. */
	private record Shape(int units, int hidden, int layers, boolean shared, int steps, int sequences) {

		NetworkBuilder builder() {
			NetworkBuilder builder = NetworkBuilder
					.of(new Remembering(units, hidden, layers), new NoSettings(), BoxSpace.uniform(INPUTS, -1, 1)).optimizer(Samples.ADAM);
			return shared
					? builder.trunk(new Trunk("shared", List.of(Head.policy(4, 1), Head.value(1))))
					: builder.trunk(new Trunk("policy", List.of(Head.policy(4, 1))))
							.trunk(new Trunk("value", List.of(Head.value(1))));
		}
	}

	static Stream<Shape> shapes() {
		return Stream.of(new Shape(16, 0, 1, true, 6, 3), new Shape(21, 0, 1, false, 15, 5), new Shape(64, 0, 1, true, 9, 32),
				new Shape(7, 12, 2, false, 12, 8), new Shape(33, 20, 1, false, 4, 70), new Shape(16, 0, 2, true, 3, 140),
				new Shape(10, 9, 1, true, 70, 1));
	}

	/** Input, states, restarts and errors for a shape. */
	private static final class Batch {

		final float[] input;
		final float[] states;
		final boolean[] restarts;
		final float[] errors;
		final int steps;
		final int sequences;

		Batch(Network network, int steps, int sequences, long seed) {
			RandomStream random = new RandomStream(seed);
			this.steps = steps;
			this.sequences = sequences;
			input = draw(random, steps * sequences * INPUTS, 1);
			states = draw(random, sequences * network.stateSize(), 0.5);
			restarts = new boolean[steps * sequences];
			for (int row = 0; row < restarts.length; row++) {
				restarts[row] = random.nextFloat() < 0.15;
			}
			errors = draw(random, steps * sequences * 5, 1.0 / (steps * sequences));
		}

		void forward(Network network) {
			network.forwardSequences(input, 0, steps, sequences, states, restarts);
		}

		void forwardAndBackward(Network network) {
			forward(network);
			for (int row = 0; row < steps * sequences; row++) {
				int at = row * network.outputStride();
				System.arraycopy(errors, row * 5, network.outputGradients(), at + network.headOffset(0), 4);
				network.outputGradients()[at + network.headOffset(1)] = errors[row * 5 + 4];
			}
			network.backwardSequences(steps, sequences);
		}

		void train(Network network) {
			forwardAndBackward(network);
			double norm = Math.sqrt(network.gradientSquaredNorm());
			network.update((float) Math.min(1, 0.5 / norm), 1e-3f);
		}
	}

	private static float[] draw(RandomStream random, int length, double scale) {
		float[] values = new float[length];
		for (int i = 0; i < length; i++) {
			values[i] = (float) (scale * random.nextGaussian());
		}
		return values;
	}

	/** Both heads of all rows, without padding. */
	private static float[] outputs(Network network, int rows) {
		float[] values = new float[rows * 5];
		for (int row = 0; row < rows; row++) {
			int at = row * network.outputStride();
			System.arraycopy(network.outputs(), at + network.headOffset(0), values, row * 5, 4);
			values[row * 5 + 4] = network.outputs()[at + network.headOffset(1)];
		}
		return values;
	}

	/** The gradients by name: what one step of gradient descent takes from zero. */
	private static List<float[]> gradients(Network network) {
		float[] weights = new float[network.parameterVectorSize()];
		network.copyParameters(weights);
		network.setParameters(new float[weights.length]);
		network.update(-1, 1);
		List<float[]> gradients = network.parameterVertices().stream()
				.flatMap(vertex -> network.parameters(vertex).stream().map(parameter -> network.parameter(vertex, parameter))).toList();
		network.setParameters(weights);
		return gradients;
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void outputsAndGradientsAreDl4js(Shape shape) {
		NetworkBuilder builder = shape.builder().optimizer(new Optimizer.Sgd());
		Network fast = builder.build(new RandomStreams(1));
		Network plain = builder.kernels(new PlainKernels()).build(new RandomStreams(1));
		Network dl4j = shape.builder().optimizer(new Optimizer.Sgd()).withoutCompiling().build(new RandomStreams(1));
		assertEquals("compiled (" + KernelTier.fastest().tier() + ")", fast.backend());
		assertEquals("dl4j: asked for", dl4j.backend());
		assertEquals((shape.shared() ? 1 : 2) * shape.layers() * 2 * shape.units(), fast.stateSize());
		assertEquals(fast.stateSize(), dl4j.stateSize());
		assertEquals(fast.parameterVertices(), dl4j.parameterVertices());
		for (String vertex : fast.parameterVertices()) {
			assertEquals(fast.parameters(vertex), dl4j.parameters(vertex));
			for (String parameter : fast.parameters(vertex)) {
				assertArrayEquals(fast.parameterShape(vertex, parameter), dl4j.parameterShape(vertex, parameter));
				assertArrayEquals(fast.parameter(vertex, parameter), dl4j.parameter(vertex, parameter));
			}
		}
		Batch batch = new Batch(fast, shape.steps(), shape.sequences(), 7);
		int rows = shape.steps() * shape.sequences();
		for (Network network : List.of(fast, plain, dl4j)) {
			batch.forwardAndBackward(network);
		}
		assertArrayEquals(outputs(dl4j, rows), outputs(fast, rows), 3e-6f);
		assertArrayEquals(outputs(fast, rows), outputs(plain, rows));
		List<float[]> expected = gradients(dl4j);
		List<float[]> mine = gradients(fast);
		List<float[]> other = gradients(plain);
		for (int i = 0; i < expected.size(); i++) {
			assertArrayEquals(expected.get(i), mine.get(i), 3e-6f, "tensor " + i);
			assertArrayEquals(mine.get(i), other.get(i), "tiers differ at tensor " + i);
		}
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void adamStepsAreDl4js(Shape shape) {
		Network fast = shape.builder().build(new RandomStreams(1));
		Network plain = shape.builder().kernels(new PlainKernels()).build(new RandomStreams(1));
		Network dl4j = shape.builder().withoutCompiling().build(new RandomStreams(1));
		for (int step = 0; step < 10; step++) {
			Batch batch = new Batch(fast, Math.min(shape.steps(), 8), shape.sequences(), step);
			batch.train(fast);
			batch.train(plain);
			batch.train(dl4j);
		}
		for (String vertex : fast.parameterVertices()) {
			for (String parameter : fast.parameters(vertex)) {
				assertArrayEquals(dl4j.parameter(vertex, parameter), fast.parameter(vertex, parameter), 1e-5f, vertex + ' ' + parameter);
			}
		}
		assertArrayEquals(Samples.state(fast), Samples.state(plain), "the tiers' states");
	}

	/** DL4J itself, without Headstart's backend: sequences from the zero state. */
	@Test
	void dl4jsOwnOutputsOfWholeSequences() {
		Network network = new Shape(12, 8, 2, true, 0, 0).builder().build(new RandomStreams(1));
		int steps = 7;
		int sequences = 3;
		Batch batch = new Batch(network, steps, sequences, 1);
		network.forwardSequences(batch.input, 0, steps, sequences, new float[sequences * network.stateSize()],
				new boolean[steps * sequences]);
		INDArray input = Nd4j.create(sequences, INPUTS, steps);
		for (int row = 0; row < steps * sequences; row++) {
			for (int i = 0; i < INPUTS; i++) {
				input.putScalar(new int[] {row % sequences, i, row / sequences}, batch.input[row * INPUTS + i]);
			}
		}
		INDArray[] outputs = network.graph().output(false, input);
		float[] mine = outputs(network, steps * sequences);
		for (int row = 0; row < steps * sequences; row++) {
			for (int i = 0; i < 4; i++) {
				assertEquals(outputs[0].getFloat(row, i), mine[row * 5 + i], 3e-6f);
			}
			assertEquals(outputs[1].getFloat(row, 0), mine[row * 5 + 4], 3e-6f);
		}
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void gradientsThroughTimeAreFiniteDifferences(Shape shape) {
		TrainableNetwork network = (TrainableNetwork) shape.builder().build(new RandomStreams(1));
		Batch batch = new Batch(network, Math.min(shape.steps(), 12), shape.sequences(), 3);
		// larger errors, since the differences are of single-precision outputs
		float scale = batch.steps * batch.sequences;
		for (int i = 0; i < batch.errors.length; i++) {
			batch.errors[i] *= scale / 10;
		}
		batch.forwardAndBackward(network);
		float step = 5e-3f;
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				float[] gradient = network.gradient(vertex, parameter);
				float[] values = network.parameter(vertex, parameter);
				for (int i = 0; i < values.length; i += 1 + values.length / 9) {
					float value = values[i];
					values[i] = value + step;
					network.setParameter(vertex, parameter, values);
					double above = loss(network, batch);
					values[i] = value - step;
					network.setParameter(vertex, parameter, values);
					double below = loss(network, batch);
					values[i] = value;
					network.setParameter(vertex, parameter, values);
					assertEquals((above - below) / (2 * step), gradient[i], 1e-2 * Math.max(1, Math.abs(gradient[i])),
							vertex + ' ' + parameter + ' ' + i);
				}
			}
		}
	}

	private static double loss(Network network, Batch batch) {
		batch.forward(network);
		float[] outputs = outputs(network, batch.steps * batch.sequences);
		double sum = 0;
		for (int i = 0; i < outputs.length; i++) {
			sum += batch.errors[i] * (double) outputs[i];
		}
		return sum;
	}

	static Stream<Kernels> tiers() {
		return Stream.of(KernelTier.fastest(), new PlainKernels());
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void stepsGiveTheBitsOfSequences(Shape shape) {
		tiers().forEach(kernels -> {
			Network network = shape.builder().kernels(kernels).build(new RandomStreams(1));
			Batch batch = new Batch(network, shape.steps(), shape.sequences(), 5);
			batch.forward(network);
			assertArrayEquals(outputs(network, shape.steps() * shape.sequences()), stepByStep(network, batch));
		});
	}

	/** Acts through the batch: one call a step, forgetting where it restarts. */
	private static float[] stepByStep(Network network, Batch batch) {
		float[] states = new float[3 + batch.states.length];
		System.arraycopy(batch.states, 0, states, 3, batch.states.length);
		float[] all = new float[batch.steps * batch.sequences * 5];
		for (int t = 0; t < batch.steps; t++) {
			int row = t * batch.sequences;
			for (int s = 0; s < batch.sequences; s++) {
				if (batch.restarts[row + s]) {
					int from = 3 + s * network.stateSize();
					Arrays.fill(states, from, from + network.stateSize(), 0);
				}
			}
			network.step(batch.input, row * INPUTS, states, 3, batch.sequences);
			System.arraycopy(outputs(network, batch.sequences), 0, all, row * 5, batch.sequences * 5);
		}
		return all;
	}

	@ParameterizedTest
	@MethodSource("shapes")
	void dl4jStepsAsItRunsSequences(Shape shape) {
		Network network = shape.builder().withoutCompiling().build(new RandomStreams(1));
		Batch batch = new Batch(network, Math.min(shape.steps(), 12), shape.sequences(), 5);
		batch.forward(network);
		assertArrayEquals(outputs(network, batch.steps * batch.sequences), stepByStep(network, batch), 1e-6f);
	}

	static Stream<NetworkBuilder> backends() {
		Shape shape = new Shape(12, 9, 2, false, 0, 0);
		return Stream.of(shape.builder(), shape.builder().kernels(new PlainKernels()), shape.builder().withoutCompiling());
	}

	@ParameterizedTest
	@MethodSource("backends")
	void forwardIsOneStepFromTheZeroState(NetworkBuilder builder) {
		Network network = builder.build(new RandomStreams(1));
		int rows = 70;
		float[] input = draw(new RandomStream(1), rows * INPUTS, 1);
		network.forward(input, 0, rows);
		float[] together = outputs(network, rows);
		float[] states = new float[rows * network.stateSize()];
		network.step(input, 0, states, 0, rows);
		assertArrayEquals(together, outputs(network, rows));
		network.forwardSequences(input, 0, 1, rows, new float[states.length], new boolean[rows]);
		assertArrayEquals(together, outputs(network, rows));
		boolean moved = false;
		for (float value : states) {
			moved |= value != 0;
		}
		assertTrue(moved, "the next state");
	}

	@ParameterizedTest
	@MethodSource("backends")
	void noGradientCrossesARestart(NetworkBuilder builder) {
		Network network = builder.optimizer(new Optimizer.Sgd()).build(new RandomStreams(1));
		int sequences = 3;
		Batch all = new Batch(network, 8, sequences, 1);
		Arrays.fill(all.restarts, false);
		// everything restarts before step 5, and only what comes after has errors
		Arrays.fill(all.restarts, 5 * sequences, 6 * sequences, true);
		Arrays.fill(all.errors, 0, 5 * sequences * 5, 0);
		all.forwardAndBackward(network);
		List<float[]> gradients = gradients(network);
		float[] rest = Arrays.copyOfRange(all.input, 5 * sequences * INPUTS, all.input.length);
		Batch tail = new Batch(network, 3, sequences, 1);
		System.arraycopy(rest, 0, tail.input, 0, rest.length);
		System.arraycopy(all.errors, 5 * sequences * 5, tail.errors, 0, tail.errors.length);
		Arrays.fill(tail.states, 0);
		Arrays.fill(tail.restarts, false);
		tail.forwardAndBackward(network);
		List<float[]> expected = gradients(network);
		for (int i = 0; i < expected.size(); i++) {
			assertArrayEquals(expected.get(i), gradients.get(i), 1e-6f, "tensor " + i);
		}
		// and without the restart there is more
		Arrays.fill(all.restarts, false);
		all.forwardAndBackward(network);
		assertTrue(!Arrays.equals(gradients.get(1), gradients(network).get(1)));
	}

	@ParameterizedTest
	@MethodSource("backends")
	void aFrozenMemoryLetsGradientsThrough(NetworkBuilder builder) {
		Network free = builder.build(new RandomStreams(1));
		Network frozen = builder.build(new RandomStreams(1));
		frozen.freeze(v -> v.contains("lstm"));
		new Batch(free, 6, 4, 1).train(free);
		new Batch(frozen, 6, 4, 1).train(frozen);
		Network start = builder.build(new RandomStreams(1));
		for (String vertex : start.parameterVertices()) {
			for (String parameter : start.parameters(vertex)) {
				boolean same = Arrays.equals(start.parameter(vertex, parameter), frozen.parameter(vertex, parameter));
				assertEquals(vertex.contains("lstm"), same, vertex + ' ' + parameter);
			}
		}
		frozen.freeze(v -> false);
		frozen.setLearningRateFactor(v -> v.contains("lstm"), 0);
		new Batch(frozen, 6, 4, 2).train(frozen);
		assertArrayEquals(start.parameter("backbone/value/lstm-1", "RW"), frozen.parameter("backbone/value/lstm-1", "RW"));
		frozen.setLearningRateFactor(v -> true, 1);
		new Batch(frozen, 6, 4, 3).train(frozen);
		assertTrue(!Arrays.equals(start.parameter("backbone/value/lstm-1", "RW"), frozen.parameter("backbone/value/lstm-1", "RW")));
	}

	@ParameterizedTest
	@MethodSource("tiers")
	void sameBytesInterpretedAndCompiled(Kernels kernels) {
		byte[] first = null;
		for (int run = 0; run < 8; run++) {
			Network network = new Shape(24, 10, 1, false, 0, 0).builder().kernels(kernels).build(new RandomStreams(1));
			for (int step = 0; step < 12; step++) {
				new Batch(network, 1 + step * 3, 1 + step * 7, step).train(network);
			}
			byte[] last = Samples.state(network);
			if (first == null) {
				first = last;
			}
			assertArrayEquals(first, last, "run " + run);
		}
	}

	@ParameterizedTest
	@MethodSource("backends")
	void backwardCanFollowAStepOfRows(NetworkBuilder builder) {
		Network network = builder.optimizer(new Optimizer.Sgd()).build(new RandomStreams(1));
		Batch batch = new Batch(network, 1, 20, 1);
		Arrays.fill(batch.states, 0);
		batch.forwardAndBackward(network);
		double norm = network.gradientSquaredNorm();
		network.forward(batch.input, 0, 20);
		network.backward(20);
		assertEquals(norm, network.gradientSquaredNorm());
	}

	@ParameterizedTest
	@MethodSource("backends")
	void misuseIsNamed(NetworkBuilder builder) {
		Network network = builder.build(new RandomStreams(1));
		assertThrows(IllegalStateException.class, () -> network.backwardSequences(3, 4));
		Batch batch = new Batch(network, 3, 4, 1);
		batch.forward(network);
		String message = assertThrows(IllegalStateException.class, () -> network.backwardSequences(4, 3)).getMessage();
		assertTrue(message.contains("12 rows in 4 sequences"), message);
		assertThrows(IllegalStateException.class, () -> network.backward(12));
	}

	@ParameterizedTest
	@MethodSource("tiers")
	void nothingIsAllocatedAfterWarmUp(Kernels kernels) {
		Network network = new Shape(16, 0, 1, false, 0, 0).builder().kernels(kernels).build(new RandomStreams(1));
		Batch batch = new Batch(network, 5, 8, 1);
		float[] states = batch.states.clone();
		Allocation.assertNone("windows of 50 rounds", () -> run(network, batch, states, 50));
	}

	private static void run(Network network, Batch batch, float[] states, int rounds) {
		for (int i = 0; i < rounds; i++) {
			network.step(batch.input, 0, states, 0, batch.sequences);
			batch.train(network);
		}
	}

	@ParameterizedTest
	@MethodSource("backends")
	void aCheckpointContinuesExactly(NetworkBuilder builder, @TempDir Path folder) throws IOException {
		Network through = builder.build(new RandomStreams(1));
		for (int step = 0; step < 3; step++) {
			new Batch(through, 5, 4, step).train(through);
		}
		NetworkCheckpoint.write(through, folder);
		Network resumed = builder.build(new RandomStreams(2));
		NetworkCheckpoint.read(folder).restore(resumed);
		Network warm = builder.build(new RandomStreams(3));
		WarmStart.apply(NetworkCheckpoint.read(folder).state(), warm,
				List.of(new org.headstart.api.strategy.WarmStartRule("", org.headstart.api.strategy.WarmStartRule.Action.LOAD)));
		for (String vertex : through.parameterVertices()) {
			for (String parameter : through.parameters(vertex)) {
				assertArrayEquals(through.parameter(vertex, parameter), warm.parameter(vertex, parameter));
			}
		}
		for (Network network : List.of(through, resumed)) {
			for (int step = 3; step < 6; step++) {
				new Batch(network, 5, 4, step).train(network);
			}
		}
		assertArrayEquals(Samples.state(through), Samples.state(resumed));
	}

	@ParameterizedTest
	@MethodSource("backends")
	void theArchiveIsWhatDl4jWouldWrite(NetworkBuilder builder, @TempDir Path folder) throws IOException {
		Network network = builder.build(new RandomStreams(1));
		new Batch(network, 5, 4, 1).train(network);
		NetworkCheckpoint.write(network, folder);
		ComputationGraph restored = ModelSerializer.restoreComputationGraph(folder.resolve(NetworkCheckpoint.GRAPH).toFile(), true);
		Map<String, byte[]> expected = NetworkCheckpoint.archive(network.graph());
		Map<String, byte[]> written = NetworkCheckpoint.archive(restored);
		assertEquals(expected.keySet(), written.keySet());
		for (String entry : expected.keySet()) {
			assertArrayEquals(expected.get(entry), written.get(entry), entry);
		}
		if (network.backend().startsWith("compiled")) {
			Map<String, byte[]> own = ((TrainableNetwork) network).archive().orElseThrow();
			for (String entry : expected.keySet()) {
				assertArrayEquals(expected.get(entry), own.get(entry), entry);
			}
		}
		Network copy = NetworkBuilder.of(restored, INPUTS).optimizer(Samples.ADAM).build(new RandomStreams(2));
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				assertArrayEquals(network.parameter(vertex, parameter), copy.parameter(vertex, parameter));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("backends")
	void gatesAreInitialisedOneByOne(NetworkBuilder builder) {
		Network network = builder.build(new RandomStreams(1));
		int units = 12;
		assertArrayEquals(new int[] {9, 4 * units}, network.parameterShape("backbone/policy/lstm-1", "W"));
		assertArrayEquals(new int[] {units, 4 * units}, network.parameterShape("backbone/policy/lstm-1", "RW"));
		assertArrayEquals(new int[] {4 * units}, network.parameterShape("backbone/policy/lstm-1", "b"));
		float[] biases = new float[4 * units];
		Arrays.fill(biases, units, 2 * units, 1);
		assertArrayEquals(biases, network.parameter("backbone/policy/lstm-1", "b"));
		for (String parameter : List.of("W", "RW")) {
			float[] values = network.parameter("backbone/policy/lstm-1", parameter);
			int rows = values.length / (4 * units);
			for (int gate = 0; gate < 4; gate++) {
				for (int one = 0; one < rows; one++) {
					for (int other = 0; other <= one; other++) {
						double dot = 0;
						for (int u = 0; u < units; u++) {
							dot += values[(one * 4 + gate) * units + u] * values[(other * 4 + gate) * units + u];
						}
						assertEquals(one == other ? 1 : 0, dot, 1e-5, parameter + " gate " + gate);
					}
				}
			}
		}
		// a vertex has its own stream
		assertTrue(!Arrays.equals(network.parameter("backbone/policy/lstm-1", "RW"), network.parameter("backbone/value/lstm-1", "RW")));
	}

	private static GraphBuilder start() {
		return new NeuralNetConfiguration.Builder().miniBatch(false).graphBuilder().addInputs("observation");
	}

	private static DenseLayer head(int in) {
		return new DenseLayer.Builder().nIn(in).nOut(2).activation(Activation.IDENTITY).build();
	}

	/** A recurrent layer that only DL4J knows has states, steps and sequences as well. */
	@Test
	void dl4jRunsOtherRecurrentLayers() {
		ComputationGraphConfiguration graph = start()
				.addLayer("memory", new SimpleRnn.Builder().nIn(INPUTS).nOut(8).activation(Activation.TANH).build(), "observation")
				.addLayer("head/x", head(8), new RnnToFeedForwardPreProcessor(), "memory").setOutputs("head/x").build();
		Network network = NetworkBuilder.of(graph, INPUTS).build(new RandomStreams(1));
		assertEquals("dl4j: vertex 'memory' has layer SimpleRnn", network.backend());
		assertEquals(8, network.stateSize());
		int steps = 6;
		float[] input = draw(new RandomStream(1), steps * INPUTS, 1);
		float[] state = draw(new RandomStream(2), 8, 1);
		network.forwardSequences(input, 0, steps, 1, state.clone(), new boolean[steps]);
		float[] sequence = network.outputs().clone();
		for (int t = 0; t < steps; t++) {
			network.step(input, t * INPUTS, state, 0, 1);
			assertEquals(sequence[2 * t], network.outputs()[0], 1e-6f);
		}
	}

	/** Preprocessors of the heads' own, as DL4J's users write them, and a wrapper that freezes. */
	@Test
	void aUsersGraphIsCompiled() {
		ComputationGraphConfiguration graph = start()
				.addLayer("memory", new FrozenLayer(new LSTM.Builder().nIn(INPUTS).nOut(8).activation(Activation.TANH).build()),
						"observation")
				.addLayer("head/x", head(8), new RnnToFeedForwardPreProcessor(), "memory").setOutputs("head/x").build();
		Network network = NetworkBuilder.of(graph, INPUTS).optimizer(Samples.ADAM).build(new RandomStreams(1));
		assertTrue(network.backend().startsWith("compiled"), network.backend());
		assertEquals(java.util.Set.of("memory"), network.frozenVertices());
		float[] before = network.parameter("memory", "RW");
		network.forwardSequences(draw(new RandomStream(1), 6 * INPUTS, 1), 0, 3, 2, new float[2 * 16], new boolean[6]);
		Arrays.fill(network.outputGradients(), 0, 2, 1);
		network.backwardSequences(3, 2);
		network.update(1, 1e-2f);
		assertArrayEquals(before, network.parameter("memory", "RW"));
		// sequences would come out of it
		ComputationGraphConfiguration open = start()
				.addLayer("memory", new LSTM.Builder().nIn(INPUTS).nOut(8).activation(Activation.TANH).build(), "observation")
				.setOutputs("memory").build();
		String message = assertThrows(IllegalArgumentException.class,
				() -> NetworkBuilder.of(open, INPUTS).build(new RandomStreams(1))).getMessage();
		assertTrue(message.contains("output 'memory' has shape"), message);
	}
}
