package org.headstart.api.experience;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.checkpoint.Checkpointed;

/**
 * Keeps chunks in memory, for agents whose state is written to memory as well (in tests) or never. The state of this store
 * consists of the chunks that the agent's last state kept; write it after the agent's state and read it before.
 */
public final class MemoryChunks implements ChunkStore, Checkpointed {

	private static final int MOST = 1 << 20;

	private final SortedMap<String, byte[]> chunks = new TreeMap<>();
	/** The chunks kept since the last {@link #writeState}. */
	private final Set<String> kept = new HashSet<>();

	@Override
	public void keep(String name, Content content) throws IOException {
		if (!chunks.containsKey(name)) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			content.write(new DataOutputStream(bytes));
			chunks.put(name, bytes.toByteArray());
		}
		kept.add(name);
	}

	@Override
	public void read(String name, Reading reading) throws IOException {
		byte[] chunk = chunks.get(name);
		if (chunk == null) {
			throw new IOException("there is no chunk '" + name + "'");
		}
		ByteArrayInputStream rest = new ByteArrayInputStream(chunk);
		reading.read(new DataInputStream(rest));
		if (rest.available() > 0) {
			throw new IOException("chunk '" + name + "' has " + rest.available() + " bytes too many");
		}
	}

	@Override
	public void writeState(DataOutput out) throws IOException {
		chunks.keySet().retainAll(kept);
		kept.clear();
		out.writeInt(chunks.size());
		for (var chunk : chunks.entrySet()) {
			out.writeUTF(chunk.getKey());
			out.writeInt(chunk.getValue().length);
			out.write(chunk.getValue());
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		int count = in.readInt();
		if (count < 0 || count > MOST) {
			throw new IOException("there cannot be " + count + " chunks");
		}
		chunks.clear();
		for (int i = 0; i < count; i++) {
			String name = in.readUTF();
			int length = in.readInt();
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			// a damaged length must not allocate memory for bytes that do not exist
			for (int left = length; left > 0; left--) {
				bytes.write(in.readByte());
			}
			chunks.put(name, bytes.toByteArray());
		}
	}
}
