package org.headstart.engine.internal.results;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A results folder cannot be used, because it is damaged, in use, or not a results folder of the experiment. The message is
 * for the user.
 */
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
	 * Makes the exception for an existing file or folder that cannot be read.
	 *
	 * @param place the file or folder, unless the cause names it more precisely
	 * @param cause the reason
	 * @return the exception; {@code cause} itself if it is already for the user
	 */
	public static ResultsException reading(Path place, IOException cause) {
		if (cause instanceof ResultsException told) {
			return told;
		}
		Object named = cause instanceof FileSystemException file && file.getFile() != null ? file.getFile() : place;
		return new ResultsException(named + " cannot be read: " + CannotWriteException.reason(cause), cause);
	}
}
