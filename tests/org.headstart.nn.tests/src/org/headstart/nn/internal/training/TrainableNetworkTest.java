package org.headstart.nn.internal.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.RandomGraphs;
import org.headstart.nn.Samples;
import org.headstart.nn.internal.kernels.KernelTier;
import org.headstart.nn.internal.kernels.Kernels;
import org.headstart.nn.internal.kernels.PlainKernels;
import org.headstart.nn.internal.state.NetworkState;
import org.headstart.testkit.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.Sgd;

/** What the two backends share, and what the compiled one promises beside equality with DL4J: determinism, no allocation. */
class TrainableNetworkTest {

	static Stream<Kernels> tiers() {
		return Stream.of(KernelTier.fastest(), new PlainKernels());
	}

	private static Network network(Kernels kernels) {
		return Samples.policyAndValue().kernels(kernels).build(new RandomStreams(5));
	}

	@Test
	void gradientsAreFiniteDifferences() {
		// a graph with merge, product and two heads; the differences of single-precision outputs allow 1e-2
		RandomGraphs.Sample sample = RandomGraphs.sample(12, new Sgd(1));
		TrainableNetwork network = (TrainableNetwork) NetworkBuilder.of(sample.configuration(), sample.inputSize())
				.optimizer(new Optimizer.Sgd()).build(new RandomStreams(1));
		RandomStream random = new RandomStream(3);
		int rows = 5;
		float[] input = new float[rows * sample.inputSize()];
		for (int i = 0; i < input.length; i++) {
			input[i] = (float) random.nextGaussian();
		}
		network.forward(input, 0, rows);
		float[] weights = new float[network.outputs().length];
		for (int h = 0; h < network.heads().size(); h++) {
			for (int r = 0; r < rows; r++) {
				for (int j = 0; j < network.headSize(h); j++) {
					weights[r * network.outputStride() + network.headOffset(h) + j] = (float) random.nextGaussian();
				}
			}
		}
		System.arraycopy(weights, 0, network.outputGradients(), 0, weights.length);
		network.backward(rows);
		float step = 5e-3f;
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				float[] gradient = network.gradient(vertex, parameter);
				float[] values = network.parameter(vertex, parameter);
				for (int i = 0; i < values.length; i += 1 + values.length / 7) {
					float value = values[i];
					values[i] = value + step;
					double above = loss(network, vertex, parameter, values, input, rows, weights);
					values[i] = value - step;
					double below = loss(network, vertex, parameter, values, input, rows, weights);
					values[i] = value;
					network.setParameter(vertex, parameter, values);
					assertEquals((above - below) / (2 * step), gradient[i], 1e-2 * Math.max(1, Math.abs(gradient[i])),
							vertex + ' ' + parameter + ' ' + i);
				}
			}
		}
	}

	/** Σ weights · outputs. */
	private static double loss(Network network, String vertex, String parameter, float[] values, float[] input, int rows,
			float[] weights) {
		network.setParameter(vertex, parameter, values);
		network.forward(input, 0, rows);
		double sum = 0;
		for (int i = 0; i < weights.length; i++) {
			sum += weights[i] * (double) network.outputs()[i];
		}
		return sum;
	}

	@ParameterizedTest
	@MethodSource("tiers")
	void sameBytesInterpretedAndCompiled(Kernels kernels) {
		byte[] first = null;
		byte[] last = null;
		// C2 compiles everything on the way: 30 runs of 60 steps with several batch sizes
		for (int run = 0; run < 30; run++) {
			Network network = network(kernels);
			RandomStream random = new RandomStream(11);
			for (int rows : new int[] {64, 1, 7, 130, 16, 33}) {
				Samples.train(network, random, 10, rows);
			}
			last = Samples.state(network);
			if (first == null) {
				first = last;
			}
			assertArrayEquals(first, last, "run " + run);
		}
	}

	@Test
	void tiersGiveTheSameBytes() {
		Network fast = network(KernelTier.fastest());
		Network plain = network(new PlainKernels());
		Samples.train(fast, new RandomStream(4), 50, 100);
		Samples.train(plain, new RandomStream(4), 50, 100);
		assertArrayEquals(Samples.state(fast), Samples.state(plain));
	}

	@ParameterizedTest
	@MethodSource("tiers")
	void aRowsOutputsDoNotDependOnTheOtherRows(Kernels kernels) {
		Network network = network(kernels);
		RandomStream random = new RandomStream(2);
		float[] input = new float[150 * Samples.INPUTS];
		for (int i = 0; i < input.length; i++) {
			input[i] = (float) random.nextGaussian();
		}
		network.forward(input, 0, 150);
		float[] together = network.outputs().clone();
		int stride = network.outputStride();
		for (int r = 0; r < 150; r++) {
			network.forward(input, r * Samples.INPUTS, 1);
			assertArrayEquals(Arrays.copyOfRange(together, r * stride, (r + 1) * stride),
					Arrays.copyOf(network.outputs(), stride), "row " + r);
		}
	}

	@ParameterizedTest
	@MethodSource("tiers")
	void nothingIsAllocatedAfterWarmUp(Kernels kernels) {
		Network network = network(kernels);
		float[] input = new float[64 * Samples.INPUTS];
		RandomStream random = new RandomStream(1);
		// Vectors are objects until C2 has compiled their methods.
		Allocation.assertNone("windows of 100 rounds", () -> run(network, input, random, 100));
	}

	private static void run(Network network, float[] input, RandomStream random, int rounds) {
		for (int i = 0; i < rounds; i++) {
			network.forward(input, 0, 1);
			network.forward(input, 0, 64);
			float[] gradients = network.outputGradients();
			for (int r = 0; r < 64; r++) {
				gradients[r * network.outputStride()] = random.nextFloat() - 0.5f;
			}
			network.backward(64);
			network.update((float) (1 / (1 + network.gradientSquaredNorm())), 1e-4f);
		}
	}

	static Stream<NetworkBuilder> backends() {
		return Stream.of(Samples.policyAndValue(), Samples.policyAndValue().kernels(new PlainKernels()),
				Samples.policyAndValue().withoutCompiling());
	}

	@ParameterizedTest
	@MethodSource("backends")
	void freezingKeepsTheBytesAndIsReleased(NetworkBuilder builder) {
		Network network = builder.build(new RandomStreams(5));
		Samples.train(network, new RandomStream(1), 2, 16);
		network.freeze(v -> v.startsWith("backbone/policy") || v.equals("head/value"));
		assertEquals(Set.of("backbone/policy/hidden-1", "backbone/policy/hidden-2", "head/value"), network.frozenVertices());
		NetworkState before = NetworkState.of(network);
		Samples.train(network, new RandomStream(2), 5, 16);
		NetworkState after = NetworkState.of(network);
		for (NetworkState.Tensor tensor : before.tensors()) {
			NetworkState.Tensor now = after.tensor(tensor.vertex(), tensor.parameter()).orElseThrow();
			boolean same = Arrays.equals(tensor.values(), now.values())
					&& Arrays.equals(tensor.moments().get(0), now.moments().get(0));
			assertEquals(network.frozenVertices().contains(tensor.vertex()), same, tensor.label());
		}
		network.freeze(v -> false);
		assertEquals(Set.of(), network.frozenVertices());
		float[] weights = network.parameter("backbone/policy/hidden-1", "W");
		Samples.train(network, new RandomStream(2), 1, 16);
		assertTrue(!Arrays.equals(weights, network.parameter("backbone/policy/hidden-1", "W")));
	}

	@ParameterizedTest
	@MethodSource("backends")
	void oneOfTwoHeadsOnOneTrunkCanBeFrozen(NetworkBuilder ignored) {
		org.headstart.api.network.Trunk shared = new org.headstart.api.network.Trunk("shared",
				List.of(new Head("a", Head.Role.AUXILIARY, 3, 1), new Head("b", Head.Role.AUXILIARY, 2, 1)));
		Network network = NetworkBuilder.of(new Samples.TwoLayers(), new org.headstart.api.settings.NoSettings(),
				org.headstart.api.environment.BoxSpace.uniform(Samples.INPUTS, -1, 1)).trunk(shared).build(new RandomStreams(1));
		network.freeze("head/a"::equals);
		float[] a = network.parameter("head/a", "W");
		float[] b = network.parameter("head/b", "W");
		Samples.train(network, new RandomStream(2), 3, 16);
		assertArrayEquals(a, network.parameter("head/a", "W"));
		assertTrue(!Arrays.equals(b, network.parameter("head/b", "W")));
	}

	@ParameterizedTest
	@MethodSource("backends")
	void learningRateFactorsScaleTheStep(NetworkBuilder builder) {
		Network plain = builder.build(new RandomStreams(5));
		Network scaled = builder.build(new RandomStreams(5));
		scaled.setLearningRateFactor(v -> v.startsWith("head/"), 0.5f);
		float[] start = plain.parameter("head/policy", "W");
		Samples.train(plain, new RandomStream(2), 1, 16);
		Samples.train(scaled, new RandomStream(2), 1, 16);
		float[] full = plain.parameter("head/policy", "W");
		float[] half = scaled.parameter("head/policy", "W");
		for (int i = 0; i < start.length; i++) {
			assertEquals((full[i] - start[i]) / 2, half[i] - start[i], 1e-7);
		}
		assertArrayEquals(plain.parameter("backbone/policy/hidden-1", "W"), scaled.parameter("backbone/policy/hidden-1", "W"));
	}

	@ParameterizedTest
	@MethodSource("backends")
	void parametersAndGradientsAsOneVector(NetworkBuilder builder) {
		Network network = builder.build(new RandomStreams(5));
		Network other = builder.build(new RandomStreams(6));
		float[] vector = new float[network.parameterVectorSize()];
		float[] gradient = new float[network.parameterVectorSize()];
		Samples.train(network, new RandomStream(1), 3, 16);
		network.copyParameters(vector);
		other.setParameters(vector);
		for (String vertex : network.parameterVertices()) {
			for (String parameter : network.parameters(vertex)) {
				assertArrayEquals(network.parameter(vertex, parameter), other.parameter(vertex, parameter));
			}
		}
		// one forward and backward on the other's behalf: the same gradients in the same places, then the same step
		network.resetOptimizer();
		Samples.backward(network, new RandomStream(2), 16);
		network.copyGradients(gradient);
		other.setGradients(gradient);
		assertEquals(network.gradientSquaredNorm(), other.gradientSquaredNorm());
		network.update(1, 1e-2f);
		other.update(1, 1e-2f);
		assertArrayEquals(Samples.state(network), Samples.state(other));
		// copies of the weights in another order must follow
		other.setParameters(vector);
		network.setParameters(vector);
		Samples.train(network, new RandomStream(3), 2, 16);
		Samples.train(other, new RandomStream(3), 2, 16);
		assertArrayEquals(Samples.state(network), Samples.state(other));
		String message = assertThrows(IllegalArgumentException.class, () -> network.copyGradients(new float[3])).getMessage();
		assertTrue(message.contains(vector.length + " floats, not 3"), message);
	}

	@ParameterizedTest
	@MethodSource("backends")
	void frozenGradientsReadAsZeroAndAreNotApplied(NetworkBuilder builder) {
		Network network = builder.build(new RandomStreams(5));
		float[] vector = new float[network.parameterVectorSize()];
		Samples.backward(network, new RandomStream(2), 16);
		double all = network.gradientSquaredNorm();
		network.freeze(v -> v.startsWith("backbone/policy"));
		Samples.backward(network, new RandomStream(2), 16);
		double some = network.gradientSquaredNorm();
		assertTrue(some < all);
		network.copyGradients(vector);
		double sum = 0;
		for (float value : vector) {
			sum += (double) value * value;
		}
		assertEquals(1, sum / some, 1e-5);
		float[] frozen = network.parameter("backbone/policy/hidden-1", "W");
		float[] trained = network.parameter("head/policy", "W");
		Arrays.fill(vector, 1);
		network.setGradients(vector);
		network.update(1, 1e-2f);
		assertArrayEquals(frozen, network.parameter("backbone/policy/hidden-1", "W"));
		assertTrue(!Arrays.equals(trained, network.parameter("head/policy", "W")));
		// gradients of somebody else do not stay behind
		Samples.backward(network, new RandomStream(2), 16);
		network.copyGradients(vector);
		network.freeze(v -> false);
		Samples.backward(network, new RandomStream(2), 16);
		float[] released = new float[vector.length];
		network.copyGradients(released);
		for (int i = 0; i < vector.length; i++) {
			assertTrue(vector[i] == 0 || vector[i] == released[i], "element " + i);
		}
	}

	@ParameterizedTest
	@MethodSource("backends")
	void misuseIsNamed(NetworkBuilder builder) {
		Network network = builder.build(new RandomStreams(5));
		assertThrows(IllegalStateException.class, () -> network.backward(3));
		network.forward(new float[Samples.INPUTS], 0, 1);
		assertThrows(IllegalStateException.class, () -> network.backward(3));
		String message = assertThrows(IllegalArgumentException.class, () -> network.parameter("head/none", "W")).getMessage();
		assertTrue(message.contains("head/none") && message.contains("head/policy"), message);
		message = assertThrows(IllegalArgumentException.class, () -> network.setParameter("head/policy", "W", new float[3]))
				.getMessage();
		assertTrue(message.contains("[32, 4]") && message.contains("128 floats, not 3"), message);
	}

	@Test
	void resettingTheOptimizerForgetsMomentsAndSteps() {
		Network network = network(KernelTier.fastest());
		Samples.train(network, new RandomStream(1), 2, 4);
		assertNotEquals(0, NetworkState.of(network).optimizerSteps());
		network.resetOptimizer();
		NetworkState state = NetworkState.of(network);
		assertEquals(0, state.optimizerSteps());
		state.tensors().forEach(t -> assertArrayEquals(new float[t.values().length], t.moments().get(0)));
	}
}
