package org.headstart.engine.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The checksums of a folder's files, in the format of {@code sha256sum}, so that {@code sha256sum -c SHA256SUMS} checks them
 * too. A table that was cut off at a line's end, or a network with a bit turned, would otherwise still be readable, and wrong.
 */
final class Checksums {

	/** The file in the folder. */
	static final String FILE = "SHA256SUMS";

	private static final String BETWEEN = "  ";
	private static final int DIGITS = 64;

	private Checksums() {
	}

	/**
	 * Writes the file.
	 *
	 * @param folder the folder
	 * @param which  which files it holds, by path within the folder, names between slashes
	 * @throws IOException when files cannot be read or written
	 */
	static void write(Path folder, Predicate<String> which) throws IOException {
		StringBuilder text = new StringBuilder();
		for (String name : files(folder, which)) {
			text.append(sum(folder.resolve(name))).append(BETWEEN).append(name).append('\n');
		}
		Files.writeString(folder.resolve(FILE), text, StandardCharsets.UTF_8);
	}

	/**
	 * Compares files with what they were when the checksums were written.
	 *
	 * @param folder the folder
	 * @param which  which of its files to look at
	 * @return what is wrong with the first file that differs; empty when all is well
	 * @throws IOException when a file that is there cannot be read
	 */
	static Optional<String> damage(Path folder, Predicate<String> which) throws IOException {
		Path list = folder.resolve(FILE);
		String text;
		try {
			text = new String(Files.readAllBytes(list), StandardCharsets.UTF_8);
		} catch (NoSuchFileException e) {
			return Optional.of(list + " is missing");
		}
		Set<String> listed = new HashSet<>();
		for (String line : text.lines().toList()) {
			if (line.length() <= DIGITS + BETWEEN.length() || !line.startsWith(BETWEEN, DIGITS)) {
				return Optional.of(list + " is damaged");
			}
			String name = line.substring(DIGITS + BETWEEN.length());
			listed.add(name);
			if (!which.test(name)) {
				continue;
			}
			try {
				if (!sum(folder.resolve(name)).equals(line.substring(0, DIGITS))) {
					return Optional.of(folder.resolve(name) + " is damaged: its checksum differs from that in " + FILE);
				}
			} catch (NoSuchFileException e) {
				return Optional.of(folder.resolve(name) + " is missing");
			}
		}
		return files(folder, which).stream().filter(name -> !listed.contains(name)).findFirst()
				.map(name -> folder.resolve(name) + " has no checksum in " + FILE);
	}

	private static SortedSet<String> files(Path folder, Predicate<String> which) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString().replace('\\', '/'))
					.filter(name -> !name.equals(FILE) && which.test(name)).collect(Collectors.toCollection(TreeSet::new));
		}
	}

	private static String sum(Path file) throws IOException {
		MessageDigest digest;
		try {
			digest = MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
		try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
			in.transferTo(OutputStream.nullOutputStream());
		}
		return HexFormat.of().formatHex(digest.digest());
	}
}
