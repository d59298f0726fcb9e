package org.headstart.api.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Reads files from folders that may come from somebody else: results, checkpoints. It does not open a link, a pipe, a device
 * or a folder, since these may lead elsewhere or never end, and it does not read a file that is larger than the caller's
 * limit.
 */
public final class RegularFile {

	/** The largest file that fits into one array, in bytes. */
	public static final int LARGEST = Integer.MAX_VALUE - 64;

	private RegularFile() {}

	/**
	 * Opens a file.
	 *
	 * @param file the file
	 * @param most the most bytes that it may have
	 * @return its content; the caller closes it
	 * @throws NoSuchFileException when there is no such file
	 * @throws FileSystemException with the reason, when it is no regular file or is larger
	 * @throws IOException         when it cannot be opened
	 */
	public static InputStream open(Path file, long most) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		if (!attributes.isRegularFile()) {
			throw new FileSystemException(file.toString(), null, "it is " + kind(attributes) + ", not a regular file");
		}
		if (attributes.size() > most) {
			throw new FileSystemException(file.toString(), null,
					"it is too large: it has " + attributes.size() + " bytes, and at most " + most + " are right");
		}
		return Channels.newInputStream(Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
	}

	private static String kind(BasicFileAttributes attributes) {
		return attributes.isSymbolicLink() ? "a symbolic link" : attributes.isDirectory() ? "a folder" : "a pipe or a device";
	}

	/**
	 * Reads a file.
	 *
	 * @param file the file
	 * @param most the most bytes that it may have; at most {@link #LARGEST}
	 * @return all of it
	 * @throws IOException as {@link #open} does, or when it cannot be read
	 */
	public static byte[] bytes(Path file, int most) throws IOException {
		try (InputStream in = open(file, most)) {
			byte[] bytes = in.readNBytes(most);
			if (bytes.length == most && in.read() >= 0) {
				throw new FileSystemException(file.toString(), null, "it grew beyond " + most + " bytes while it was read");
			}
			return bytes;
		}
	}

	/**
	 * Reads a text file.
	 *
	 * @param file the file, in UTF-8
	 * @param most the most bytes that it may have; at most {@link #LARGEST}
	 * @return its text
	 * @throws FileSystemException with the reason, also when it is not UTF-8
	 * @throws IOException         as {@link #open} does, or when it cannot be read
	 */
	public static String text(Path file, int most) throws IOException {
		byte[] bytes = bytes(file, most);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		} catch (CharacterCodingException e) {
			FileSystemException refused = new FileSystemException(file.toString(), null, "it is not UTF-8 text");
			refused.initCause(e);
			throw refused;
		}
	}
}
