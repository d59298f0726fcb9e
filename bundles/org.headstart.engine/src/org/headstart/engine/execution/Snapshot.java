package org.headstart.engine.execution;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.checkpoint.RegularFile;
import org.headstart.engine.results.DurableFiles;
import org.headstart.engine.results.ResultsException;

/**
 * The parts of a checkpoint, by name, and the file that holds them: written atomically, with a checksum, and tied to the step
 * by its key. A part that is not read to its end is an error, so that a misunderstanding cannot go unnoticed.
 */
final class Snapshot {

	private static final String HEADER = "Headstart checkpoint 1";

	private final Map<String, byte[]> parts = new LinkedHashMap<>();

	/** Writes or reads one part. */
	@FunctionalInterface
	interface Writing {
		void write(DataOutputStream out) throws IOException;
	}

	/** Writes or reads one part. */
	@FunctionalInterface
	interface Reading {
		void read(DataInputStream in) throws IOException;
	}

	void put(String part, Writing writing) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			writing.write(out);
		}
		parts.put(part, bytes.toByteArray());
	}

	void put(String part, Checkpointed state) throws IOException {
		put(part, state::writeState);
	}

	void get(String part, Reading reading) throws IOException {
		byte[] bytes = parts.get(part);
		if (bytes == null) {
			throw new DamagedCheckpointException("the checkpoint has no part '" + part + "'");
		}
		ByteArrayInputStream rest = new ByteArrayInputStream(bytes);
		try {
			reading.read(new DataInputStream(rest));
		} catch (EOFException e) {
			throw new DamagedCheckpointException("part '" + part + "' of the checkpoint ends too early", e);
		} catch (DamagedCheckpointException e) {
			throw e;
		} catch (IOException e) {
			throw new DamagedCheckpointException("part '" + part + "' of the checkpoint cannot be read: " + e.getMessage(), e);
		} catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException | IllegalArgumentException e) {
			// what a size or a number leads to that nobody wrote
			throw new DamagedCheckpointException("part '" + part + "' of the checkpoint holds what cannot be: " + e, e);
		}
		if (rest.available() > 0) {
			throw new DamagedCheckpointException(
					"part '" + part + "' of the checkpoint has " + rest.available() + " bytes that nobody reads");
		}
	}

	void get(String part, Checkpointed state) throws IOException {
		get(part, state::readState);
	}

	void write(Path file, String stepKey) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
		DataOutputStream body = new DataOutputStream(bytes);
		body.writeUTF(stepKey);
		body.writeInt(parts.size());
		for (Map.Entry<String, byte[]> part : parts.entrySet()) {
			body.writeUTF(part.getKey());
			body.writeInt(part.getValue().length);
			body.write(part.getValue());
		}
		byte[] content = bytes.toByteArray();
		CRC32C checksum = new CRC32C();
		checksum.update(content);
		DurableFiles.replace(file, stream -> {
			DataOutputStream out = new DataOutputStream(stream);
			out.writeUTF(HEADER);
			out.writeLong(checksum.getValue());
			out.writeInt(content.length);
			out.write(content);
			out.flush();
		});
	}

	/** Takes no more memory than the file has bytes, and none before its checksum is right. */
	static Snapshot read(Path file, String stepKey) throws DamagedCheckpointException {
		try {
			check(file);
			try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(RegularFile.bytes(file, RegularFile.LARGEST)))) {
				in.readUTF();
				in.readLong();
				in.readInt();
				return content(in, file, stepKey);
			}
		} catch (DamagedCheckpointException e) {
			throw e;
		} catch (EOFException | java.io.UTFDataFormatException e) {
			throw new DamagedCheckpointException(file + " is damaged: it ends too early", e);
		} catch (IOException e) {
			throw new DamagedCheckpointException(ResultsException.reading(file, e).getMessage(), e);
		}
	}

	private static void check(Path file) throws IOException {
		try (DataInputStream in = new DataInputStream(
				new BufferedInputStream(RegularFile.open(file, RegularFile.LARGEST), 1 << 16))) {
			if (!in.readUTF().equals(HEADER)) {
				throw new DamagedCheckpointException(file + " is not a checkpoint");
			}
			long expected = in.readLong();
			int length = in.readInt();
			CRC32C checksum = new CRC32C();
			byte[] buffer = new byte[1 << 16];
			long holds = 0;
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				checksum.update(buffer, 0, n);
				holds += n;
			}
			if (length != holds) {
				throw new DamagedCheckpointException(file + " is damaged: it should hold " + length + " bytes and holds " + holds);
			}
			if (checksum.getValue() != expected) {
				throw new DamagedCheckpointException(file + " is damaged: its checksum is wrong");
			}
		}
	}

	private static Snapshot content(DataInputStream in, Path file, String stepKey) throws IOException {
		String key = in.readUTF();
		if (!key.equals(stepKey)) {
			throw new DamagedCheckpointException(file + " belongs to step " + key);
		}
		Snapshot snapshot = new Snapshot();
		for (int n = in.readInt(); n > 0; n--) {
			String part = in.readUTF();
			int length = in.readInt();
			if (length < 0 || length > in.available()) {
				throw new DamagedCheckpointException(file + " is damaged: part '" + part + "' cannot have " + length + " bytes");
			}
			snapshot.parts.put(part, in.readNBytes(length));
		}
		return snapshot;
	}
}
