package org.headstart.nn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.network.Network;
import org.headstart.lib.dl4j.Nd4jStartup;
import org.headstart.nn.internal.state.NetworkState;
import org.headstart.nn.internal.training.TrainableNetwork;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.annotations.SerializedName;

/**
 * A network in a folder: three files that say the same.
 *
 * <ul>
 * <li>{@value #GRAPH}: DL4J's own format, for exchange: graph, weights, and the updater's state where DL4J's updater keeps
 * such a state. {@link ModelSerializer} reads it.
 * <li>{@value #STATE}: the {@link NetworkState}. Restoring and warm starts read this one; it needs no ND4J.
 * <li>{@value #MANIFEST}: for people and for checks: every tensor with its shape and SHA-256 (of its row-major floats,
 * big-endian), what is frozen, the optimizer's step count, what ran the network.
 * </ul>
 *
 * Equal networks give equal bytes.
 */
public final class NetworkCheckpoint {

	/** File name of the DL4J graph. */
	public static final String GRAPH = "network.zip";
	/** File name of the state. */
	public static final String STATE = "network.state";
	/** File name of the manifest. */
	public static final String MANIFEST = "network.json";

	/** DL4J's name for the definition in {@link #GRAPH}. */
	private static final String CONFIGURATION = "configuration.json";
	private static final int VERSION = 1;
	private static final int LONGEST_MANIFEST = 1 << 26;
	private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
	/** The earliest that a zip can say. */
	private static final LocalDateTime ZIP_EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

	private final Path folder;
	private final Manifest manifest;
	private final NetworkState state;

	/**
	 * What {@value NetworkCheckpoint#MANIFEST} says.
	 *
	 * @param format         version of this format
	 * @param backend        the backend that ran the network; {@code executor} in the file
	 * @param inputSize      floats in a row of input
	 * @param heads          the heads, in order
	 * @param optimizerSteps how many optimizer steps were made
	 * @param frozen         the vertices that are kept fixed
	 * @param stateSha256    of the file {@value NetworkCheckpoint#STATE}
	 * @param tensors        every tensor, in the graph's order
	 */
	public record Manifest(int format, @SerializedName("executor") String backend, int inputSize, List<String> heads, long optimizerSteps,
			List<String> frozen, String stateSha256, List<TensorEntry> tensors) {}

	/**
	 * A tensor in the manifest.
	 *
	 * @param vertex    its vertex
	 * @param parameter its name there
	 * @param shape     its shape
	 * @param sha256    of its row-major floats, big-endian
	 */
	public record TensorEntry(String vertex, String parameter, List<Integer> shape, String sha256) {}

	private NetworkCheckpoint(Path folder, Manifest manifest, NetworkState state) {
		this.folder = folder;
		this.manifest = manifest;
		this.state = state;
	}

	/**
	 * Writes a network. Starts ND4J only for a network that DL4J runs, or whose layers have several updaters.
	 *
	 * @param network the network
	 * @param folder  where to; must exist
	 * @throws IOException              when a file cannot be written
	 * @throws IllegalArgumentException when a weight is not finite; the message names tensor and index
	 */
	public static void write(Network network, Path folder) throws IOException {
		NetworkState state = NetworkState.of(network);
		Optional<String> fault = state.nonFinite();
		if (fault.isPresent()) {
			throw new IllegalArgumentException("the network's weight " + fault.get() + ": its training has diverged, and it is not kept");
		}
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		state.write(new DataOutputStream(bytes));
		List<TensorEntry> tensors = new ArrayList<>();
		for (NetworkState.Tensor tensor : state.tensors()) {
			List<Integer> shape = new ArrayList<>();
			for (int size : tensor.shape()) {
				shape.add(size);
			}
			tensors.add(new TensorEntry(tensor.vertex(), tensor.parameter(), shape, sha256(tensor.bytes())));
		}
		Manifest manifest = new Manifest(VERSION, network.backend(), network.inputSize(), network.heads(),
				state.optimizerSteps(), List.copyOf(network.frozenVertices()), sha256(bytes.toByteArray()), tensors);
		Files.write(folder.resolve(GRAPH), zip(archive(network)));
		Files.write(folder.resolve(STATE), bytes.toByteArray());
		Files.writeString(folder.resolve(MANIFEST), GSON.toJson(manifest) + '\n');
	}

	/** Without time stamps, and stored rather than compressed, which would depend on the zlib version. */
	private static byte[] zip(Map<String, byte[]> entries) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream out = new ZipOutputStream(bytes)) {
			for (Map.Entry<String, byte[]> each : entries.entrySet()) {
				CRC32 crc = new CRC32();
				crc.update(each.getValue());
				ZipEntry entry = new ZipEntry(each.getKey());
				entry.setTimeLocal(ZIP_EPOCH);
				entry.setMethod(ZipEntry.STORED);
				entry.setSize(each.getValue().length);
				entry.setCrc(crc.getValue());
				out.putNextEntry(entry);
				out.write(each.getValue());
				out.closeEntry();
			}
		}
		return bytes.toByteArray();
	}

	private static Map<String, byte[]> archive(Network network) throws IOException {
		if (network instanceof TrainableNetwork trainable) {
			Optional<Map<String, byte[]>> entries = trainable.archive();
			if (entries.isPresent()) {
				return entries.get();
			}
		}
		return archive(network.graph());
	}

	/** What DL4J writes, unpacked. */
	static Map<String, byte[]> archive(ComputationGraph graph) throws IOException {
		ByteArrayOutputStream packed = new ByteArrayOutputStream();
		ModelSerializer.writeModel(graph, packed, true);
		Map<String, byte[]> entries = new LinkedHashMap<>();
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(packed.toByteArray()))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				entries.put(entry.getName(), in.readAllBytes());
			}
		}
		return entries;
	}

	/**
	 * Reads manifest and state, and checks them against each other. Does not start ND4J.
	 *
	 * @param folder a folder that {@link #write} wrote
	 * @return the checkpoint
	 * @throws IOException when a file is missing, damaged or of another version, or a weight is not finite; the message names
	 *                     it
	 */
	public static NetworkCheckpoint read(Path folder) throws IOException {
		Path manifestFile = folder.resolve(MANIFEST);
		Manifest manifest;
		try {
			manifest = GSON.fromJson(RegularFile.text(manifestFile, LONGEST_MANIFEST), Manifest.class);
		} catch (RuntimeException e) {
			// beside its own exceptions the library passes on those of records' constructors
			throw new IOException(manifestFile + " is damaged: " + e.getMessage(), e);
		}
		if (manifest == null || manifest.tensors() == null) {
			throw new IOException(manifestFile + " is damaged: it lists no tensors");
		}
		if (manifest.format() != VERSION) {
			throw new IOException(
					manifestFile + " has format " + manifest.format() + "; this version reads format " + VERSION);
		}
		Path stateFile = folder.resolve(STATE);
		byte[] bytes = RegularFile.bytes(stateFile, RegularFile.LARGEST);
		if (!sha256(bytes).equals(manifest.stateSha256())) {
			throw new IOException(stateFile + " is damaged: its SHA-256 is not the one in " + MANIFEST);
		}
		NetworkState state;
		try {
			state = NetworkState.read(new DataInputStream(new ByteArrayInputStream(bytes)));
		} catch (IOException e) {
			throw new IOException(stateFile + " is damaged: " + e.getMessage(), e);
		}
		Optional<String> fault = state.nonFinite();
		if (fault.isPresent()) {
			throw new IOException(stateFile + ": the weight " + fault.get() + ", so the network cannot be used");
		}
		return new NetworkCheckpoint(folder, manifest, state);
	}

	/** @return what the manifest says */
	public Manifest manifest() {
		return manifest;
	}

	/** @return weights, optimizer state and what is frozen, by name */
	public NetworkState state() {
		return state;
	}

	/**
	 * Makes a network of the same graph and optimizer continue exactly where the saved one was.
	 *
	 * @param network the network
	 * @throws IOException when it has other tensors; the first that differs is named
	 */
	public void restore(Network network) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		state.write(new DataOutputStream(bytes));
		network.readState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
	}

	/**
	 * The saved graph, for surgery. Starts ND4J if that has not happened yet.
	 *
	 * @return DL4J's graph with weights and updater
	 * @throws IOException when it cannot be read, or unpacks to more than it has bytes
	 */
	public ComputationGraph graph() throws IOException {
		Path file = folder.resolve(GRAPH);
		byte[] bytes = RegularFile.bytes(file, RegularFile.LARGEST);
		requireStored(file, bytes);
		Nd4jStartup.ensure();
		return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes), true);
	}

	/**
	 * The saved graph without its weights.
	 *
	 * @param folder a folder that {@link #write} wrote
	 * @return its definition
	 * @throws IOException when it cannot be read, or is none
	 */
	public static ComputationGraphConfiguration configuration(Path folder) throws IOException {
		Path file = folder.resolve(GRAPH);
		byte[] bytes = RegularFile.bytes(file, RegularFile.LARGEST);
		requireStored(file, bytes);
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				if (entry.getName().equals(CONFIGURATION)) {
					return ComputationGraphConfiguration.fromJson(new String(in.readAllBytes(), StandardCharsets.UTF_8));
				}
			}
		} catch (RuntimeException e) {
			throw new IOException(file + " is damaged: its graph cannot be read (" + e.getMessage() + ")", e);
		}
		throw new IOException(file + " is damaged: it holds no " + CONFIGURATION);
	}

	/** {@link #write} compresses nothing, so what unpacks to more is not its file; no more than the file's bytes are unpacked. */
	private static void requireStored(Path file, byte[] bytes) throws IOException {
		byte[] buffer = new byte[1 << 16];
		long left = bytes.length;
		try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(bytes))) {
			while (in.getNextEntry() != null) {
				for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
					left -= n;
					if (left < 0) {
						throw new IOException(file + " is damaged: it unpacks to more than the " + bytes.length + " bytes that it has");
					}
				}
			}
		}
	}

	private static String sha256(byte[] bytes) {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every JDK has SHA-256", e);
		}
	}
}
