package org.headstart.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Backbone.Features;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.BoxSpace;
import org.headstart.api.network.Architecture;
import org.headstart.api.network.Head;
import org.headstart.api.network.Network;
import org.headstart.api.network.NetworkDescription;
import org.headstart.api.network.Optimizer;
import org.headstart.api.network.Trunk;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.api.settings.SettingsSchema;
import org.headstart.nn.NetworkBuilder;
import org.headstart.nn.NetworkSize;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * What every backbone must keep, as tests: extend this class, return the backbone with its settings, and JUnit runs them, once for
 * each observation space. One class per variant of the settings that takes another way through the code.
 *
 * @param <S> the settings record
 */
public abstract class BackboneContract<S extends Record> {

	private static final int ROWS = 16;
	private static final int UPDATES = 500;
	private static final List<Trunk> TRUNKS = List.of(new Trunk("policy", List.of(Head.policy(3, 0.01))),
			new Trunk("value", List.of(Head.value(1))));

	/** @return the backbone under test */
	protected abstract Backbone<S> backbone();

	/** @return its settings */
	protected abstract S settings();

	/** @return observation spaces that it can read; vectors of three sizes unless said otherwise */
	protected List<BoxSpace> observationSpaces() {
		return List.of(BoxSpace.uniform(1, -1, 1), BoxSpace.uniform(4, -1, 1), BoxSpace.uniform(37, -1, 1));
	}

	/** @return the learning rate with which it is trained on a few rows */
	protected float learningRate() {
		return 1e-3f;
	}

	private Stream<DynamicTest> inEachSpace(ThrowingConsumer<BoxSpace> test) {
		return observationSpaces().stream()
				.map(space -> DynamicTest.dynamicTest(space.kind(), () -> test.accept(space)));
	}

	private NetworkBuilder builder(BoxSpace space) {
		return NetworkBuilder.of(backbone(), settings(), space).trunks(TRUNKS).optimizer(new Optimizer.Adam(0.9, 0.999, 1e-8));
	}

	private Network network(BoxSpace space, long seed) {
		return builder(space).build(new RandomStreams(seed));
	}

	@Test
	void settingsCanBeWrittenAndRead() {
		SettingsSchema schema = SettingsSchema.of(settings().getClass());
		SettingsSchema.Bound read = schema.bind(schema.toYaml(settings()));
		assertEquals(List.of(), read.problems());
		assertEquals(settings(), read.settings());
	}

	/** What {@link Backbone#check} lets pass is built; what it does not is refused before, with a reason. */
	@TestFactory
	Stream<DynamicTest> whatItCannotReadIsRefusedBeforeItIsBuilt() {
		return Stream.of(BoxSpace.uniform(3, -1, 1), BoxSpace.image(2, 9, 9, 0, 1), BoxSpace.image(1, 1, 1, 0, 1))
				.map(space -> DynamicTest.dynamicTest(space.kind(), () -> {
					try {
						backbone().check(space, settings());
					} catch (IllegalArgumentException e) {
						assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), "the refusal says what it reads");
						assertThrows(IllegalArgumentException.class, () -> builder(space).configuration());
						return;
					}
					network(space, 1).forward(new float[space.size()], 0, 1);
				}));
	}

	@TestFactory
	Stream<DynamicTest> verticesAreNamedAndSized() {
		return inEachSpace(space -> {
			ComputationGraphConfiguration graph = builder(space).configuration();
			Set<String> trunks = new HashSet<>();
			for (var entry : graph.getVertices().entrySet()) {
				String name = entry.getKey();
				if (name.startsWith("head/")) {
					continue;
				}
				assertTrue(name.startsWith("backbone/policy/") || name.startsWith("backbone/value/"),
						"vertex '" + name + "' does not begin with the prefix that was given");
				trunks.add(name.split("/")[1]);
				assertSized(name, entry.getValue());
				for (String input : graph.getVertexInputs().get(name)) {
					assertTrue(input.equals(NetworkBuilder.INPUT) || input.startsWith("backbone/" + name.split("/")[1] + '/'),
							name + " reads from " + input + ", which is not of its own copy");
				}
			}
			assertTrue(trunks.isEmpty() || trunks.size() == 2, "only the trunks " + trunks + " have vertices");
		});
	}

	@TestFactory
	Stream<DynamicTest> itsStagesOneOnTheOtherAreWhatItBuilds() {
		return inEachSpace(space -> {
			NetworkBuilder stacked = builder(space).architecture((graph, network, layers) -> {
				for (Trunk trunk : network.trunks()) {
					Features top = layers.input();
					for (Layers stage : layers.stages()) {
						top = stage.build(graph, trunk.prefix(), top);
					}
					for (Head head : trunk.heads()) {
						Architecture.addHead(graph, head, top);
					}
				}
			});
			assertEquals(builder(space).configuration().toJson(), stacked.configuration().toJson());
		});
	}

	/** Something else may stand beside what a stage gives. */
	@TestFactory
	Stream<DynamicTest> allButTheLowestStageReadWhatTheyAreGiven() {
		return inEachSpace(space -> {
			NetworkBuilder doubled = builder(space).architecture((graph, network, layers) -> {
				Trunk trunk = network.trunks().get(0);
				Features top = layers.input();
				for (Layers stage : layers.stages()) {
					Features once = stage.build(graph, trunk.prefix(), top);
					graph.addVertex("twice/" + once.vertex(), new MergeVertex(), once.vertex(), once.vertex());
					top = new Features("twice/" + once.vertex(), 2 * once.size());
				}
				Architecture.addHead(graph, trunk.heads().get(0), top);
				Architecture.addHead(graph, network.trunks().get(1).heads().get(0), top);
			});
			Network network = doubled.build(new RandomStreams(1));
			network.forward(new float[2 * space.size()], 0, 2);
			assertTrue(Float.isFinite(network.outputs()[0]));
		});
	}

	@TestFactory
	Stream<DynamicTest> theExtentIsThatOfWhatIsBuilt() {
		return inEachSpace(space -> {
			Network network = network(space, 1);
			long parameters = 0;
			for (String vertex : network.parameterVertices()) {
				for (String parameter : network.parameters(vertex)) {
					parameters += network.parameter(vertex, parameter).length;
				}
			}
			assertEquals(parameters, NetworkSize
					.of(backbone(), settings(), NetworkDescription.of(space, TRUNKS, new Optimizer.Sgd())).parameters());
			assertEquals(parameters, NetworkSize.of(builder(space).configuration()).parameters());
		});
	}

	private static void assertSized(String name, GraphVertex vertex) {
		if (vertex instanceof LayerVertex layerVertex) {
			Layer layer = layerVertex.getLayerConf().getLayer();
			if (layer instanceof FeedForwardLayer sized) {
				assertTrue(sized.getNIn() > 0, "layer " + name + " has no nIn");
				assertTrue(sized.getNOut() > 0, "layer " + name + " has no nOut");
			}
		}
	}

	@TestFactory
	Stream<DynamicTest> featuresHaveTheSizeThatIsSaid() {
		return inEachSpace(space -> {
			Network network = network(space, 1);
			assertEquals(space.size(), network.inputSize());
			assertEquals(List.of("policy", "value"), network.heads());
			float[] input = rows(space);
			// a wrong size would not fit the heads
			network.forward(input, 0, ROWS);
			float[] outputs = network.outputs();
			for (int row = 0; row < ROWS; row++) {
				for (int head = 0; head < 2; head++) {
					for (int i = 0; i < network.headSize(head); i++) {
						assertTrue(Float.isFinite(outputs[row * network.outputStride() + network.headOffset(head) + i]));
					}
				}
			}
		});
	}

	@TestFactory
	Stream<DynamicTest> equalSeedsGiveEqualNetworks() {
		return inEachSpace(space -> {
			assertArrayEquals(bytes(network(space, 1)), bytes(network(space, 1)));
			assertFalse(Arrays.equals(bytes(network(space, 1)), bytes(network(space, 2))), "the seed must matter");
		});
	}

	@TestFactory
	Stream<DynamicTest> itTrains() {
		return inEachSpace(space -> {
			Network network = network(space, 1);
			float[] input = rows(space);
			double first = train(network, input, 1);
			double last = train(network, input, UPDATES);
			assertTrue(last < 0.5 * first, "squared error of " + ROWS + " rows: " + first + " at first, " + last + " after "
					+ UPDATES + " updates with learning rate " + learningRate());
		});
	}

	@TestFactory
	Stream<DynamicTest> aReadNetworkTrainsOnAsTheWrittenOne() {
		return inEachSpace(space -> {
			Network one = network(space, 1);
			float[] input = rows(space);
			train(one, input, 3);
			Network other = network(space, 2);
			other.readState(new DataInputStream(new ByteArrayInputStream(bytes(one))));
			train(one, input, 3);
			train(other, input, 3);
			assertArrayEquals(bytes(one), bytes(other));
		});
	}

	@TestFactory
	Stream<DynamicTest> aFrozenBackboneStays() {
		return inEachSpace(space -> {
			Network network = network(space, 1);
			network.freeze(vertex -> vertex.startsWith("backbone/"));
			List<float[]> before = backboneOf(network);
			train(network, rows(space), 3);
			List<float[]> after = backboneOf(network);
			for (int i = 0; i < before.size(); i++) {
				assertArrayEquals(before.get(i), after.get(i));
			}
		});
	}

	/** Acting remembers as training does: a step's outputs are those of the same step in a sequence, and what is forgotten is gone. */
	@TestFactory
	Stream<DynamicTest> stepsAgreeWithSequences() {
		return inEachSpace(space -> {
			Network network = network(space, 1);
			int steps = 4;
			int sequences = ROWS / steps;
			float[] input = rows(space);
			float[] states = new float[sequences * network.stateSize()];
			boolean[] restarts = new boolean[ROWS];
			restarts[2 * sequences + 1] = true;
			network.forwardSequences(input, 0, steps, sequences, states.clone(), restarts);
			float[] together = network.outputs().clone();
			int stride = network.outputStride();
			for (int step = 0; step < steps; step++) {
				for (int sequence = 0; sequence < sequences; sequence++) {
					if (restarts[step * sequences + sequence]) {
						Arrays.fill(states, sequence * network.stateSize(), (sequence + 1) * network.stateSize(), 0);
					}
				}
				network.step(input, step * sequences * space.size(), states, 0, sequences);
				assertArrayEquals(Arrays.copyOfRange(together, step * sequences * stride, (step + 1) * sequences * stride),
						Arrays.copyOf(network.outputs(), sequences * stride), 1e-5f, "step " + step);
			}
		});
	}

	/** Each row as a sequence of its own, and the gradient of that. */
	@TestFactory
	Stream<DynamicTest> rowsAreSequencesOfOneStep() {
		return inEachSpace(space -> {
			Network rows = network(space, 1);
			Network sequences = network(space, 1);
			float[] input = rows(space);
			rows.forward(input, 0, ROWS);
			sequences.forwardSequences(input, 0, 1, ROWS, new float[ROWS * sequences.stateSize()], new boolean[ROWS]);
			int length = ROWS * rows.outputStride();
			assertArrayEquals(Arrays.copyOf(rows.outputs(), length), Arrays.copyOf(sequences.outputs(), length), 1e-5f);
			for (Network network : List.of(rows, sequences)) {
				for (int row = 0; row < ROWS; row++) {
					network.outputGradients()[row * network.outputStride() + network.headOffset(1)] = 1f / ROWS;
				}
			}
			rows.backward(ROWS);
			sequences.backwardSequences(1, ROWS);
			float[] one = new float[rows.parameterVectorSize()];
			float[] other = new float[rows.parameterVectorSize()];
			rows.copyGradients(one);
			sequences.copyGradients(other);
			assertArrayEquals(one, other, 1e-5f);
			assertTrue(rows.gradientSquaredNorm() > 0, "no gradient");
		});
	}

	private static List<float[]> backboneOf(Network network) {
		return network.parameterVertices().stream().filter(vertex -> vertex.startsWith("backbone/"))
				.flatMap(vertex -> network.parameters(vertex).stream().map(parameter -> network.parameter(vertex, parameter)))
				.toList();
	}

	/** Observations within the bounds, or within ±1 where there are none. */
	private static float[] rows(BoxSpace space) {
		RandomStream random = new RandomStream(3);
		float[] rows = new float[ROWS * space.size()];
		for (int i = 0; i < rows.length; i++) {
			float low = space.low()[i % space.size()];
			float high = space.high()[i % space.size()];
			boolean bounded = Float.isFinite(low) && Float.isFinite(high);
			rows[i] = (float) (bounded ? random.uniform(low, high) : random.uniform(-1, 1));
		}
		return rows;
	}

	/**
	 * Fits all outputs to 1 where a row's first float is above the rows' mean, else to −1; returns the mean squared error before
	 * the last update.
	 */
	private double train(Network network, float[] input, int updates) {
		int size = network.inputSize();
		float mean = 0;
		for (int row = 0; row < ROWS; row++) {
			mean += input[row * size] / ROWS;
		}
		double error = 0;
		for (int update = 0; update < updates; update++) {
			network.forward(input, 0, ROWS);
			float[] outputs = network.outputs();
			float[] gradients = network.outputGradients();
			error = 0;
			for (int row = 0; row < ROWS; row++) {
				int wanted = input[row * size] > mean ? 1 : -1;
				for (int head = 0; head < network.heads().size(); head++) {
					for (int i = 0; i < network.headSize(head); i++) {
						int at = row * network.outputStride() + network.headOffset(head) + i;
						float difference = outputs[at] - wanted;
						error += difference * difference;
						gradients[at] = difference / ROWS;
					}
				}
			}
			network.backward(ROWS);
			network.update(1, learningRate());
		}
		return error / (4 * ROWS);
	}

	private static byte[] bytes(Network network) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		network.writeState(new DataOutputStream(bytes));
		return bytes.toByteArray();
	}
}
