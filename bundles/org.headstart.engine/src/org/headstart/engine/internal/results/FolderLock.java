package org.headstart.engine.internal.results;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.headstart.api.checkpoint.RegularFile;

/**
 * The right to write into a folder: a lock on a file in it, which the operating system takes back when the process dies,
 * however it dies. The file says which process on which computer holds it.
 *
 * <p>Where computers share a file system but not its locks, the system grants a lock that is held on another of them. So the holder
 * writes into the file every few seconds, and what another computer's process wrote is taken over only when it has given no sign of
 * life for {@link RunStatus#SILENCE}. The file system's own clock counts, not the computers'. Whether a process of that number
 * lives here says nothing of one there.
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

	/** How often a holder shows that it lives. */
	private static final Duration BEAT = RunStatus.SILENCE.dividedBy(5);

	private static final Pattern HOLDER = Pattern.compile("process \\d+ on (\\S+) since .*");

	private final Path file;
	private final FileChannel channel;
	private final Thread beat;

	private FolderLock(Path file, FileChannel channel, byte[] text) {
		this.file = file;
		this.channel = channel;
		beat = Thread.ofVirtual().name("lock").start(() -> beat(text));
	}

	/**
	 * Who holds a lock.
	 *
	 * @param text      as it wrote itself, for example {@code "process 4711 on node-7 since 2025-01-31T12:00:00Z"}
	 * @param elsewhere the computer, where it is another one than this
	 */
	public record Holder(String text, Optional<String> elsewhere) {

		private static Holder of(String text) {
			Matcher holder = HOLDER.matcher(text);
			return new Holder(text.isEmpty() ? "another process" : text,
					holder.matches() ? Optional.of(holder.group(1)).filter(host -> !host.equals(Machine.host())) : Optional.empty());
		}

		/**
		 * What to do when a process of another computer cannot be ended since it is gone.
		 *
		 * @param file the lock file
		 * @return sentences, with a blank before them; empty for a process of this computer, whose lock is given back at once
		 */
		String ifGone(Path file) {
			return elsewhere.map(host -> " If " + host + " is down: its lock counts as given back after " + RunStatus.SILENCE.toSeconds()
					+ " s without a sign of life; where the file server holds it for longer, delete " + file + ".").orElse("");
		}
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
			if (lock == null || Files.notExists(file) || isHeldElsewhere(file, channel)) {
				// where it is not there, who held it deleted it in this moment
				return Optional.empty();
			}
			byte[] text = ("process " + ProcessHandle.current().pid() + " on " + Machine.host() + " since "
					+ Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n").getBytes(StandardCharsets.UTF_8);
			channel.truncate(0);
			channel.write(ByteBuffer.wrap(text), 0);
			taken = true;
			return Optional.of(new FolderLock(key, channel, text));
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

	/** Whether a process of another computer shows that it lives, although the system has granted its lock. */
	private static boolean isHeldElsewhere(Path file, FileChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
		channel.read(bytes, 0);
		bytes.flip();
		if (Holder.of(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString().strip()).elsewhere().isEmpty()) {
			return false;
		}
		FileTime last = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
		// what is written now has the file system's time; the holder's is put back, so that asking is no sign of life
		channel.write(bytes, 0);
		channel.force(false);
		FileTime now = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
		Files.setLastModifiedTime(file, last);
		return Duration.between(last.toInstant(), now.toInstant()).compareTo(RunStatus.SILENCE) < 0;
	}

	private void beat(byte[] text) {
		while (true) {
			try {
				Thread.sleep(BEAT);
				channel.write(ByteBuffer.wrap(text), 0);
				// a network's file system would keep it to itself
				channel.force(false);
			} catch (InterruptedException | ClosedChannelException e) {
				return;
			} catch (IOException e) {
				// who works in the folder meets the same, and says so; the next beat may succeed
				continue;
			}
		}
	}

	/**
	 * Who holds a lock.
	 *
	 * @param file the lock file
	 * @return the holder, as it wrote itself
	 * @throws IOException when the file cannot be read
	 */
	public static Holder holder(Path file) throws IOException {
		if (HELD.contains(file.toAbsolutePath().normalize())) {
			return new Holder("this process (" + ProcessHandle.current().pid() + ")", Optional.empty());
		}
		return Holder.of(RegularFile.text(file, LONGEST).strip());
	}

	/** Gives the lock up, and deletes its file. */
	@Override
	public void close() throws IOException {
		try {
			// as long as it is held, so that nobody else's is deleted
			Files.deleteIfExists(file);
		} finally {
			beat.interrupt();
			channel.close();
			HELD.remove(file);
		}
	}
}
