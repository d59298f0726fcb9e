package org.headstart.nn.internal.compiled;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.RandomGraphs;
import org.headstart.nn.internal.kernels.KernelTier;
import org.headstart.nn.internal.kernels.PlainKernels;
import org.headstart.nn.internal.training.TrainableNetwork;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** The compiled backend, in both tiers, against DL4J on random graphs: outputs, gradients and optimizer steps. */
class CompiledAgainstDl4jTest {

	private static final int STEPS = 20;
	private static final int ALL = 36;
	/** How many graphs are tried where not all are. */
	private static final int SOME = 16;

	/** The first graphs have every kind of layer and activation among them, see {@link #theFirstGraphsHaveEveryKind}. */
	static LongStream seeds() {
		return LongStream.range(0, SOME);
	}

	static LongStream furtherSeeds() {
		return LongStream.range(SOME, ALL);
	}

	/** So that the rest can be left to the night. */
	@Test
	void theFirstGraphsHaveEveryKind() {
		assertEquals(kinds(LongStream.range(0, ALL)), kinds(seeds()));
	}

	/** Layers and vertices, by class, activation and operation, and whether a layer is frozen or has no bias. */
	private static Set<String> kinds(LongStream seeds) {
		Set<String> kinds = new TreeSet<>();
		seeds.forEach(seed -> RandomGraphs.sample(seed, new Sgd(0.01)).configuration().getVertices().values()
				.forEach(vertex -> kinds.add(switch (vertex) {
					case LayerVertex layer -> kind(layer.getLayerConf().getLayer());
					case ElementWiseVertex elementWise -> "element-wise " + elementWise.getOp();
					default -> vertex.getClass().getSimpleName();
				})));
		return kinds;
	}

	private static String kind(Layer layer) {
		return switch (layer) {
			case FrozenLayerWithBackprop frozen -> "frozen " + kind(frozen.getUnderlying());
			case DenseLayer dense -> "dense " + (dense.hasBias() ? dense.getActivationFn() : "without bias");
			case ActivationLayer activation -> "activation " + activation.getActivationFn();
			default -> layer.getClass().getSimpleName();
		};
	}

	@Tag("nightly")
	@ParameterizedTest
	@MethodSource("furtherSeeds")
	void outputsAndGradientsOfFurtherGraphs(long seed) {
		outputsAndGradients(seed);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void outputsAndGradients(long seed) {
		RandomGraphs.Sample sample = RandomGraphs.sample(seed, new Adam(1e-3));
		RandomStream random = new RandomStream(seed + 1000);
		Network fast = build(sample, new Optimizer.Adam(0.9, 0.999, 1e-8)).build(new RandomStreams(seed));
		Network plain = build(sample, new Optimizer.Adam(0.9, 0.999, 1e-8)).kernels(new PlainKernels()).build(new RandomStreams(seed));
		Network dl4j = build(sample, new Optimizer.Adam(0.9, 0.999, 1e-8)).withoutCompiling().build(new RandomStreams(seed));
		assertEquals("compiled (" + KernelTier.fastest().tier() + ")", fast.backend());
		assertEquals("dl4j: asked for", dl4j.backend());
		ComputationGraph graph = fast.graph();
		for (int rows : new int[] {1, 3, 64, 1 + random.nextInt(200)}) {
			float[] input = draw(random, rows * sample.inputSize(), 1);
			List<float[]> errors = errors(random, fast, rows);
			Map<String, INDArray> activations = feed(graph, input, rows);
			Gradient gradient = graph.backpropGradient(asArrays(errors, rows));
			for (Network network : List.of(fast, plain, dl4j)) {
				network.forward(input, 0, rows);
				for (int h = 0; h < network.heads().size(); h++) {
					float[] expected = activations.get(graph.getConfiguration().getNetworkOutputs().get(h)).dup('c').data()
							.asFloat();
					assertArrayEquals(expected, head(network, network.outputs(), h, rows), 1e-5f,
							network.backend() + " head " + h);
				}
				fill(network, errors, rows);
				network.backward(rows);
			}
			compareGradients((TrainableNetwork) fast, (TrainableNetwork) plain, gradient, rows);
			assertEquals(fast.gradientSquaredNorm(), plain.gradientSquaredNorm());
			assertEquals(1, dl4j.gradientSquaredNorm() / fast.gradientSquaredNorm(), 1e-4);
		}
	}

	private static void compareGradients(TrainableNetwork fast, TrainableNetwork plain, Gradient expected, int rows) {
		for (String vertex : fast.parameterVertices()) {
			if (fast.frozenVertices().contains(vertex)) {
				continue;
			}
			for (String parameter : fast.parameters(vertex)) {
				float[] reference = expected.getGradientFor(vertex + '_' + parameter).dup('c').data().asFloat();
				float[] mine = fast.gradient(vertex, parameter);
				// a sum over rows has an error that grows with the size of its terms
				float scale = 1;
				for (float value : reference) {
					scale = Math.max(scale, Math.abs(value));
				}
				assertArrayEquals(reference, mine, 1e-5f * scale, vertex + ' ' + parameter + ' ' + rows + " rows");
				assertArrayEquals(mine, plain.gradient(vertex, parameter), "tiers differ at " + vertex + ' ' + parameter);
			}
		}
	}

	@Tag("nightly")
	@ParameterizedTest
	@MethodSource("furtherSeeds")
	void adamOfFurtherGraphs(long seed) {
		adam(seed);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void adam(long seed) {
		RandomGraphs.Sample sample = RandomGraphs.sample(seed, new Adam(1e-3));
		train(seed, sample, new Optimizer.Adam(0.9, 0.999, 1e-8), 1e-3f, Double.POSITIVE_INFINITY);
	}

	@Tag("nightly")
	@ParameterizedTest
	@MethodSource("furtherSeeds")
	void gradientDescentWithClippedNormOfFurtherGraphs(long seed) {
		gradientDescentWithClippedNorm(seed);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void gradientDescentWithClippedNorm(long seed) {
		RandomGraphs.Sample sample = RandomGraphs.sample(seed, new Sgd(0.01));
		train(seed, sample, new Optimizer.Sgd(), 0.01f, 0.5);
	}

	/** Trains with DL4J's own updater beside the three networks, and compares the weights. */
	private static void train(long seed, RandomGraphs.Sample sample, Optimizer optimizer, float rate, double maxNorm) {
		RandomStream random = new RandomStream(seed + 2000);
		List<Network> networks = List.of(build(sample, optimizer).build(new RandomStreams(seed)),
				build(sample, optimizer).kernels(new PlainKernels()).build(new RandomStreams(seed)),
				build(sample, optimizer).withoutCompiling().build(new RandomStreams(seed)));
		ComputationGraph graph = networks.get(0).graph();
		int rows = 48;
		for (int step = 0; step < STEPS; step++) {
			float[] input = draw(random, rows * sample.inputSize(), 1);
			List<float[]> errors = errors(random, networks.get(0), rows);
			double scale = 1;
			for (Network network : networks) {
				network.forward(input, 0, rows);
				fill(network, errors, rows);
				network.backward(rows);
				scale = Math.min(1, maxNorm / Math.sqrt(network.gradientSquaredNorm()));
				network.update((float) scale, rate);
			}
			feed(graph, input, rows);
			Gradient gradient = graph.backpropGradient(asArrays(errors, rows));
			gradient.gradient().muli(scale);
			graph.getUpdater().update(gradient, step, 0, rows, LayerWorkspaceMgr.noWorkspaces());
			graph.params().subi(gradient.gradient());
		}
		for (String vertex : networks.get(0).parameterVertices()) {
			for (String parameter : networks.get(0).parameters(vertex)) {
				float[] reference = graph.getLayer(vertex).getParam(parameter).dup('c').data().asFloat();
				for (Network network : networks) {
					assertClose(reference, network.parameter(vertex, parameter), sample.rectified(),
							network.backend() + ' ' + vertex + ' ' + parameter);
				}
				assertArrayEquals(networks.get(0).parameter(vertex, parameter), networks.get(1).parameter(vertex, parameter),
						"tiers differ at " + vertex + ' ' + parameter);
			}
		}
	}

	/**
	 * Where a ReLU's input is near 0, or Adam divides a gradient near 0 by its own size, rounding decides about a whole step:
	 * there a few weights in a hundred may differ by steps.
	 */
	private static void assertClose(float[] expected, float[] actual, boolean rectified, String what) {
		int different = 0;
		float worst = 0;
		for (int i = 0; i < expected.length; i++) {
			float difference = Math.abs(expected[i] - actual[i]);
			worst = Math.max(worst, difference);
			if (!(difference <= 1e-5f)) {
				different++;
			}
		}
		if (rectified) {
			assertTrue(worst <= 2e-3f && different <= expected.length / 20 + 1,
					what + ": " + different + " of " + expected.length + " differ, by up to " + worst);
		} else {
			assertEquals(0, different, what + ": differ by up to " + worst);
		}
	}

	private static NetworkBuilder build(RandomGraphs.Sample sample, Optimizer optimizer) {
		return NetworkBuilder.of(sample.configuration(), sample.inputSize()).optimizer(optimizer);
	}

	private static Map<String, INDArray> feed(ComputationGraph graph, float[] input, int rows) {
		INDArray x = Nd4j.create(input.clone(), new long[] {rows, input.length / rows}, 'c');
		return graph.feedForward(new INDArray[] {x}, true, false);
	}

	private static List<float[]> errors(RandomStream random, Network network, int rows) {
		List<float[]> errors = new ArrayList<>();
		for (int h = 0; h < network.heads().size(); h++) {
			errors.add(draw(random, rows * network.headSize(h), 1.0 / rows));
		}
		return errors;
	}

	private static INDArray[] asArrays(List<float[]> errors, int rows) {
		return errors.stream().map(e -> Nd4j.create(e.clone(), new long[] {rows, e.length / rows}, 'c'))
				.toArray(INDArray[]::new);
	}

	private static void fill(Network network, List<float[]> errors, int rows) {
		for (int h = 0; h < errors.size(); h++) {
			for (int r = 0; r < rows; r++) {
				System.arraycopy(errors.get(h), r * network.headSize(h), network.outputGradients(),
						r * network.outputStride() + network.headOffset(h), network.headSize(h));
			}
		}
	}

	private static float[] head(Network network, float[] block, int head, int rows) {
		int size = network.headSize(head);
		float[] values = new float[rows * size];
		for (int r = 0; r < rows; r++) {
			System.arraycopy(block, r * network.outputStride() + network.headOffset(head), values, r * size, size);
		}
		return values;
	}

	private static float[] draw(RandomStream random, int length, double scale) {
		float[] values = new float[length];
		for (int i = 0; i < length; i++) {
			values[i] = (float) (scale * random.nextGaussian());
		}
		return values;
	}
}
