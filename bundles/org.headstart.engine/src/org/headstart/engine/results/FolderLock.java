package org.headstart.engine.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.headstart.api.checkpoint.RegularFile;

/**
 * The right to write into a folder: a lock on a file in it, which the operating system takes back when the process dies,
 * however it dies. The file says who holds it.
 */
public final class FolderLock implements AutoCloseable {

	/**
	 * The lock files that this process holds. A POSIX lock belongs to the process, and opening and closing its file once more
	 * would release it, so a second attempt within the process must not touch the file.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	/** The byte that is locked, beyond the text, so that the text stays readable where locks are mandatory. */
	private static final long LOCKED_BYTE = 1L << 40;

	private static final int LONGEST = 1 << 10;

	private final Path file;
	private final FileChannel channel;

	private FolderLock(Path file, FileChannel channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Takes the lock if it is free.
	 *
	 * @param file the lock file; made when it is not there
	 * @return the lock, or empty when somebody else holds it; {@link #holder} says who
	 * @throws CannotWriteException when the file cannot be opened or locked, for example on a file system without locks
	 */
	public static Optional<FolderLock> tryLock(Path file) throws IOException {
		Path key = file.toAbsolutePath().normalize();
		if (!HELD.add(key)) {
			return Optional.empty();
		}
		FileChannel channel = null;
		boolean taken = false;
		try {
			DurableFiles.clear(file);
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE,
					LinkOption.NOFOLLOW_LINKS);
			FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
			if (lock == null || Files.notExists(file)) {
				// who held it deleted it in this moment
				return Optional.empty();
			}
			channel.truncate(0);
			channel.write(ByteBuffer.wrap(("process " + ProcessHandle.current().pid() + " since "
					+ Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n").getBytes(StandardCharsets.UTF_8)));
			taken = true;
			return Optional.of(new FolderLock(key, channel));
		} catch (IOException e) {
			throw new CannotWriteException(file, e);
		} finally {
			if (!taken) {
				if (channel != null) {
					channel.close();
				}
				HELD.remove(key);
			}
		}
	}

	/**
	 * Who holds a lock, as it wrote itself.
	 *
	 * @param file the lock file
	 * @return for example {@code "process 4711 since 2025-01-31T12:00:00Z"}
	 * @throws IOException when the file cannot be read
	 */
	public static String holder(Path file) throws IOException {
		if (HELD.contains(file.toAbsolutePath().normalize())) {
			return "this process (" + ProcessHandle.current().pid() + ")";
		}
		String text = RegularFile.text(file, LONGEST).strip();
		return text.isEmpty() ? "another process" : text;
	}

	/** Gives the lock up, and deletes its file. */
	@Override
	public void close() throws IOException {
		try {
			// as long as it is held, so that nobody else's is deleted
			Files.deleteIfExists(file);
		} finally {
			channel.close();
			HELD.remove(file);
		}
	}
}
