package org.headstart.engine.internal.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

import org.headstart.api.checkpoint.RegularFile;

/**
 * Writes files atomically: a file is complete or missing even if the process is killed. A file is written under a temporary
 * name, forced to the disk, and renamed.
 */
public final class DurableFiles {

	/** The suffix of files that are being written; readers ignore such files. */
	public static final String TEMPORARY = ".new";

	private DurableFiles() {}

	/** Writes a file's content. */
	@FunctionalInterface
	public interface Content {

		/**
		 * @param out buffered; the caller closes it
		 * @throws IOException from {@code out}
		 */
		void write(OutputStream out) throws IOException;
	}

	/**
	 * Writes or replaces a file atomically, and forces it to the disk.
	 *
	 * @param file    the file
	 * @param content what to write
	 * @throws CannotWriteException when it cannot be written; the old file is untouched then
	 */
	public static void replace(Path file, Content content) throws CannotWriteException {
		write(file, content, true);
	}

	/** The temporary file is always new, so that nothing is written through a link; an existing entry at the file's place is replaced. */
	private static void write(Path file, Content content, boolean forced) throws CannotWriteException {
		Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
		try {
			delete(temporary);
			try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
				// the channel is closed by its own resource, after it has been forced
				OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
				content.write(out);
				out.flush();
				if (forced) {
					channel.force(true);
				}
			}
			if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
				delete(file);
			}
			Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		} catch (IOException e) {
			CannotWriteException failure = new CannotWriteException(file, e);
			abandon(temporary, failure);
			throw failure;
		} catch (RuntimeException | Error e) {
			abandon(temporary, e);
			throw e;
		}
	}

	/** Deletes the temporary file, whose space others need on a full disk. */
	private static void abandon(Path temporary, Throwable failure) {
		try {
			delete(temporary);
		} catch (IOException stays) {
			failure.addSuppressed(stays);
		}
	}

	/**
	 * Writes or replaces a text file atomically, and forces it to the disk.
	 *
	 * @param file the file
	 * @param text its text, in UTF-8
	 * @throws CannotWriteException when it cannot be written
	 */
	public static void replace(Path file, String text) throws CannotWriteException {
		replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Writes or replaces a text file atomically without forcing it to the disk: for files that are written often and serve
	 * only observers.
	 *
	 * @param file the file
	 * @param text its text, in UTF-8
	 * @throws CannotWriteException when it cannot be written
	 */
	public static void publish(Path file, String text) throws CannotWriteException {
		publish(file, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Writes or replaces a file atomically without forcing it to the disk.
	 *
	 * @param file  the file
	 * @param bytes its content
	 * @throws CannotWriteException when it cannot be written
	 */
	public static void publish(Path file, byte[] bytes) throws CannotWriteException {
		publish(file, out -> out.write(bytes));
	}

	/**
	 * Writes or replaces a file atomically without forcing it to the disk.
	 *
	 * @param file    the file
	 * @param content what to write
	 * @throws CannotWriteException when it cannot be written
	 */
	public static void publish(Path file, Content content) throws CannotWriteException {
		write(file, content, false);
	}

	/**
	 * Makes a folder if there is none; any other entry at its place, including a link to a folder, is deleted.
	 *
	 * @param folder the folder; its parent must exist
	 * @return the folder
	 * @throws CannotWriteException when it cannot be made
	 */
	public static Path folder(Path folder) throws CannotWriteException {
		try {
			if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
				Files.deleteIfExists(folder);
				Files.createDirectory(folder);
			}
			return folder;
		} catch (IOException e) {
			throw new CannotWriteException(folder, e);
		}
	}

	/**
	 * Deletes an entry that is not a regular file, so that a file can be made in its place.
	 *
	 * @param file the file; need not exist
	 * @throws CannotWriteException when it cannot be deleted
	 */
	public static void clear(Path file) throws CannotWriteException {
		if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
			delete(file);
		}
	}

	/**
	 * Forces a file, or a folder and all that is in it, to the disk.
	 *
	 * @param folder the file or folder
	 * @throws IOException when that fails
	 */
	public static void force(Path folder) throws IOException {
		try {
			forceAll(folder);
		} catch (IOException e) {
			throw new CannotWriteException(folder, e);
		}
	}

	private static void forceAll(Path folder) throws IOException {
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
					channel.force(true);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
				if (failure != null) {
					throw failure;
				}
				forceEntries(directory);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	/**
	 * Forces a folder's list of entries to the disk, so that a rename in it outlives a loss of power.
	 *
	 * @param folder the folder
	 * @throws IOException when that fails
	 */
	public static void forceEntries(Path folder) throws IOException {
		if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			// only POSIX systems open folders; on others there is nothing to force
			try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
				channel.force(true);
			}
		}
	}

	/**
	 * Deletes a folder and all that is in it, or a file; of a link only the link. Does nothing when it is not there.
	 *
	 * @param folder the folder
	 * @throws CannotWriteException when something cannot be deleted
	 */
	public static void delete(Path folder) throws CannotWriteException {
		try {
			Files.walkFileTree(folder, new SimpleFileVisitor<>() {
				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
					Files.deleteIfExists(file);
					return FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
					if (failure != null) {
						throw failure;
					}
					Files.deleteIfExists(directory);
					return FileVisitResult.CONTINUE;
				}
			});
		} catch (IOException e) {
			if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
				throw new CannotWriteException(folder, e);
			}
			// nothing is there, or nothing any more
		}
	}

	/**
	 * Copies a folder and all that is in it: folders and regular files, nothing else.
	 *
	 * @param from the folder
	 * @param to   where to; must not be there yet
	 * @throws CannotWriteException when something cannot be written
	 * @throws IOException          when something cannot be read
	 */
	public static void copy(Path from, Path to) throws IOException {
		Files.walkFileTree(from, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
				Files.createDirectories(to.resolve(from.relativize(directory)));
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Path copy = to.resolve(from.relativize(file));
				try (InputStream in = RegularFile.open(file, RegularFile.LARGEST)) {
					Files.copy(in, copy);
				} catch (FileSystemException e) {
					throw e;
				} catch (IOException e) {
					// what can be opened can be read
					throw new CannotWriteException(copy, e);
				}
				return FileVisitResult.CONTINUE;
			}
		});
	}
}
