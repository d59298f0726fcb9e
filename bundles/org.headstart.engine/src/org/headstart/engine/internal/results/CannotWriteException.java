package org.headstart.engine.internal.results;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that cannot be written: a full disk, a folder that is gone. The message names it and says why. */
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
	 * @param what  what cannot be done without the file
	 * @param cause names it and says why
	 */
	public CannotWriteException(String what, CannotWriteException cause) {
		super(what + ": " + cause.getMessage(), cause);
	}

	/**
	 * Why a file cannot be read or written, which the system's exceptions say in many ways.
	 *
	 * @param cause what the system said
	 * @return the reason alone, without the file's name
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
