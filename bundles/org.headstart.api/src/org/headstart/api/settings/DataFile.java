package org.headstart.api.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The value of a setting that names a file outside the results: labelled data, a foreign teacher, a lock file of a process's
 * environment. The keys of all steps that use the setting contain a hash of the file's content, so that another content
 * gives another result. Reading settings checks that the file exists and does not open it; a plan reads it once.
 *
 * @param path the path as written; relative to the folder in which the command runs
 */
@SettingSyntax("path of a file")
public record DataFile(Path path) {

	/**
	 * Reads the value from YAML.
	 *
	 * @param yaml a text
	 * @return the file
	 * @throws IllegalArgumentException when there is no such file; the message is for the user
	 */
	public static DataFile of(Object yaml) {
		if (!(yaml instanceof String text) || text.isEmpty()) {
			throw new IllegalArgumentException("must be the path of a file, in quotes where it could be something else");
		}
		try {
			Path path = Path.of(text);
			if (!Files.isRegularFile(path)) {
				throw new IllegalArgumentException("there is no file " + path.toAbsolutePath());
			}
			return new DataFile(path);
		} catch (InvalidPathException e) {
			throw new IllegalArgumentException("must be the path of a file; '" + Spelling.shorten(text) + "' is none: " + e.getReason(), e);
		}
	}

	/**
	 * @return the SHA-256 of the content, hexadecimal
	 * @throws IOException when it cannot be read
	 */
	public String digest() throws IOException {
		try (InputStream in = Files.newInputStream(path)) {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(digest.digest());
		} catch (NoSuchAlgorithmException e) {
			throw new AssertionError("every Java platform has SHA-256", e);
		}
	}

	/** @return the path as YAML */
	@Override
	public String toString() {
		return "'" + path.toString().replace("'", "''") + "'";
	}
}
