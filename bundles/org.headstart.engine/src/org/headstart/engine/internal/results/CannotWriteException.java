package org.headstart.engine.internal.results;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file cannot be written, for example on a full disk or in a deleted folder. The message names the file and the reason. */
public final class CannotWriteException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param file  the file or folder
	 * @param cause why
	 */
	public CannotWriteException(Path file, IOException cause) {
		super(cause instanceof CannotWriteException ? cause.getMessage() : file + " cannot be written: " + reason(cause), cause);
	}

	/**
	 * @param what the operation that needs the file
	 * @param cause names it and says why
	 */
	public CannotWriteException(String what, CannotWriteException cause) {
		super(what + ": " + cause.getMessage(), cause);
	}

	/**
	 * Extracts the reason why a file cannot be read or written from the system's exception.
	 *
	 * @param cause the system's exception
	 * @return the reason, without the file's name
	 */
	public static String reason(IOException cause) {
		return switch (cause) {
			case NoSuchFileException missing -> "there is no such file or folder";
			case AccessDeniedException denied -> "permission denied";
			case FileSystemException file when file.getReason() != null -> file.getReason();
			case FileSystemException file -> file.getClass().getSimpleName();
			default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
		};
	}
}
