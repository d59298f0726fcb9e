package org.headstart.nn.internal.state;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.headstart.api.network.Network;

/**
 * All that a network's next step depends on, by name: weights, optimizer moments, step count, what is frozen.
 *
 * <p>This is what {@link Network#writeState} writes, in both backends; so it can be read without building the network, and
 * without ND4J. Format: the text {@code "Headstart network"}, a version, counters, then tensor by tensor its names, shape and
 * floats, big-endian. Equal states, equal bytes.
 *
 * @param optimizerSteps how many optimizer steps were made
 * @param vertices       every vertex with parameters, in the graph's order
 * @param tensors        every tensor, in the graph's order
 */
public record NetworkState(long optimizerSteps, List<Vertex> vertices, List<Tensor> tensors) {

	private static final String HEADER = "Headstart network";
	private static final int VERSION = 1;
	private static final int MOST_DIMENSIONS = 32;
	private static final int MOST_MOMENTS = 32;
	/** Floats that are read at once. */
	private static final int PIECE = 1 << 16;

	/** Copies the lists. */
	public NetworkState {
		vertices = List.copyOf(vertices);
		tensors = List.copyOf(tensors);
	}

	/**
	 * A vertex with parameters.
	 *
	 * @param name               its name
	 * @param frozen             whether its parameters are kept fixed
	 * @param learningRateFactor the factor on its learning rate
	 */
	public record Vertex(String name, boolean frozen, float learningRateFactor) {}

	/**
	 * A parameter tensor. The arrays are not copied: treat them as read-only.
	 *
	 * @param vertex    its vertex
	 * @param parameter DL4J's name within the vertex, for example {@code "W"}
	 * @param shape     its shape; a bias of n floats is [n]
	 * @param values    row-major
	 * @param moments   the optimizer's moments in its order, each laid out as the values: two for Adam, none for gradient
	 *                  descent
	 */
	public record Tensor(String vertex, String parameter, int[] shape, float[] values, List<float[]> moments) {

		/** @return for messages: {@code backbone/policy/hidden-1 W [64, 64]} */
		public String label() {
			return vertex + ' ' + parameter + ' ' + Arrays.toString(shape);
		}

		/** @return its values, big-endian */
		public byte[] bytes() {
			return NetworkState.bytes(values);
		}
	}

	/**
	 * The present state of a network, copied.
	 *
	 * @param network any network of this bundle
	 * @return its state
	 */
	public static NetworkState of(Network network) {
		try {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			network.writeState(new DataOutputStream(bytes));
			return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
		} catch (IOException e) {
			throw new IllegalArgumentException("not a network of this bundle: " + network.backend(), e);
		}
	}

	/**
	 * @param vertex    a vertex's name
	 * @param parameter DL4J's name within the vertex
	 * @return the tensor, if there is one of that name
	 */
	public Optional<Tensor> tensor(String vertex, String parameter) {
		return tensors.stream().filter(t -> t.vertex().equals(vertex) && t.parameter().equals(parameter)).findFirst();
	}

	/**
	 * Writes this state.
	 *
	 * @param out where to
	 * @throws IOException from {@code out}
	 */
	public void write(DataOutput out) throws IOException {
		out.writeUTF(HEADER);
		out.writeInt(VERSION);
		out.writeLong(optimizerSteps);
		out.writeInt(vertices.size());
		for (Vertex vertex : vertices) {
			out.writeUTF(vertex.name());
			out.writeBoolean(vertex.frozen());
			out.writeFloat(vertex.learningRateFactor());
		}
		out.writeInt(tensors.size());
		for (Tensor tensor : tensors) {
			out.writeUTF(tensor.vertex());
			out.writeUTF(tensor.parameter());
			out.writeInt(tensor.shape().length);
			for (int size : tensor.shape()) {
				out.writeInt(size);
			}
			out.writeInt(tensor.moments().size());
			out.write(bytes(tensor.values()));
			for (float[] moment : tensor.moments()) {
				out.write(bytes(moment));
			}
		}
	}

	/**
	 * Reads what {@link #write} wrote.
	 *
	 * @param in where from
	 * @return the state
	 * @throws IOException from {@code in}, or when this is not a network's state, or of another version
	 */
	public static NetworkState read(DataInput in) throws IOException {
		String header = in.readUTF();
		if (!header.equals(HEADER)) {
			throw new IOException("not the state of a network: it begins with \"" + header + "\" instead of \"" + HEADER + '"');
		}
		int version = in.readInt();
		if (version != VERSION) {
			throw new IOException("state of a network in format " + version + "; this version reads format " + VERSION);
		}
		long steps = in.readLong();
		List<Vertex> vertices = new ArrayList<>();
		for (int n = in.readInt(); n > 0; n--) {
			vertices.add(new Vertex(in.readUTF(), in.readBoolean(), in.readFloat()));
		}
		List<Tensor> tensors = new ArrayList<>();
		for (int n = in.readInt(); n > 0; n--) {
			String vertex = in.readUTF();
			String parameter = in.readUTF();
			int dimensions = in.readInt();
			if (dimensions < 0 || dimensions > MOST_DIMENSIONS) {
				throw new IOException("tensor " + parameter + " of " + vertex + " cannot have " + dimensions + " dimensions");
			}
			int[] shape = new int[dimensions];
			long length = 1;
			for (int i = 0; i < shape.length; i++) {
				shape[i] = in.readInt();
				// each factor is below 2 to the 31st, so the product of one too many is a long still
				length *= shape[i];
				if (shape[i] < 0 || length > Integer.MAX_VALUE / Float.BYTES) {
					throw new IOException("tensor " + parameter + " of " + vertex + " cannot have the shape "
							+ Arrays.toString(shape));
				}
			}
			int momentCount = in.readInt();
			if (momentCount < 0 || momentCount > MOST_MOMENTS) {
				throw new IOException("tensor " + parameter + " of " + vertex + " cannot have " + momentCount + " moments");
			}
			float[] values = floats(in, (int) length);
			List<float[]> moments = new ArrayList<>();
			for (int i = 0; i < momentCount; i++) {
				moments.add(floats(in, (int) length));
			}
			tensors.add(new Tensor(vertex, parameter, shape, values, List.copyOf(moments)));
		}
		return new NetworkState(steps, vertices, tensors);
	}

	/**
	 * Explains why this state does not fit a network of other tensors.
	 *
	 * @param other       the state of the network that should take this one
	 * @throws IOException naming the first tensor that differs and what would be right
	 */
	public void requireSameTensors(NetworkState other) throws IOException {
		for (int i = 0; i < Math.max(tensors.size(), other.tensors.size()); i++) {
			String mine = i < tensors.size() ? tensors.get(i).label() : "nothing";
			String theirs = i < other.tensors.size() ? other.tensors.get(i).label() : "nothing";
			if (!mine.equals(theirs)) {
				throw new IOException("the state does not fit the network: it has " + mine + " where the network has " + theirs);
			}
			int myMoments = tensors.get(i).moments().size();
			int theirMoments = other.tensors.get(i).moments().size();
			if (myMoments != theirMoments) {
				throw new IOException("the state was written with another optimizer: " + mine + " has " + myMoments
						+ " moments, the network's optimizer keeps " + theirMoments);
			}
		}
	}

	/**
	 * Finds weights that are no numbers, as a training that diverged leaves them.
	 *
	 * @return names the first: its tensor, the index in it, the value; empty when all weights are finite
	 */
	public Optional<String> nonFinite() {
		for (Tensor tensor : tensors) {
			float rest = 0;
			for (float value : tensor.values()) {
				rest += value - value;
			}
			for (int i = 0; rest != 0 && i < tensor.values().length; i++) {
				if (!Float.isFinite(tensor.values()[i])) {
					return Optional.of(tensor.label() + " at " + Arrays.toString(index(i, tensor.shape())) + " is "
							+ tensor.values()[i]);
				}
			}
		}
		return Optional.empty();
	}

	private static int[] index(int flat, int[] shape) {
		int[] index = new int[shape.length];
		int rest = flat;
		for (int i = shape.length - 1; i >= 0; i--) {
			index[i] = rest % shape[i];
			rest /= shape[i];
		}
		return index;
	}

	private static byte[] bytes(float[] values) {
		byte[] bytes = new byte[values.length * Float.BYTES];
		ByteBuffer.wrap(bytes).asFloatBuffer().put(values);
		return bytes;
	}

	/** The array grows with what is read, so that a length that nobody wrote takes no more memory than there are bytes. */
	private static float[] floats(DataInput in, int length) throws IOException {
		byte[] piece = new byte[Math.min(length, PIECE) * Float.BYTES];
		float[] values = new float[Math.min(length, PIECE)];
		for (int from = 0; from < length;) {
			int count = Math.min(PIECE, length - from);
			if (from + count > values.length) {
				values = Arrays.copyOf(values, (int) Math.min(length, 2L * values.length));
			}
			in.readFully(piece, 0, count * Float.BYTES);
			ByteBuffer.wrap(piece).asFloatBuffer().get(values, from, count);
			from += count;
		}
		return values;
	}
}
