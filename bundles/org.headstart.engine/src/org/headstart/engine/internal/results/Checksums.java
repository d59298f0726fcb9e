package org.headstart.engine.internal.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.headstart.api.checkpoint.RegularFile;

/**
 * The checksums of a folder's files, in the format of {@code sha256sum}, so that {@code sha256sum -c SHA256SUMS} can check
 * them as well. Without checksums a table that is cut off at a line's end, or a network with a changed bit, would be read as
 * valid. Names in the list are only compared with the names of the folder's files, so a name cannot lead out of the folder.
 */
final class Checksums {

	/** The file in the folder. */
	static final String FILE = "SHA256SUMS";

	private static final String BETWEEN = "  ";
	private static final int DIGITS = 64;
	private static final int LONGEST_LIST = 1 << 24;

	private Checksums() {}

	/**
	 * Writes the file.
	 *
	 * @param folder the folder
	 * @param which whether a file belongs to the list, by its path within the folder, with slashes
	 * @throws IOException when files cannot be read or written
	 */
	static void write(Path folder, Predicate<String> which) throws IOException {
		StringBuilder text = new StringBuilder();
		for (String name : files(folder, which)) {
			text.append(sum(folder.resolve(name))).append(BETWEEN).append(name).append('\n');
		}
		DurableFiles.publish(folder.resolve(FILE), text.toString());
	}

	/**
	 * Compares files with their checksums.
	 *
	 * @param folder the folder
	 * @param which  whether a file is checked
	 * @return the problem of the first file that differs; empty when there is none
	 */
	static Optional<String> damage(Path folder, Predicate<String> which) {
		try {
			return differences(folder, which);
		} catch (NoSuchFileException e) {
			return Optional.of(e.getFile() + " is missing");
		} catch (IOException e) {
			return Optional.of(ResultsException.reading(folder, e).getMessage());
		}
	}

	private static Optional<String> differences(Path folder, Predicate<String> which) throws IOException {
		Path list = folder.resolve(FILE);
		SortedSet<String> files = files(folder, which);
		Set<String> listed = new HashSet<>();
		for (String line : RegularFile.text(list, LONGEST_LIST).lines().toList()) {
			if (line.length() <= DIGITS + BETWEEN.length() || !line.startsWith(BETWEEN, DIGITS)) {
				return Optional.of(list + " is damaged");
			}
			String name = line.substring(DIGITS + BETWEEN.length());
			if (!listed.add(name)) {
				return Optional.of(list + " is damaged: it has " + name + " twice");
			}
			if (!which.test(name)) {
				continue;
			}
			if (!files.contains(name)) {
				return Optional.of(folder.resolve(name) + " is missing");
			}
			if (!sum(folder.resolve(name)).equals(line.substring(0, DIGITS))) {
				return Optional.of(folder.resolve(name) + " is damaged: its checksum differs from that in " + FILE);
			}
		}
		return files.stream().filter(name -> !listed.contains(name)).findFirst()
				.map(name -> folder.resolve(name) + " has no checksum in " + FILE);
	}

	/** Everything that is not a folder; an entry that is not a regular file is found when it is read. */
	private static SortedSet<String> files(Path folder, Predicate<String> which) throws IOException {
		SortedSet<String> names = new TreeSet<>();
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				String name = folder.relativize(file).toString().replace('\\', '/');
				if (!name.equals(FILE) && which.test(name)) {
					names.add(name);
				}
				return FileVisitResult.CONTINUE;
			}
		});
		return names;
	}

	private static String sum(Path file) throws IOException {
		MessageDigest digest;
		try {
			digest = MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
		try (InputStream in = new DigestInputStream(RegularFile.open(file, RegularFile.LARGEST), digest)) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		return HexFormat.of().formatHex(digest.digest());
	}
}
