package org.headstart.engine.internal.execution;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.checkpoint.RegularFile;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultsException;

/**
 * The parts of a checkpoint, by name, in a file: written atomically, with a checksum, and tied to the step by its key. Parts
 * go to the file and come from it in blocks, so that a checkpoint of any size takes the memory of one block. The file is the
 * header, the step's key, the parts (a name; blocks, each with its length before it; a length of 0) and, after an empty
 * name, the checksum of all before it. A part that is not read to its end is an error, so that a mismatch between writer and
 * reader is noticed.
 */
final class Snapshot {

	private static final String HEADER = "Headstart checkpoint 2";
	/** Bytes. */
	private static final int BLOCK = 1 << 16;
	/** More parts than any writer has: a file with more is damaged. */
	private static final int MOST_PARTS = 1000;

	private final Path file;
	private final Map<String, Place> parts = new LinkedHashMap<>();

	/**
	 * A part's blocks.
	 *
	 * @param offset where the first begins, in the file
	 * @param length bytes of the part
	 */
	private record Place(long offset, long length) {}

	/** Writes one part. */
	@FunctionalInterface
	interface Writing {
		void write(DataOutputStream out) throws IOException;
	}

	/** Reads one part. */
	@FunctionalInterface
	interface Reading {
		void read(DataInputStream in) throws IOException;
	}

	/** Writes all parts. */
	@FunctionalInterface
	interface Content {
		void write(Parts parts) throws IOException;
	}

	private Snapshot(Path file) {
		this.file = file;
	}

	/** The parts of a file that is being written. */
	static final class Parts {

		private final DataOutputStream out;
		private final byte[] block = new byte[BLOCK];

		private Parts(DataOutputStream out) {
			this.out = out;
		}

		void put(String part, Writing writing) throws IOException {
			out.writeUTF(part);
			Blocks blocks = new Blocks();
			DataOutputStream data = new DataOutputStream(blocks);
			writing.write(data);
			data.flush();
			blocks.end();
		}

		void put(String part, Checkpointed state) throws IOException {
			put(part, state::writeState);
		}

		private final class Blocks extends OutputStream {

			private int filled;

			@Override
			public void write(int value) throws IOException {
				if (filled == BLOCK) {
					flushBlock();
				}
				block[filled++] = (byte) value;
			}

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				int from = offset;
				for (int left = length; left > 0;) {
					if (filled == BLOCK) {
						flushBlock();
					}
					int n = Math.min(left, BLOCK - filled);
					System.arraycopy(bytes, from, block, filled, n);
					filled += n;
					from += n;
					left -= n;
				}
			}

			private void flushBlock() throws IOException {
				out.writeInt(filled);
				out.write(block, 0, filled);
				filled = 0;
			}

			private void end() throws IOException {
				if (filled > 0) {
					flushBlock();
				}
				out.writeInt(0);
			}
		}
	}

	/** Writes or replaces a checkpoint; when that fails, the old one is untouched. */
	static void write(Path file, String stepKey, Content content) throws IOException {
		DurableFiles.replace(file, stream -> {
			CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32C());
			DataOutputStream out = new DataOutputStream(checked);
			out.writeUTF(HEADER);
			out.writeUTF(stepKey);
			content.write(new Parts(out));
			out.writeUTF("");
			out.writeLong(checked.getChecksum().getValue());
			out.flush();
		});
	}

	/** Finds the parts, and reads all of them once for the checksum. */
	static Snapshot read(Path file, String stepKey) throws DamagedCheckpointException {
		try (InputStream raw = RegularFile.open(file, Long.MAX_VALUE)) {
			CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(raw, BLOCK), new CRC32C());
			DataInputStream in = new DataInputStream(checked);
			if (!in.readUTF().equals(HEADER)) {
				throw new DamagedCheckpointException(file + " is not a checkpoint of this version of Headstart");
			}
			String key = in.readUTF();
			Snapshot snapshot = new Snapshot(file);
			snapshot.find(in, 4L + utfLength(HEADER) + utfLength(key));
			long sum = checked.getChecksum().getValue();
			if (in.readLong() != sum) {
				throw new DamagedCheckpointException(file + " is damaged: its checksum is wrong");
			}
			if (in.read() >= 0) {
				throw new DamagedCheckpointException(file + " is damaged: it is longer than what was written");
			}
			if (!key.equals(stepKey)) {
				throw new DamagedCheckpointException(file + " belongs to step " + key);
			}
			return snapshot;
		} catch (DamagedCheckpointException e) {
			throw e;
		} catch (EOFException | UTFDataFormatException e) {
			throw new DamagedCheckpointException(file + " is damaged: it ends too early", e);
		} catch (IOException e) {
			throw new DamagedCheckpointException(ResultsException.reading(file, e).getMessage(), e);
		}
	}

	/** Bytes of a text without its length, as {@link DataOutputStream#writeUTF} writes it. */
	private static int utfLength(String text) {
		int length = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			length += c >= 1 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
		}
		return length;
	}

	private void find(DataInputStream in, long start) throws IOException {
		long offset = start;
		byte[] block = new byte[BLOCK];
		for (String part = in.readUTF(); !part.isEmpty(); part = in.readUTF()) {
			offset += 2 + utfLength(part);
			long blocks = offset;
			long length = 0;
			for (int n = blockLength(in); n > 0; n = blockLength(in)) {
				in.readFully(block, 0, n);
				offset += 4 + n;
				length += n;
			}
			offset += 4;
			if (parts.put(part, new Place(blocks, length)) != null || parts.size() > MOST_PARTS) {
				throw new DamagedCheckpointException(file + " is damaged: it has two parts '" + part + "', or too many");
			}
		}
	}

	private int blockLength(DataInputStream in) throws IOException {
		int length = in.readInt();
		if (length < 0 || length > BLOCK) {
			throw new DamagedCheckpointException(file + " is damaged: a block of it cannot have " + length + " bytes");
		}
		return length;
	}

	void get(String part, Reading reading) throws IOException {
		Place place = parts.get(part);
		if (place == null) {
			throw new DamagedCheckpointException("the checkpoint has no part '" + part + "'");
		}
		try (InputStream raw = RegularFile.open(file, Long.MAX_VALUE)) {
			raw.skipNBytes(place.offset());
			PartStream rest = new PartStream(new DataInputStream(new BufferedInputStream(raw, BLOCK)));
			reading.read(new DataInputStream(rest));
			long unread = place.length() - rest.position;
			if (unread > 0) {
				throw new DamagedCheckpointException(
						"part '" + part + "' of the checkpoint has " + unread + " bytes too many");
			}
		} catch (EOFException e) {
			throw new DamagedCheckpointException("part '" + part + "' of the checkpoint ends too early", e);
		} catch (DamagedCheckpointException e) {
			throw e;
		} catch (IOException e) {
			throw new DamagedCheckpointException("part '" + part + "' of the checkpoint cannot be read: " + e.getMessage(), e);
		} catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException | IllegalArgumentException e) {
			// the result of a damaged size or number
			throw new DamagedCheckpointException("part '" + part + "' of the checkpoint has invalid content: " + e, e);
		}
	}

	void get(String part, Checkpointed state) throws IOException {
		get(part, state::readState);
	}

	/** A part's bytes without the lengths between them. */
	private final class PartStream extends InputStream {

		private final DataInputStream in;
		/** Bytes left of the present block. */
		private int left;
		private boolean ended;
		/** Bytes read of the part. */
		private long position;

		PartStream(DataInputStream in) {
			this.in = in;
		}

		private boolean atEnd() throws IOException {
			if (left == 0 && !ended) {
				left = blockLength(in);
				ended = left == 0;
			}
			return ended;
		}

		@Override
		public int read() throws IOException {
			if (atEnd()) {
				return -1;
			}
			left--;
			position++;
			return in.readUnsignedByte();
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			if (atEnd()) {
				return -1;
			}
			int n = Math.min(length, left);
			in.readFully(bytes, offset, n);
			left -= n;
			position += n;
			return n;
		}
	}
}
