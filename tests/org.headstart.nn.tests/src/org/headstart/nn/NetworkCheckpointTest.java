package org.headstart.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.headstart.api.network.Network;
import org.headstart.api.network.Optimizer;
import org.headstart.api.random.RandomStream;
import org.headstart.api.random.RandomStreams;
import org.headstart.nn.internal.state.NetworkState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Saving and restoring. */
class NetworkCheckpointTest {

	@TempDir
	Path folder;

	static Stream<NetworkBuilder> backends() {
		return Stream.of(Samples.policyAndValue(), Samples.policyAndValue().withoutCompiling(),
				Samples.policyAndValue().optimizer(new Optimizer.Sgd()));
	}

	@ParameterizedTest
	@MethodSource("backends")
	void resumingContinuesExactly(NetworkBuilder builder) throws IOException {
		Network through = builder.build(new RandomStreams(1));
		RandomStream random = new RandomStream(9);
		Samples.train(through, random, 6, 20);
		through.freeze(v -> v.equals("head/value"));
		through.setLearningRateFactor(v -> v.startsWith("backbone/"), 0.1f);
		NetworkCheckpoint.write(through, folder);
		Samples.train(through, random, 6, 20);

		Network resumed = builder.build(new RandomStreams(2));
		NetworkCheckpoint.read(folder).restore(resumed);
		RandomStream same = new RandomStream(9);
		Samples.train(builder.build(new RandomStreams(3)), same, 6, 20);
		Samples.train(resumed, same, 6, 20);
		assertArrayEquals(Samples.state(through), Samples.state(resumed));
		assertEquals(through.frozenVertices(), resumed.frozenVertices());
	}

	/** The state alone says sizes that the file does not have, with a manifest that fits it. */
	@ParameterizedTest
	@ValueSource(ints = {Integer.MAX_VALUE, 500_000_000, -1})
	void sizesThatTheFileDoesNotHaveTakeNoMemory(int size) throws IOException {
		NetworkCheckpoint.write(Samples.policyAndValue().build(new RandomStreams(1)), folder);
		Path state = folder.resolve(NetworkCheckpoint.STATE);
		byte[] bytes = Files.readAllBytes(state);
		NetworkState.Tensor first = NetworkCheckpoint.read(folder).state().tensors().get(0);
		// behind the first tensor's names stand its dimensions
		ByteArrayOutputStream names = new ByteArrayOutputStream();
		new DataOutputStream(names).writeUTF(first.parameter());
		int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(
				names.toString(StandardCharsets.ISO_8859_1), new String(bytes, StandardCharsets.ISO_8859_1).indexOf(first.vertex()))
				+ names.size();
		for (int place : new int[] {at, at + 4, at + 4 + 4 * first.shape().length}) {
			byte[] forged = bytes.clone();
			ByteBuffer.wrap(forged).putInt(place, size);
			assertThrows(IOException.class,
					() -> NetworkState.read(new DataInputStream(new ByteArrayInputStream(forged))), "at " + place);
		}
	}

	@Test
	void onlyRegularFilesAreRead() throws IOException {
		NetworkCheckpoint.write(Samples.policyAndValue().build(new RandomStreams(1)), folder);
		for (String name : List.of(NetworkCheckpoint.MANIFEST, NetworkCheckpoint.STATE)) {
			Path file = folder.resolve(name);
			Path kept = Files.move(file, folder.resolve("kept"));
			Files.createSymbolicLink(file, kept);
			FileSystemException refused = assertThrows(FileSystemException.class, () -> NetworkCheckpoint.read(folder));
			assertTrue(refused.getMessage().contains(name) && refused.getMessage().contains("a symbolic link"), refused.getMessage());
			Files.delete(file);
			Files.move(kept, file);
		}
		NetworkCheckpoint.read(folder);
	}

	@Test
	void aGraphThatUnpacksToMoreThanItHasIsRefused() throws IOException {
		NetworkCheckpoint.write(Samples.policyAndValue().build(new RandomStreams(1)), folder);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(folder.resolve(NetworkCheckpoint.GRAPH)))) {
			zip.putNextEntry(new ZipEntry("coefficients.bin"));
			zip.write(new byte[50 << 20]);
		}
		NetworkCheckpoint checkpoint = NetworkCheckpoint.read(folder);
		IOException refused = assertThrows(IOException.class, checkpoint::graph);
		assertTrue(refused.getMessage().contains("unpacks to more"), refused.getMessage());
	}

	@ParameterizedTest
	@MethodSource("backends")
	void equalNetworksGiveEqualFiles(NetworkBuilder builder) throws IOException {
		Path first = Files.createDirectory(folder.resolve("first"));
		Path second = Files.createDirectory(folder.resolve("second"));
		for (Path each : List.of(first, second)) {
			Network network = builder.build(new RandomStreams(1));
			Samples.train(network, new RandomStream(9), 3, 20);
			NetworkCheckpoint.write(network, each);
		}
		for (String file : List.of(NetworkCheckpoint.GRAPH, NetworkCheckpoint.STATE, NetworkCheckpoint.MANIFEST)) {
			assertArrayEquals(Files.readAllBytes(first.resolve(file)), Files.readAllBytes(second.resolve(file)), file);
		}
	}

	@Test
	void dl4jReadsTheGraphAndItAgreesWithTheState() throws IOException {
		Network network = Samples.policyAndValue().build(new RandomStreams(1));
		Samples.train(network, new RandomStream(9), 3, 20);
		NetworkCheckpoint.write(network, folder);
		ComputationGraph graph = ModelSerializer.restoreComputationGraph(folder.resolve(NetworkCheckpoint.GRAPH).toFile(), true);
		float[] input = {0.1f, -0.5f, 2, 0.3f, 0, 1};
		network.forward(input, 0, 1);
		INDArray[] outputs = graph.output(false, Nd4j.create(input, new long[] {1, 6}, 'c'));
		for (int h = 0; h < 2; h++) {
			for (int j = 0; j < network.headSize(h); j++) {
				assertEquals(outputs[h].getFloat(0, j), network.outputs()[network.headOffset(h) + j], 1e-5f);
			}
		}
		assertEquals(3, graph.getIterationCount());
		NetworkState state = NetworkCheckpoint.read(folder).state();
		INDArray updater = graph.getUpdater().getStateViewArray();
		double moments = 0;
		for (NetworkState.Tensor tensor : state.tensors()) {
			assertArrayEquals(tensor.values(), graph.getLayer(tensor.vertex()).getParam(tensor.parameter()).dup('c').data().asFloat(),
					tensor.label());
			for (float[] each : tensor.moments()) {
				for (float value : each) {
					moments += Math.abs(value);
				}
			}
		}
		assertEquals(moments, updater.norm1Number().doubleValue(), 1e-5 * moments);
		assertArrayEquals(graph.params().data().asFloat(), NetworkCheckpoint.read(folder).graph().params().data().asFloat());
	}

	@ParameterizedTest
	@MethodSource("backends")
	void theArchiveIsWhatDl4jWouldWrite(NetworkBuilder builder) throws IOException {
		Network network = builder.build(new RandomStreams(1));
		Samples.train(network, new RandomStream(9), 3, 20);
		NetworkCheckpoint.write(network, folder);
		ComputationGraph restored = NetworkCheckpoint.read(folder).graph();
		ComputationGraph snapshot = network.graph();
		assertEquals(snapshot.getConfiguration(), restored.getConfiguration());
		Map<String, byte[]> expected = NetworkCheckpoint.archive(snapshot);
		Map<String, byte[]> actual = NetworkCheckpoint.archive(restored);
		assertEquals(expected.keySet(), actual.keySet());
		expected.forEach((entry, bytes) -> assertArrayEquals(bytes, actual.get(entry), entry));
		try (ZipFile zip = new ZipFile(folder.resolve(NetworkCheckpoint.GRAPH).toFile())) {
			for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
				assertArrayEquals(entry.getValue(), zip.getInputStream(zip.getEntry(entry.getKey())).readAllBytes(),
						entry.getKey());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
	void dl4jReadsTheArchiveOfAnyGraph(long seed) throws IOException {
		RandomGraphs.Sample sample = RandomGraphs.sample(seed, new Adam(1e-3));
		Network network = NetworkBuilder.of(sample.configuration(), sample.inputSize()).build(new RandomStreams(1));
		Samples.train(network, new RandomStream(9), 3, 20);
		NetworkCheckpoint.write(network, folder);
		ComputationGraph graph = NetworkCheckpoint.read(folder).graph();
		float[] input = new float[sample.inputSize()];
		Arrays.fill(input, 0.3f);
		network.forward(input, 0, 1);
		INDArray[] outputs = graph.output(false, Nd4j.create(input, new long[] {1, input.length}, 'c'));
		for (int h = 0; h < outputs.length; h++) {
			for (int j = 0; j < network.headSize(h); j++) {
				assertEquals(outputs[h].getFloat(0, j), network.outputs()[network.headOffset(h) + j], 1e-5f);
			}
		}
		// the moments are in their places too: one more step gives the same weights
		INDArray[] errors = new INDArray[outputs.length];
		Arrays.fill(network.outputGradients(), 0);
		for (int h = 0; h < outputs.length; h++) {
			errors[h] = Nd4j.ones(1, network.headSize(h)).castTo(outputs[h].dataType());
			Arrays.fill(network.outputGradients(), network.headOffset(h), network.headOffset(h) + network.headSize(h), 1);
		}
		graph.feedForward(new INDArray[] {Nd4j.create(input, new long[] {1, input.length}, 'c')}, true, false);
		Gradient gradient = graph.backpropGradient(errors);
		graph.getUpdater().update(gradient, graph.getIterationCount(), 0, 1, LayerWorkspaceMgr.noWorkspaces());
		graph.params().subi(gradient.gradient());
		network.backward(1);
		network.update(1, 1e-3f);
		for (String vertex : network.parameterVertices()) {
			if (!network.frozenVertices().contains(vertex)) {
				assertArrayEquals(graph.getLayer(vertex).getParam("W").dup('c').data().asFloat(), network.parameter(vertex, "W"), 1e-5f,
						vertex);
			}
		}
	}

	@Test
	void theManifestListsTheTensors() throws IOException {
		Network network = Samples.policyAndValue().build(new RandomStreams(1));
		network.freeze("head/value"::equals);
		NetworkCheckpoint.write(network, folder);
		NetworkCheckpoint.Manifest manifest = NetworkCheckpoint.read(folder).manifest();
		assertEquals(List.of("head/value"), manifest.frozen());
		assertEquals(network.backend(), manifest.backend());
		assertEquals(12, manifest.tensors().size());
		assertEquals(List.of(6, 32), manifest.tensors().get(0).shape());
		assertEquals(64, manifest.tensors().get(0).sha256().length());
	}

	@Test
	void weightsThatAreNoNumbersAreNeitherWrittenNorRead() throws Exception {
		Network network = Samples.policyAndValue().build(new RandomStreams(1));
		NetworkCheckpoint.write(network, folder);
		float[] weights = network.parameter("head/value", "W");
		weights[5] = Float.NaN;
		network.setParameter("head/value", "W", weights);
		String place = "head/value W [32, 1] at [5, 0] is NaN";
		String message = assertThrows(IllegalArgumentException.class, () -> NetworkCheckpoint.write(network, folder)).getMessage();
		assertTrue(message.contains(place), message);
		NetworkCheckpoint.read(folder);

		ByteArrayOutputStream state = new ByteArrayOutputStream();
		network.writeState(new DataOutputStream(state));
		Files.write(folder.resolve(NetworkCheckpoint.STATE), state.toByteArray());
		String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(state.toByteArray()));
		Path manifest = folder.resolve(NetworkCheckpoint.MANIFEST);
		Files.writeString(manifest, Files.readString(manifest).replaceFirst("\"stateSha256\": \"[0-9a-f]+\"",
				"\"stateSha256\": \"" + sha + "\""));
		message = assertThrows(IOException.class, () -> NetworkCheckpoint.read(folder)).getMessage();
		assertTrue(message.contains(NetworkCheckpoint.STATE) && message.contains(place), message);
	}

	@Test
	void damageAndMisfitsAreNamed() throws IOException {
		Network network = Samples.policyAndValue().build(new RandomStreams(1));
		NetworkCheckpoint.write(network, folder);
		Network wider = Samples.policyAndValue(7).build(new RandomStreams(1));
		String message = assertThrows(IOException.class, () -> NetworkCheckpoint.read(folder).restore(wider)).getMessage();
		assertTrue(message.contains("backbone/policy/hidden-1 W [6, 32]") && message.contains("[7, 32]"), message);
		Network otherOptimizer = Samples.policyAndValue().optimizer(new Optimizer.Sgd()).build(new RandomStreams(1));
		message = assertThrows(IOException.class, () -> NetworkCheckpoint.read(folder).restore(otherOptimizer)).getMessage();
		assertTrue(message.contains("another optimizer"), message);

		byte[] state = Files.readAllBytes(folder.resolve(NetworkCheckpoint.STATE));
		state[state.length - 1] ^= 1;
		Files.write(folder.resolve(NetworkCheckpoint.STATE), state);
		message = assertThrows(IOException.class, () -> NetworkCheckpoint.read(folder)).getMessage();
		assertTrue(message.contains(NetworkCheckpoint.STATE) && message.contains("damaged"), message);
		Files.writeString(folder.resolve(NetworkCheckpoint.MANIFEST), "{");
		message = assertThrows(IOException.class, () -> NetworkCheckpoint.read(folder)).getMessage();
		assertTrue(message.contains(NetworkCheckpoint.MANIFEST) && message.contains("damaged"), message);
	}
}
