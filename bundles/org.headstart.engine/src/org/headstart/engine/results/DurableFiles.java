package org.headstart.engine.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Files that are whole or not there, whatever kills the process: written under a temporary name, forced to the disk, renamed.
 */
public final class DurableFiles {

	/** Ends the name of a file that is being written; readers ignore such files. */
	public static final String TEMPORARY = ".new";

	private DurableFiles() {
	}

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
	 * @throws IOException when it cannot be written; the old file is untouched then
	 */
	public static void replace(Path file, Content content) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
		try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING)) {
			// the channel is closed by its own resource, after it has been forced
			OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
			content.write(out);
			out.flush();
			channel.force(true);
		}
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * Writes or replaces a text file atomically, and forces it to the disk.
	 *
	 * @param file the file
	 * @param text its text, in UTF-8
	 * @throws IOException when it cannot be written
	 */
	public static void replace(Path file, String text) throws IOException {
		replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Writes or replaces a text file atomically without forcing it to the disk: for what is written often and only for those
	 * who watch.
	 *
	 * @param file the file
	 * @param text its text, in UTF-8
	 * @throws IOException when it cannot be written
	 */
	public static void publish(Path file, String text) throws IOException {
		Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
		Files.writeString(temporary, text, StandardCharsets.UTF_8);
		Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * Forces a folder and all that is in it to the disk.
	 *
	 * @param folder the folder
	 * @throws IOException when that fails
	 */
	public static void force(Path folder) throws IOException {
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
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
	 * Deletes a folder and all that is in it; does nothing when it is not there.
	 *
	 * @param folder the folder
	 * @throws IOException when something cannot be deleted
	 */
	public static void delete(Path folder) throws IOException {
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
		} catch (NoSuchFileException e) {
			if (Files.exists(folder)) {
				throw e;
			}
		}
	}

	/**
	 * Copies a folder and all that is in it.
	 *
	 * @param from the folder
	 * @param to   where to; must not be there yet
	 * @throws IOException when something cannot be copied
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
				Files.copy(file, to.resolve(from.relativize(file)));
				return FileVisitResult.CONTINUE;
			}
		});
	}
}
