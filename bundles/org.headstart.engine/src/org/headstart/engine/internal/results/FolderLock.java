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
 * The right to write into a folder: a lock on a file in it, which the operating system releases when the process ends in any
 * way. The file names the process and the computer of the holder.
 *
 * <p>If computers share a file system but not its locks, the system grants a lock that is held on another computer. So the
 * holder writes into the file every few seconds, and a lock of another computer's process is taken over only if the process
 * has given no sign of life for {@link RunStatus#SILENCE}, measured by the file system's own clock. The process number is
 * not checked, since it belongs to another computer.
 */
public final class FolderLock implements AutoCloseable {

	/**
	 * The lock files that this process holds. A POSIX lock belongs to the process, and opening and closing its file once more
	 * would release it, so a second attempt within the process must not touch the file.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

	/** The locked byte, after the text, so that the text stays readable if locks are mandatory. */
	private static final long LOCKED_BYTE = 1L << 40;

	private static final int LONGEST = 1 << 10;

	/** The interval of a holder's signs of life. */
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
	 * The holder of a lock.
	 *
	 * @param text      its own text, for example {@code "process 4711 on node-7 since 2025-01-31T12:00:00Z"}
	 * @param elsewhere the holder's computer, if it is not this one
	 */
	public record Holder(String text, Optional<String> elsewhere) {

		private static Holder of(String text) {
			Matcher holder = HOLDER.matcher(text);
			return new Holder(text.isEmpty() ? "another process" : text,
					holder.matches() ? Optional.of(holder.group(1)).filter(host -> !host.equals(Machine.host())) : Optional.empty());
		}

		/**
		 * Advice for a holder on another computer that no longer exists.
		 *
		 * @param file the lock file
		 * @return sentences, with a blank before them; empty for a process of this computer, whose lock is released at once
		 */
		String ifGone(Path file) {
			return elsewhere.map(host -> " If " + host + " is down: its lock counts as given back after " + RunStatus.SILENCE.toSeconds()
					+ " s without a sign of life; where the file server holds it for longer, delete " + file + ".").orElse("");
		}
	}

	/**
	 * Takes the lock if it is free.
	 *
	 * @param file the lock file; made if it does not exist
	 * @return the lock, or empty when another process holds it, see {@link #holder}
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
				// if it does not exist, the holder has just deleted it
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

	/** Whether a process of another computer gives signs of life, although the system has granted its lock. */
	private static boolean isHeldElsewhere(Path file, FileChannel channel) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
		channel.read(bytes, 0);
		bytes.flip();
		if (Holder.of(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString().strip()).elsewhere().isEmpty()) {
			return false;
		}
		FileTime last = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
		// a write has the file system's time; the holder's time is restored, so that this check is no sign of life
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
				// the run meets the same error and reports it; the next sign of life may succeed
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

	/** Releases the lock, and deletes its file. */
	@Override
	public void close() throws IOException {
		try {
			// while it is held, so that no other process's file is deleted
			Files.deleteIfExists(file);
		} finally {
			beat.interrupt();
			channel.close();
			HELD.remove(file);
		}
	}
}
