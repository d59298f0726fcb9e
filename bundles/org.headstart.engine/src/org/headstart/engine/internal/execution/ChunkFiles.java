package org.headstart.engine.internal.execution;

import java.io.BufferedInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.experience.ChunkStore;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultsException;

/**
 * The chunks of one agent's states, each in a file, in a folder beside the step's checkpoints. A checkpoint lists its chunks
 * with sizes and checksums. Files without a durable checkpoint, for example of a killed process, are overwritten, or deleted
 * when the next checkpoint is durable.
 */
final class ChunkFiles implements ChunkStore {

	private static final int MOST_CHUNKS = 1 << 20;

	private final Path folder;
	/** Chunks of durable checkpoints and of the one that is being written. */
	private final SortedMap<String, Sum> known = new TreeMap<>();
	/** Chunks of the state that is being written, or that was read or written last. */
	private final SortedMap<String, Sum> kept = new TreeMap<>();
	/** Chunks of the ends of phases; they stay as long as the step runs. */
	private final Set<String> phases = new HashSet<>();

	/** The expected size and checksum of a file. */
	private record Sum(long length, long checksum) {}

	ChunkFiles(Path folder) {
		this.folder = folder;
	}

	/** Called before a state is written. */
	void begin() {
		kept.clear();
	}

	@Override
	public void keep(String name, Content content) throws IOException {
		if (!isName(name)) {
			throw new IllegalArgumentException("a chunk's name is made of lower-case words and numbers with hyphens, not '" + name + "'");
		}
		Sum sum = known.get(name);
		if (sum == null) {
			DurableFiles.folder(folder);
			CRC32C checksum = new CRC32C();
			DurableFiles.replace(folder.resolve(name), stream -> {
				DataOutputStream out = new DataOutputStream(new CheckedOutputStream(stream, checksum));
				content.write(out);
				out.flush();
			});
			sum = new Sum(Files.size(folder.resolve(name)), checksum.getValue());
			known.put(name, sum);
		}
		kept.put(name, sum);
	}

	private static boolean isName(String name) {
		return name.matches("[a-z0-9]+(-[a-z0-9]+)*");
	}

	/** Lists the chunks of the written state and makes their files durable. */
	void writeKept(DataOutput out) throws IOException {
		if (!kept.isEmpty()) {
			DurableFiles.forceEntries(folder);
		}
		out.writeInt(kept.size());
		for (Map.Entry<String, Sum> chunk : kept.entrySet()) {
			out.writeUTF(chunk.getKey());
			out.writeLong(chunk.getValue().length());
			out.writeLong(chunk.getValue().checksum());
		}
	}

	/** Called when the checkpoint of the written state is durable: deletes chunks without a checkpoint. */
	void written(boolean phaseEnd) throws IOException {
		if (phaseEnd) {
			phases.addAll(kept.keySet());
		}
		known.keySet().removeIf(name -> !kept.containsKey(name) && !phases.contains(name));
		if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
			List<Path> files;
			try (var all = Files.list(folder)) {
				files = all.filter(file -> !known.containsKey(file.getFileName().toString())).toList();
			}
			for (Path file : files) {
				DurableFiles.delete(file);
			}
		}
	}

	/** Reads a state's list of chunks, and each of its files once for the checksum. */
	void readKept(DataInput in, boolean phaseEnd) throws IOException {
		kept.clear();
		int count = in.readInt();
		if (count < 0 || count > MOST_CHUNKS) {
			throw new DamagedCheckpointException("a checkpoint cannot refer to " + count + " chunks");
		}
		for (int i = 0; i < count; i++) {
			String name = in.readUTF();
			Sum sum = new Sum(in.readLong(), in.readLong());
			if (!isName(name)) {
				throw new DamagedCheckpointException("a checkpoint cannot refer to a chunk '" + name + "'");
			}
			check(folder.resolve(name), sum);
			kept.put(name, sum);
		}
		known.putAll(kept);
		if (phaseEnd) {
			phases.addAll(kept.keySet());
		}
	}

	private static void check(Path file, Sum sum) throws DamagedCheckpointException {
		CRC32C checksum = new CRC32C();
		long length = 0;
		try (InputStream in = RegularFile.open(file, sum.length())) {
			byte[] buffer = new byte[1 << 16];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				checksum.update(buffer, 0, n);
				length += n;
			}
		} catch (IOException e) {
			throw new DamagedCheckpointException(ResultsException.reading(file, e).getMessage(), e);
		}
		if (length != sum.length() || checksum.getValue() != sum.checksum()) {
			throw new DamagedCheckpointException(file + " is damaged: its checksum is wrong");
		}
	}

	@Override
	public void read(String name, Reading reading) throws IOException {
		Sum sum = kept.get(name);
		if (sum == null) {
			throw new DamagedCheckpointException("the checkpoint has no chunk '" + name + "'");
		}
		Path file = folder.resolve(name);
		try (DataInputStream in = new DataInputStream(new BufferedInputStream(RegularFile.open(file, sum.length()), 1 << 16))) {
			reading.read(in);
			if (in.read() >= 0) {
				throw new DamagedCheckpointException(file + " is longer than what the learner reads");
			}
		} catch (EOFException e) {
			throw new DamagedCheckpointException(file + " ends too early", e);
		}
	}
}
