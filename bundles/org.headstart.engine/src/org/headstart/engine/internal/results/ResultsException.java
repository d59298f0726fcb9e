package org.headstart.engine.internal.results;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A results folder that cannot be used: damaged, in use, or of something else. The message is for the user. */
public final class ResultsException extends IOException {

	private static final long serialVersionUID = 1L;

	/**
	 * @param message what is wrong, where, and what to do
	 */
	public ResultsException(String message) {
		super(message);
	}

	/**
	 * @param message what is wrong, where, and what to do
	 * @param cause   why
	 */
	public ResultsException(String message, Throwable cause) {
		super(message, cause);
	}

	/**
	 * A file or folder that is there and cannot be read.
	 *
	 * @param place what was read, unless the cause names it more closely
	 * @param cause why it cannot be
	 * @return the exception; {@code cause} itself where it is for the user already
	 */
	public static ResultsException reading(Path place, IOException cause) {
		if (cause instanceof ResultsException told) {
			return told;
		}
		Object named = cause instanceof FileSystemException file && file.getFile() != null ? file.getFile() : place;
		return new ResultsException(named + " cannot be read: " + CannotWriteException.reason(cause), cause);
	}
}
